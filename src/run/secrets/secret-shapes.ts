/**
 * Looks for what has the shape of a secret, byte by byte: a bootstrap token, 64 hex digits after "certificate key", a PEM private key
 * (also as base64, as a kubeconfig holds it). It keeps counts and the beginning at hand, nothing else: chunks may be cut anywhere, and
 * the state can be written down and taken up again.
 */
export type ShapeState = {
  /** Length of the run of [a-z0-9] at hand, and whether six of them and a dot stand before it. */
  run: number;
  isAfterDot: boolean;
  /** 1 after ESC, 2 inside a colour code, whose `m` touches the text that it colours. */
  colour: 0 | 1 | 2;
  isAfterBackslash: boolean;
  /** How much of "certificate key" was read; other bytes than hex digits since it was whole; hex digits at hand. */
  wording: number;
  sinceWording: number;
  hex: number;
  /** The beginning of a PEM header at hand. */
  header: string;
  /** The beginning of a base64 run that may be a PEM header; `null` where the run is something else. */
  encoded: string | null;
  /** Inside a private key: how it is written, how many bytes it may still have, its last bytes, how many its line has. */
  inside: 'nothing' | 'pem' | 'base64';
  left: number;
  recent: string;
  line: number;
};

/** A secret's shape, or a further byte of one: `length` bytes, which end `before` bytes before the byte just fed ends. */
export type FoundShape = { readonly length: number; readonly before: 0 | 1 };

/** A key stands at most so many bytes after the words that announce it. */
const wordingReach = 128;
/** No private key in use is as long; what never ends is shown again after so many bytes. */
const keyLimit = 32_768;
const headerBegin = '-----BEGIN ';
const headerShape = /^-----BEGIN [A-Z0-9 ]{0,40}-{0,5}$/;
const footer = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----$/;
const encodedHeaders = ['', 'RSA ', 'EC ', 'DSA ', 'ENCRYPTED ', 'OPENSSH '].map((kind) => {
  const header = `-----BEGIN ${kind}PRIVATE KEY-----`;
  return Buffer.from(header)
    .toString('base64')
    .slice(0, Math.floor((header.length * 8) / 6));
});

export function newShapeState(): ShapeState {
  const token = { run: 0, isAfterDot: false, colour: 0 as const, isAfterBackslash: false };
  const key = { wording: 0, sinceWording: wordingReach + 1, hex: 0 };
  return { ...token, ...key, header: '', encoded: '', inside: 'nothing', left: 0, recent: '', line: 0 };
}

/** Takes one more byte; returns the shape that it completes. */
export function feedShape(state: ShapeState, byte: number): FoundShape | null {
  if (state.inside !== 'nothing') {
    if (goesOnInside(state, byte)) return { length: 1, before: 0 };
    Object.assign(state, newShapeState());
  }
  // A line end of JSON or of a shell's quoted text: its letter does not belong to the word behind it.
  const isEscaped = state.isAfterBackslash && (byte === 0x6e || byte === 0x72 || byte === 0x74);
  const token = feedToken(state, byte, isEscaped);
  const key = feedKey(state, byte);
  const pem = state.header === '' && byte !== 0x2d ? null : feedHeader(state, byte);
  const encoded = feedEncoded(state, byte, isEscaped);
  state.isAfterBackslash = byte === 0x5c;
  return token ?? key ?? pem ?? encoded;
}

/** True where nothing that began in an earlier line goes on: what announces a key is too far behind, and no private key is open. */
export function isCalm(state: ShapeState): boolean {
  return state.inside === 'nothing' && state.sinceWording > wordingReach;
}

/** The output ends here: returns the shape that its end completes. */
export function endShape(state: ShapeState): FoundShape | null {
  return state.inside === 'nothing' ? feedShape(state, 0x0a) : null;
}

/** How many of the last bytes may be the beginning of a secret. */
export function shapeDepth(state: ShapeState): number {
  if (state.inside !== 'nothing') return 0;
  const token = state.isAfterDot ? state.run + 7 : state.run <= 6 ? state.run : 0;
  const key = state.sinceWording <= wordingReach && state.hex <= 64 ? state.hex : 0;
  return Math.max(token, key, state.header.length, state.encoded === null ? 0 : state.encoded.length);
}

