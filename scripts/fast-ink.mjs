// The screens' first frame, and every other, sooner: changes to the packages that Ink draws with, made while they are bundled.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const lateText = JSON.stringify(fileURLToPath(new URL('late-text.mjs', import.meta.url)));

/** Most text is plain: then a segmenter is not needed, which takes long to make and longer to use. */
const segmenterIn = (file, name) => ({
  file,
  from: new RegExp(`^const ${name} = new Intl\\.Segmenter\\(.*\\);$`, 'm'),
  to: `import { lateSegmenter as ${name} } from ${lateText};`,
});

/** As it is loaded, an expression with the classes of Unicode takes half as long as the first frame. */
const regExpOfStringWidth = (name) => ({
  file: /\bstring-width\/index\.js$/,
  from: new RegExp(`^const ${name} = (/.*/v);$`, 'm'),
  to: `import { lateRegExp as late_${name} } from ${lateText}; const ${name} = late_${name}(() => $1);`,
});

const edits = [
  // Node's `fetch` is large, and is loaded only to decode a text that is at hand.
  { file: /yoga-wasm-base64-esm\.js$/, from: '"function"!=typeof fetch?', to: 'true?' },
  {
    file: /yoga-wasm-base64-esm\.js$/,
    from: 'var b=xa(a.slice(37)),c=new Uint8Array(b.length);for(a=0;a<b.length;++a)c[a]=b.charCodeAt(a);var d=c',
    to: 'var d=Buffer.from(a.slice(37),"base64")',
  },
  segmenterIn(/\bink\/build\/line-update\.js$/, 'segmenter'),
  segmenterIn(/\bansi-tokenize\/build\/tokenize\.js$/, 'segmenter'),
  segmenterIn(/\bwrap-ansi\/index\.js$/, 'segmenter'),
  segmenterIn(/\bslice-ansi\/tokenize-ansi\.js$/, 'GRAPHEME_SEGMENTER'),
  segmenterIn(/\bstring-width\/index\.js$/, 'segmenter'),
  regExpOfStringWidth('visibleCharacterRegex'),
  regExpOfStringWidth('spacingMarkRegex'),
  regExpOfStringWidth('rgiEmojiRegex'),
  // The rule under a title is no ASCII; it needs none of them either.
  {
    file: /\bstring-width\/index\.js$/,
    from: 'if (/^[\\u0020-\\u007E]*$/.test(string)) {',
    to: 'if ((ambiguousIsNarrow ? /^[ -~─-╿•…↪]*$/ : /^[ -~]*$/).test(string)) {',
  },
];

/** A plugin for esbuild. The build fails where a package is no longer as it was when this was written. */
export function fastInk() {
  return {
    name: 'fast-ink',
    setup(build) {
      const done = new Set();
      build.onLoad({ filter: new RegExp(edits.map(({ file }) => file.source).join('|')) }, ({ path }) => {
        const before = readFileSync(path, 'utf8');
        const own = edits.filter(({ file }) => file.test(path));
        let contents = before;
        for (const edit of own) {
          const after = contents.replace(edit.from, edit.to);
          if (after === contents) return { errors: [{ text: `${basename(path)} has no ${edit.from} any more: see scripts/fast-ink.mjs` }] };
          contents = after;
          done.add(edit);
        }
        return { contents };
      });
      build.onEnd(() => ({
        errors: edits.filter((edit) => !done.has(edit)).map(({ file }) => ({ text: `${file} was not bundled: see scripts/fast-ink.mjs` })),
      }));
    },
  };
}
