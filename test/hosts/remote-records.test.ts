import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeLine } from '../../src/hosts/remote-run/encode-line.ts';
import { foundOf } from '../../src/hosts/remote-run/found.ts';
import { createRecordReader } from '../../src/hosts/remote-run/records.ts';

const nonce = 'aa-aab';

function readAll(pieces: readonly Uint8Array[]): { readonly records: string[]; readonly bytes: string } {
  const records: string[] = [];
  let bytes = '';
  const reader = createRecordReader(nonce, {
    record: (words) => records.push(words.join(' ')),
    bytes: (some) => {
      bytes += some.toString('latin1');
    },
  });
  for (const piece of pieces) reader.push(piece);
  return { records, bytes };
}

test('records are found wherever the stream is cut, and no other byte is lost', () => {
  const text = fc
    .array(fc.constantFrom('\n', 'a', '-', 'b', ' ', nonce, `\n${nonce}`, 'x'), { maxLength: 20 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 6 }), fc.array(fc.nat(200)), (payloads, cuts) => {
      const clean = payloads.map((payload) => payload.replaceAll(`\n${nonce} `, ''));
      const stream = Buffer.from(clean.map((payload, i) => `${payload}\n${nonce} record ${i}\n`).join(''), 'latin1');
      const places = [...new Set(cuts.map((cut) => Math.min(cut, stream.length)))].sort((a, b) => a - b);
      const pieces = [0, ...places].map((from, i) => stream.subarray(from, places[i] ?? stream.length));
      // Payloads that make a mark together are no case: a payload's end and a record's beginning are both the host's.
      fc.pre(clean.every((payload) => !`${payload}\n${nonce} `.slice(0, -1).includes(`\n${nonce} `)));
      expect(readAll(pieces)).toEqual({ records: clean.map((_, i) => `record ${i}`), bytes: clean.join('') });
    }),
    { numRuns: 500 },
  );
});

test('the beginning of a record that was cut off is no output', () => {
  expect(readAll([Buffer.from(`output\n${nonce.slice(0, 3)}`)])).toEqual({ records: [], bytes: 'output' });
  expect(readAll([Buffer.from(`output\n${nonce} ended 0`)])).toEqual({ records: [], bytes: 'output' });
});

test('a line for printf is printable, one line, and tells digits from escapes', () => {
  expect(encodeLine("a'1\n2\\3\u0000")).toBe("a'1\\00122\\01343\\0000");
  fc.assert(fc.property(fc.uint8Array(), (bytes) => /^[\x20-\x7e]*$/.test(encodeLine(bytes))));
});

test('times are told by the clock of the host at the start, however its date is printed', () => {
  const words = 'ended 3 110.50 100.25 1700000000.500000000 90.00 closed dropped:7'.split(' ');
  const found = { is: 'ended', code: 3, started: 1_700_000_010_750, ended: 1_700_000_021_000, written: { out: 5, err: 8 } };
  expect(foundOf(words, { out: 5, err: 1 })).toEqual(found);
  expect(foundOf('running 100.25 1700000000.%N 90.00'.split(' '), { out: 0, err: 0 })).toEqual({
    is: 'running',
    started: 1_700_000_010_250,
  });
  expect(foundOf('lost - - - '.split(' '), { out: 0, err: 0 })).toEqual({ is: 'lost', childrenAlive: false });
});
