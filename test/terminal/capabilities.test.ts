import { expect, test } from 'vitest';
import { capabilities } from '../../src/terminal/capabilities.ts';

const usual = { TERM: 'xterm-256color', LANG: 'en_GB.UTF-8' };
const given = { env: usual, isTerminal: true, wantsPlain: false, wantsAscii: false };

test('a usual terminal has screens, all characters, and the colours that Ink finds', () => {
  expect(capabilities(given)).toEqual({ hasScreens: true, isAscii: false, forceColor: undefined });
});

test.each([
  ['a pipe', { ...given, isTerminal: false }],
  ['--plain', { ...given, wantsPlain: true }],
  ['TERM=dumb', { ...given, env: { ...usual, TERM: 'dumb' } }],
  ['no TERM', { ...given, env: { LANG: 'C.UTF-8' } }],
  ['ACCESSIBLE=1', { ...given, env: { ...usual, ACCESSIBLE: '1' } }],
])('there are no screens with %s', (_what, options) => {
  expect(capabilities(options).hasScreens).toBe(false);
});

test.each([
  ['ACCESSIBLE=0', { ACCESSIBLE: '0' }],
  ['ACCESSIBLE=', { ACCESSIBLE: '' }],
  ['CI=true', { CI: 'true' }],
])('%s leaves the screens on a terminal', (_what, more) => {
  expect(capabilities({ ...given, env: { ...usual, ...more } }).hasScreens).toBe(true);
});

test.each([
  ['--ascii', { ...given, wantsAscii: true }],
  ['the console of Linux', { ...given, env: { ...usual, TERM: 'linux' } }],
  ['no locale', { ...given, env: { TERM: 'xterm' } }],
  ['LANG=C', { ...given, env: { TERM: 'xterm', LANG: 'C' } }],
  ['LC_ALL=C over a LANG of UTF-8', { ...given, env: { ...usual, LC_ALL: 'C' } }],
  ['LC_CTYPE=de_DE.ISO-8859-1', { ...given, env: { ...usual, LC_CTYPE: 'de_DE.ISO-8859-1' } }],
])('only ASCII is drawn with %s', (_what, options) => {
  expect(capabilities(options).isAscii).toBe(true);
});

test.each([
  ['LANG=C.UTF-8', { LANG: 'C.UTF-8' }],
  ['LC_CTYPE=UTF-8, as macOS says it', { LC_CTYPE: 'UTF-8' }],
  ['LC_ALL=zh_CN.utf8 over LANG=C', { LC_ALL: 'zh_CN.utf8', LANG: 'C' }],
  ['an empty LC_ALL', { LC_ALL: '', LANG: 'C.UTF-8' }],
])('all characters are drawn with %s', (_what, locale) => {
  expect(capabilities({ ...given, env: { TERM: 'xterm', ...locale } }).isAscii).toBe(false);
});

test.each([
  [{ NO_COLOR: '1' }, '0'],
  [{ NO_COLOR: '' }, undefined],
  [{ CI: 'false' }, '1'],
  [{ CI: 'true', NO_COLOR: '1' }, '0'],
  [{ FORCE_COLOR: '3', NO_COLOR: '1' }, '3'],
])('%o forces the colours to %o', (more, forced) => {
  expect(capabilities({ ...given, env: { ...usual, ...more } }).forceColor).toBe(forced);
});
