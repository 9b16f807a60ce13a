import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

type Measuring = {
  stringWidth(text: string): number;
  tokenize(text: string): unknown;
  sliceAnsi(text: string, from: number, to: number): string;
  wrapAnsi(text: string, width: number, options: object): string;
};
type Scripts = { fastInk(): Plugin; lateSegmenter: Pick<Intl.Segmenter, 'segment'> };

const folder = mkdtempSync(join(tmpdir(), 'handrail-fast-ink-'));
let scripts: Scripts;
let before: Measuring;
let after: Measuring;

/** What Ink measures text with, as it is published, or as it is bundled. */
const contents = `import 'ink';
  export { default as stringWidth } from 'string-width';
  export { tokenize } from '@alcalzone/ansi-tokenize';
  export { default as sliceAnsi } from 'slice-ansi';
  export { default as wrapAnsi } from 'wrap-ansi';`;
async function bundle(name: string, plugins: readonly Plugin[]): Promise<Measuring> {
  const outfile = join(folder, `${name}.mjs`);
  const devtools: Plugin = {
    name: 'no-devtools',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: 'none' }));
      onLoad({ filter: /.*/, namespace: 'none' }, () => ({ contents: '' }));
    },
  };
  const banner = { js: "import{createRequire as r}from'node:module';const require=r(import.meta.url);" };
  const stdin = { contents, resolveDir: process.cwd() };
  await build({
    stdin,
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    banner,
    plugins: [devtools, ...plugins],
    logLevel: 'silent',
  });
  return (await import(pathToFileURL(outfile).href)) as Measuring;
}

beforeAll(async () => {
  const from = async (name: string): Promise<object> => (await import(new URL(`../../scripts/${name}`, import.meta.url).href)) as object;
  scripts = { ...(await from('fast-ink.mjs')), ...(await from('late-text.mjs')) } as Scripts;
  before = await bundle('before', []);
  after = await bundle('after', [scripts.fastInk()]);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const unit = fc.oneof(
  fc.constantFrom(
    '─',
    '│',
    '…',
    '•',
    '↪',
    '\u001b[1m',
    '\u001b[31m',
    '\u001b[0m',
    '\n',
    '\r',
    '\t',
    ' ',
    'é',
    'e\u0301',
    '\ufe0f',
    '\u200d',
  ),
  fc.constantFrom('節', 'ｱ', 'ﾞ', '한', '각', '👩‍👩‍👧', '🚀', '↪️', '1️⃣', '\u00ad', 'क्षि', '\u007f', '\u009b1m', '\ud800'),
  fc.string({ maxLength: 5 }),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const text = fc.oneof(
  fc.array(unit, { maxLength: 8 }).map((units) => units.join('')),
  fc.string({ unit: fc.constantFrom(...'ab ─│…•↪') }),
);

test('what is bundled measures, cuts and wraps every text as the published packages do', () => {
  fc.assert(
    fc.property(text, fc.nat(12), fc.integer({ min: 1, max: 12 }), (line, from, width) => {
      expect(after.stringWidth(line)).toBe(before.stringWidth(line));
      expect(after.tokenize(line)).toEqual(before.tokenize(line));
      expect(after.sliceAnsi(line, from, from + width)).toBe(before.sliceAnsi(line, from, from + width));
      expect(after.wrapAnsi(line, width, { trim: false, hard: true })).toBe(before.wrapAnsi(line, width, { trim: false, hard: true }));
    }),
    { numRuns: 3_000 },
  );
}, 60_000);

test('a text has the characters that `Intl.Segmenter` finds', () => {
  const segmenter = new Intl.Segmenter();
  fc.assert(
    fc.property(text, fc.nat(12), (line, at) => {
      const own = scripts.lateSegmenter.segment(line);
      const real = segmenter.segment(line);
      expect([...own].map((each) => ({ ...each }))).toEqual([...real].map(({ segment, index, input }) => ({ segment, index, input })));
      expect(own.containing(at)?.segment).toBe(real.containing(at)?.segment);
    }),
    { numRuns: 3_000 },
  );
});

test('a package that is no longer as it was fails the build', async () => {
  const path = join(folder, 'string-width', 'index.js');
  mkdirSync(dirname(path));
  writeFileSync(path, 'export default () => 1;\n');
  const changed: Plugin = { name: 'changed', setup: ({ onResolve }) => onResolve({ filter: /^string-width$/ }, () => ({ path })) };
  await expect(bundle('changed', [changed, scripts.fastInk()])).rejects.toThrow(/index\.js has no .*Segmenter.* any more/);
});
