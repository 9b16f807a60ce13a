import { expect, test } from 'vitest';
import { toAscii } from '../../src/terminal/ascii-output.ts';
import { widthOf } from '../../src/words/lay-out.ts';

test('a terminal that knows ASCII alone gets every sign as wide as it was', () => {
  const text = '\x1b[1m─ “a” … • ↪ é 山 e\u0301 →\x1b[0m';
  expect(toAscii(text)).toBe('\x1b[1m- "a" ~ * > ? ?? e >\x1b[0m');
  expect(widthOf(toAscii('山 “…” é'))).toBe(widthOf('山 “…” é'));
});
