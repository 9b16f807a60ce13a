import { tmpdir } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { type OpenScreen, openScreen } from './screen.ts';

/** Runs a few lines of JavaScript on a screen. */
function script(source: string, size: { readonly columns?: number; readonly rows?: number } = {}): OpenScreen {
  const screen = openScreen(process.execPath, ['-e', source], { env: { PATH: process.env['PATH'] ?? '' }, cwd: tmpdir(), ...size });
  onTestFinished(() => screen.close());
  return screen;
}

/** Shows on the alternate screen what arrives, piece by piece, and ends at a q. */
const echo = `
process.stdin.setRawMode(true);
process.stdout.write('\\x1b[?1049h\\x1b[?25l\\x1b[?2004h\\x1b]0;echo\\x07');
const draw = (piece) => process.stdout.write('\\x1b[H' + process.stdout.columns + 'x' + process.stdout.rows + '\\r\\n' + piece);
let pieces = [];
process.stdin.on('data', (data) => {
  pieces.push(data.toString());
  draw(JSON.stringify(pieces));
  if (data.toString() === 'q') process.stdout.write('\\x1b[?2004l\\x1b[?25h\\x1b[?1049lsummary\\r\\n', () => process.exit(3));
});
process.stdout.on('resize', () => draw('resized'));
draw('ready');`;

test('keys arrive one by one, a paste is marked, and what stands on the screen is seen', async () => {
  const screen = script(echo);
  expect(await screen.shows('ready')).toBe('80x24\nready');
  expect([screen.buffer(), screen.isCursorVisible(), screen.modes().bracketedPasteMode, screen.title()]).toEqual([
    'alternate',
    false,
    true,
    'echo',
  ]);
  await screen.press('esc', 'r', 'down');
  await screen.shows('["\\u001b","r","\\u001b[B"]');
  screen.paste('y\r');
  await screen.shows('"\\u001b[200~y\\r\\u001b[201~"');
});

test('a key that is held down comes again and again', async () => {
  const screen = script(echo);
  await screen.shows('ready');
  await screen.hold('y', 300);
  await screen.shows('["y","y","y","y","y"');
});

test('the program is told of another size', async () => {
  const screen = script(echo);
  await screen.shows('ready');
  screen.resize(100, 30);
  await screen.shows('100x30\nresized');
  expect(screen.overflows()).toEqual([]);
});

test('at the end stands what the program has left on the normal screen, and how it ended', async () => {
  const screen = script(echo);
  await screen.shows('ready');
  await screen.press('q');
  expect(await screen.ended).toEqual({ code: 3, signal: undefined });
  expect([screen.buffer(), screen.isCursorVisible(), screen.text()]).toEqual(['normal', true, 'summary']);
});

test.each([
  ['a row that is wider than the screen', 'x'.repeat(21)],
  ['one row more than the screen has', 'row\r\n'.repeat(5)],
])('%s is noted', async (_, drawn) => {
  const screen = script(`process.stdout.write('\\x1b[?1049h' + ${JSON.stringify(drawn)}); setInterval(() => {}, 1000);`, {
    columns: 20,
    rows: 5,
  });
  await expect.poll(() => screen.overflows()).not.toEqual([]);
});

test('a screen that is exactly full is no fault', async () => {
  const full = 'x'.repeat(20);
  const screen = script(
    `process.stdout.write('\\x1b[?1049h' + ${JSON.stringify([full, full, full].join('\r\n'))}); setInterval(() => {}, 1000);`,
    { columns: 20, rows: 3 },
  );
  await screen.shows([full, full, full].join('\n'));
  expect(screen.overflows()).toEqual([]);
});

test('what does not come is told with the screen', async () => {
  const screen = script(echo);
  await screen.shows('ready');
  await expect(screen.shows('something else', { within: 50 })).rejects.toThrow(/something else was shown\. The screen:\n\+-+\+\n\|80x24 /);
});
