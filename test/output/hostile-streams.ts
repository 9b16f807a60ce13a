/** A made stream of output that tries to leave its pane, the same for the same number. */
export function hostileStream(seed: number): Buffer {
  const random = createRandom(seed);
  const pieces: Buffer[] = [];
  const count = 1 + random.below(seed % 50 === 0 ? 400 : 40);
  for (let i = 0; i < count; i++) pieces.push(random.pick(makers)(random));
  const all = Buffer.concat(pieces);
  // Some are cut anywhere, as a connection that is lost cuts them.
  return seed % 3 === 0 ? all.subarray(0, random.below(all.length + 1)) : all;
}

/** Cuts a stream into chunks as a network does. */
export function chunksOf(stream: Buffer, seed: number): readonly Buffer[] {
  const random = createRandom(seed ^ 0x5bd1e995);
  const chunks: Buffer[] = [];
  for (let at = 0; at < stream.length; ) {
    const length = 1 + random.below(random.pick([3, 80, 5000, 100_000]));
    chunks.push(stream.subarray(at, at + length));
    at += length;
  }
  return chunks;
}

type Random = { below(end: number): number; pick<T>(from: readonly T[]): T; text(length: number, from: string): string };
type Maker = (random: Random) => Buffer;

const esc = '\x1b';
const text =
  (made: (random: Random) => string): Maker =>
  (random) =>
    Buffer.from(made(random));
/** C1 controls as one byte each, which is no UTF-8, and as the characters that they are in UTF-8. */
const c1 = (random: Random, code: number): Buffer => Buffer.from(random.pick([[code], [0xc2, code]]));
const ends = ['\x07', `${esc}\\`, '\x9c', '', '\n', '\x18', '\x1a'];