function feedToken(state: ShapeState, byte: number, isEscaped: boolean): FoundShape | null {
  const isEndOfColour = state.colour === 2 && byte === 0x6d;
  state.colour = byte === 0x1b ? 1 : state.colour === 1 && byte === 0x5b ? 2 : state.colour === 2 && isColourDigit(byte) ? 2 : 0;
  if (isEndOfColour || isEscaped) {
    state.run = 0;
    state.isAfterDot = false;
    return null;
  }
  if ((byte >= 0x61 && byte <= 0x7a) || (byte >= 0x30 && byte <= 0x39)) {
    state.run += 1;
    if (state.run > 16) state.isAfterDot = false;
    return null;
  }
  const isToken = state.isAfterDot && state.run === 16;
  state.isAfterDot = byte === 0x2e && state.run === 6;
  state.run = 0;
  return isToken ? { length: 23, before: 1 } : null;
}

function isColourDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x3b;
}

function feedKey(state: ShapeState, byte: number): FoundShape | null {
  state.wording = nextInWording(state.wording, byte | 0x20, byte);
  if ((byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66)) {
    state.hex += 1;
    return null;
  }
  const isKey = state.hex === 64 && state.sinceWording <= wordingReach;
  state.hex = 0;
  state.sinceWording = isKey ? wordingReach + 1 : Math.min(state.sinceWording + 1, wordingReach + 1);
  if (state.wording === wordingLength) {
    state.wording = 0;
    state.sinceWording = 0;
  }
  return isKey ? { length: 64, before: 1 } : null;
}

const wordingBegin = Buffer.from('certificate');
const wordingLength = 15;

/** Goes on in "certificate", any number of spaces, `-` or `_`, "key". */
function nextInWording(at: number, lower: number, byte: number): number {
  const restart = lower === 0x63 ? 1 : 0;
  if (at < wordingBegin.length) {
    if (lower === wordingBegin[at]) return at + 1;
    // "certific" ends as it begins, with a "c".
    return at === 8 && lower === 0x65 ? 2 : restart;
  }
  if (at <= 12) return byte === 0x20 || byte === 0x2d || byte === 0x5f ? 12 : lower === 0x6b ? 13 : restart;
  if (at === 13) return lower === 0x65 ? 14 : restart;
  return lower === 0x79 ? wordingLength : restart;
}

function feedHeader(state: ShapeState, byte: number): FoundShape | null {
  const header = state.header + String.fromCharCode(byte);
  if (headerBegin.startsWith(header) || headerShape.test(header)) {
    state.header = header;
    if (!header.endsWith('-----') || header.length <= headerBegin.length) return null;
    if (header.endsWith('PRIVATE KEY-----')) {
      enter(state, 'pem');
      return { length: header.length, before: 0 };
    }
    // The dashes that end this header may begin another.
    state.header = '-----';
    return null;
  }
  const dashes = /-{1,5}$/.exec(byte === 0x2d ? header : state.header)?.[0] ?? '';
  const again = byte === 0x2d ? dashes : dashes + String.fromCharCode(byte);
  state.header = headerBegin.startsWith(again) ? again : '';
  return null;
}

function feedEncoded(state: ShapeState, byte: number, isEscaped: boolean): FoundShape | null {
  if (isEscaped || !isBase64(byte)) {
    state.encoded = '';
    return null;
  }
  if (state.encoded === null) return null;
  const encoded = state.encoded + String.fromCharCode(byte);
  state.encoded = encodedHeaders.some((header) => header.startsWith(encoded)) ? encoded : null;
  if (!encodedHeaders.includes(encoded)) return null;
  enter(state, 'base64');
  state.line = encoded.length;
  return { length: encoded.length, before: 0 };
}

function isBase64(byte: number): boolean {
  const lower = byte | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x2b || byte === 0x2f;
}

function enter(state: ShapeState, how: 'pem' | 'base64'): void {
  Object.assign(state, newShapeState(), { inside: how, left: keyLimit });
}

/** Whether the byte still belongs to the private key. */
function goesOnInside(state: ShapeState, byte: number): boolean {
  state.left -= 1;
  if (state.left < 0) return false;
  if (state.inside === 'pem') {
    state.recent = (state.recent + String.fromCharCode(byte)).slice(-80);
    if (byte === 0x2d && footer.test(state.recent)) state.left = 0;
    return true;
  }
  // `base64` folds its lines at 76 characters, PEM at 64: there the key goes on in the next line.
  if (byte === 0x0a || byte === 0x0d) {
    const isFold = state.line === 64 || state.line === 76;
    if (byte === 0x0a) state.line = 0;
    return isFold;
  }
  state.line += 1;
  return isBase64(byte) || byte === 0x3d;
}
