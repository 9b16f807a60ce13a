import xterm from '@xterm/headless';
import { expect, test } from 'vitest';
import { freshLine, mendingSequence } from '../../src/terminal/reset-terminal.ts';

async function after(...written: readonly string[]): Promise<xterm.Terminal> {
  const screen = new xterm.Terminal({ cols: 40, rows: 6, allowProposedApi: true });
  await new Promise<void>((resolve) => screen.write(written.join(''), resolve));
  return screen;
}

function textOf(screen: xterm.Terminal): string {
  const { active } = screen.buffer;
  return Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString().trimEnd() ?? '')
    .join('\n')
    .trimEnd();
}

test('what was shown since the alternate screen was left is not written over', async () => {
  const screen = await after('shell\r\n', '\x1b[?1049h', 'screens', '\x1b[?1049l', 'lent\r\n', mendingSequence, 'after');
  expect(textOf(screen)).toBe('shell\nlent\nafter');
});

test('the alternate screen is left', async () => {
  const screen = await after('shell\r\n', '\x1b[?1049hscreens', mendingSequence, mendingSequence);
  expect(screen.buffer.active.type).toBe('normal');
  expect(textOf(screen)).toBe('shell');
});

test('a terminal in order stays as it is', async () => {
  expect(textOf(await after('one\r\ntwo', mendingSequence, ' three'))).toBe('one\ntwo three');
});

test.each([
  ['', 'next'],
  ['x', 'x\nnext'],
  ['half a line', 'half a line\nnext'],
  ['a line', 'a line\nnext'],
  ['a'.repeat(39), `${'a'.repeat(39)}\nnext`],
  ['a'.repeat(40), `${'a'.repeat(40)}\nnext`],
])('what comes after %j stands in a line of its own, and no line stays empty', async (before, shown) => {
  expect(textOf(await after(before, freshLine({ columns: 40 }), 'next'))).toBe(shown);
});

test.each([
  ['a title that was cut', '\x1b]0;half a title'],
  ['a copy that was cut', '\x1b]52;c;eHh4'],
  ['line drawing', '\x1b(0'],
  ['the other character set', '\x1b)0\x0e'],
  ['insert mode', '\x1b[4h'],
])('what is written after %s is seen', async (_what, left) => {
  expect(textOf(await after(left, mendingSequence, 'seen'))).toBe('seen');
});

test('all of the screen scrolls again', async () => {
  const lines = Array.from({ length: 6 }, (_, index) => `${index}`).join('\r\n');
  expect(textOf(await after('\x1b[2;3r', mendingSequence, lines, '\r\nlast'))).toBe('0\n1\n2\n3\n4\n5\nlast');
});

test('the keys, the mouse and what is pasted come as usual', async () => {
  const screen = await after('\x1b[?1h\x1b=\x1b[?1003h\x1b[?1006h\x1b[?1004h\x1b[?2004h\x1b[?7l', mendingSequence);
  expect(screen.modes).toMatchObject({
    applicationCursorKeysMode: false,
    applicationKeypadMode: false,
    mouseTrackingMode: 'none',
    sendFocusMode: false,
    bracketedPasteMode: false,
    wraparoundMode: true,
  });
});
