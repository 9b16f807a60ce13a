import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineText, longestLook } from '../../src/output/line-text.ts';

const text = (line: string): string => lineText(Buffer.from(line));

test('a line of plain text is as it was printed', () => {
  expect(text('Setting up kubeadm (1.32.9-1.1) ...\r')).toBe('Setting up kubeadm (1.32.9-1.1) ...');
});

test('a line that is too long to look at is its beginning with a mark', () => {
  const long = text(`${'あ'.repeat(longestLook)} end`);
  expect(long.startsWith('あああ')).toBe(true);
  expect(long.endsWith('…')).toBe(true);
  expect(long).not.toContain('\ufffd');
});

test('of a progress bar of any length the last state is shown', () => {
  expect(text(`${Array.from({ length: 5000 }, (_, i) => `${i}%`).join('\r')}\r`)).toBe('4999%');
});

test('a line holds nothing that a terminal could take as a command, however it is cut', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(60), (bytes, times) => {
      const line = Buffer.concat(Array.from({ length: times + 1 }, () => Buffer.from(bytes.filter((byte) => byte !== 10))));
      expect(lineText(line)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
    { numRuns: 200 },
  );
});