const makers: readonly Maker[] = [
  text((random) => `${random.text(random.below(200), 'abcdefghij KLMNOP 0123456789 .,:/-_')}\n`),
  text(() => '\n'),
  text(() => '\r'),
  text((random) => `${random.below(100)}%\r`.repeat(random.below(50))),
  text((random) => '\b'.repeat(random.below(200))),
  text((random) => '\t'.repeat(random.below(30))),
  // Whole control sequences: move, erase, scroll, modes, alternate screen, mouse, paste, synchronised output, insert, save, report.
  text((random) => `${esc}[${random.below(999)};${random.below(999)}${random.pick([...'ABCDEFGHIJKLMPSTXZ`abcdefghilmnqrstux'])}`),
  text(
    (random) =>
      `${esc}[?${random.pick([1, 3, 5, 6, 7, 12, 25, 47, 66, 1000, 1002, 1003, 1004, 1006, 1047, 1048, 1049, 2004, 2026])}${random.pick(['h', 'l'])}`,
  ),
  text((random) => `${esc}[${random.pick(['2', '3', '0', '1', '', '?'])}${random.pick(['J', 'K'])}`),
  text((random) => `${esc}[${random.pick(['5', '8', '7', '1;8', '38;5;0;48;5;0', '38:2::0:0:0', '0', '2'])}m${random.text(10, 'hidden ')}`),
  text(
    (random) =>
      `${esc}[${random.pick(['!p', '>4;2m', '=1u', '<u', '>1u', '6n', 'c', '>c', '18t', '8;10;10t', '20t', '21t', '?996n', ' q', '4h', '20h', '1"q', '$p'])}`,
  ),
  text((random) => `${esc}${random.pick([...'78=>cDEHMNOZ()*+nolm|}~', '#8', '(0', ')B', '%G', ' F', '6', '9'])}`),
  // Strings that end somewhere or nowhere: title, icon, palette, link, clipboard, notification, working directory, files.
  text(
    (random) =>
      `${esc}]${random.pick([0, 1, 2, 4, 7, 8, 9, 10, 11, 12, 52, 99, 104, 110, 133, 777, 1337])};${random.pick(['c;aGVsbG8=', '?', 'title', ';https://evil.example/', 'File=inline=1:AAAA', 'rgb:00/00/00'])}${random.pick(ends)}`,
  ),
  text(
    (random) =>
      `${esc}${random.pick(['P', '_', '^', 'X', 'k'])}${random.pick(['tmux;\x1b\x1b]52;c;aGk=\x07', 'Gf=100;AAAA', '+q544e', '$qm', '1;1|17/ab', 'x'])}${random.pick(ends)}`,
  ),
  text((random) => `${esc}]52;c;${random.text(5000, 'ABCDabcd0123')}${random.pick(ends)}`),
  // Sequences that are cut, nested, or in the middle of characters.
  text((random) =>
    random.pick([esc, `${esc}[`, `${esc}[3`, `${esc}]`, `${esc}]0;`, `${esc}P`, `${esc}[?`, `${esc}${esc}[`, `${esc}[${esc}[`, `${esc}(`]),
  ),
  (random) =>
    Buffer.concat([
      c1(random, random.pick([0x84, 0x85, 0x88, 0x8d, 0x8e, 0x8f, 0x90, 0x98, 0x9a, 0x9b, 0x9c, 0x9d, 0x9e, 0x9f])),
      Buffer.from(random.pick(['31m', '2J', '0;t\x07', '?25l', '52;c;aGk=\x07', '10;10H'])),
    ]),
  text((random) => String.fromCharCode(random.below(32))),
  text((random) =>
    `${random.pick(['\x0e', '\x0f', '\x05', '\x07', '\x0b', '\x0c', '\x7f', '\x00', '\x11', '\x13', '\x16'])}`.repeat(1 + random.below(5)),
  ),
  (random) => Buffer.from(Array.from({ length: random.below(300) }, () => random.below(256))),
  (random) =>
    Buffer.from(
      random.pick([
        [0xc3],
        [0xe2, 0x82],
        [0xf0, 0x9f, 0x98],
        [0xed, 0xa0, 0x80],
        [0xc0, 0x9b],
        [0xc1, 0x9b, 0x32, 0x4a],
        [0xf8, 0x88, 0x80, 0x80, 0x80],
        [0xff, 0xfe],
      ]),
    ),
  // Characters about whose width terminals disagree, or that change the direction or have none.
  text((random) => random.text(random.below(120), '日本語漢字かなカナ한국어ＡＢＣ，。「」　')),
  text((random) => random.text(random.below(60), '😀✅🔥🚀👍🏽👩‍👩‍👧❤️1️⃣🇩🇪🇯🇵☺️⌚️™️')),
  text((random) => `e${random.text(random.below(80), '\u0301\u0323\u20dd\u0489\u1dc0\ufe20\u093f\u0e34\u0e49')}`),
  text((random) => random.text(random.below(80), 'नमस्तेதமிழ்ไทยษาខ្មែរമലയാളംའབྲུག')),
  text((random) => random.text(random.below(40), '\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u202c\u200e\u200f\u061cאבגעברית')),
  text((random) =>
    random.text(
      random.below(40),
      '\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e\u3164\uffa0\u115f\u2028\u2029\u0085\ufffc\ufff9\u{e0041}\u{e007f}',
    ),
  ),
  text((random) =>
    random.text(random.below(60), '─│┌┐└┘•…◆①②→←■▒\u4dc0\u4dff\u2630\u268a\u{1fa70}\u{1faf7}\u{1f6dc}\u{20000}\u{2fffd}\u{1b170}ﾞﾟｶ'),
  ),
  // Very long lines, and very many.
  (random) =>
    Buffer.alloc(
      random.below(15) === 0 ? 2_000_000 : 20_000,
      random.pick(['x', '\r', 'x\r', '日', `${esc}[31m`, '\t', '\b', 'e\u0301', `${esc}]0;`]),
    ),
  (random) => Buffer.alloc(random.below(10) === 0 ? 100_000 : 300, '\n'),
];

/** Numbers that look random, the same for the same seed (mulberry32). */
function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number): number => Math.floor(next() * end);
  const pick = <T>(from: readonly T[]): T => {
    const picked = from[below(from.length)];
    if (picked === undefined) throw new Error('There is nothing to pick from.');
    return picked;
  };
  return {
    below,
    pick,
    text(length, from) {
      const characters = [...from];
      return Array.from({ length }, () => pick(characters)).join('');
    },
  };
}
