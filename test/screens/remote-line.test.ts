import xterm from '@xterm/headless';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanLine } from '../../src/output/clean.ts';
import { fitRemote } from '../../src/screens/pieces/remote-line.ts';

test('plain text stands as it is where it fits, else cut with a mark', () => {
  expect(fitRemote('apt-get update', 14)).toEqual({ text: 'apt-get update', cut: '' });
  expect(fitRemote('apt-get update', 13)).toEqual({ text: 'apt-get upda', cut: '…' });
  expect(fitRemote('漢字漢字', 8)).toEqual({ text: '漢字漢字', cut: '' });
  expect(fitRemote('漢字漢字', 7)).toEqual({ text: '漢字漢', cut: '…' });
});

test('whatever a host prints, no terminal draws its row wider than the pane', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 2, max: 40 }), async (printed, width) => {
      const { text, cut } = fitRemote(cleanLine(printed), width);
      const screen = new xterm.Terminal({ cols: width, rows: 4, allowProposedApi: true });
      await new Promise<void>((resolve) => screen.write(text + cut, resolve));
      expect(screen.buffer.active.cursorY).toBe(0);
      expect(screen.buffer.active.getLine(1)?.isWrapped).toBe(false);
      screen.dispose();
    }),
    { numRuns: 500 },
  );
});
