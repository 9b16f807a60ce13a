import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { mendedState, openPty, type Pty } from '../terminal/open-pty.ts';

const program = fileURLToPath(new URL('../terminal/small-screens.ts', import.meta.url));
const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const env = { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), LANG: 'C.UTF-8', PS1: 'shell> ' };
type Environment = Readonly<Record<string, string>>;

/** The small screens, under a shell that tells before and after them how the system reads keys. */
async function openScreens(more: Environment = {}): Promise<Pty> {
  const script = 'stty -g; "$0" "$@"; code=$?; stty -g; echo "ended with $code."';
  const pty = openPty('/bin/bash', ['-c', script, process.execPath, program], { env: { ...env, ...more }, columns: 120 });
  await pty.shows('said ready');
  return pty;
}

/** The small screens as a job of a shell at which a person sits. */
async function openJob(more: Environment = {}): Promise<Pty> {
  const pty = openPty('/bin/bash', ['--norc', '-i'], { env: { ...env, ...more } });
  await pty.shows(/shell>$/);
  pty.type(`"${process.execPath}" "${program}"\r`);
  await pty.shows('said ready');
  return pty;
}

/** The process whose screens are shown. */
function processOf(pty: Pty): number {
  return Number(/process (\d+)/.exec(pty.text())?.[1]);
}

/** What the shell has shown around the screens, and whether keys are read as before. */
async function after(pty: Pty): Promise<{ readonly told: readonly string[]; readonly areKeysAsBefore: boolean; readonly code: number }> {
  await pty.ended;
  const lines = pty.text().split('\n');
  const modes = lines.filter((line) => /^[0-9a-f]+(?::[0-9a-f]+){10,}$/.test(line));
  const told = lines.filter((line) => !modes.includes(line) && !line.startsWith('ended with '));
  return {
    told,
    areKeysAsBefore: modes.length === 2 && modes[0] === modes[1],
    code: Number(/ended with (\d+)\./.exec(pty.text())?.[1]),
  };
}

const goesOn = 'To go on: handrail resume 7';

const ends: readonly (readonly [how: string, end: (pty: Pty) => void, code: number, told: readonly string[]])[] = [
  ['is left in the usual way', (pty) => pty.type('q'), 0, []],
  ['calls process.exit', (pty) => pty.type('x'), 7, [goesOn]],
  ['throws in a timer', (pty) => pty.type('t'), 1, ['told: broken in a timer', goesOn]],
  ['has a rejection that nobody handles', (pty) => pty.type('p'), 1, ['told: rejected', goesOn]],
  ['throws while it draws', (pty) => pty.type('r'), 1, ['caught: broken in a frame']],
  ...(['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const).map(
    (signal) => [`gets ${signal}`, (pty: Pty) => void process.kill(processOf(pty), signal), 130, [goesOn]] as const,
  ),
];

test.each(ends)('the terminal is as it was when the program %s', async (_how, end, code, told) => {
  const pty = await openScreens();
  // As if a program on a host had switched these on.
  pty.type('m');
  await expect.poll(() => pty.state()).toMatchObject({ buffer: 'alternate', isCursorShown: false, isPasteMarked: true, mouse: 'vt200' });
  end(pty);
  expect(await after(pty)).toEqual({ told, areKeysAsBefore: true, code });
  expect(pty.state()).toEqual(mendedState);
});

test('the terminal is as it was when a signal comes while it is lent, below what the other program has shown', async () => {
  const pty = await openScreens();
  const screens = processOf(pty);
  pty.type('k');
  await pty.shows('press');
  process.kill(screens, 'SIGTERM');
  const { told, code } = await after(pty);
  expect(told).toEqual(['press', goesOn]);
  expect(code).toBe(130);
  expect(pty.state()).toEqual(mendedState);
});

test('a signal leaves the run in order before the program ends', async () => {
  const mark = join(temporaryFolder(), 'mark');
  const pty = await openScreens({ MARK: mark });
  process.kill(processOf(pty), 'SIGTERM');
  await pty.ended;
  expect(readFileSync(mark, 'utf8')).toBe('left in order\n');
});

test('a window that is closed leaves the run in order', async () => {
  const mark = join(temporaryFolder(), 'mark');
  const pty = await openScreens({ MARK: mark });
  const screens = processOf(pty);
  pty.hangUp();
  await expect.poll(() => isAlive(screens), { timeout: 10_000 }).toBe(false);
  expect(readFileSync(mark, 'utf8')).toBe('left in order\n');
});

test('a second signal ends a program that does not come to its end', async () => {
  const mark = join(temporaryFolder(), 'mark');
  const pty = await openScreens({ NEVER_ENDS: 'yes', MARK: mark });
  const screens = processOf(pty);
  process.kill(screens, 'SIGTERM');
  await expect.poll(() => readIfThere(mark)).toBe('left in order\n');
  process.kill(screens, 'SIGTERM');
  expect(await after(pty)).toEqual({ told: [goesOn], areKeysAsBefore: true, code: 130 });
});

test('a program that does not come to its end is ended three seconds after a signal', async () => {
  const pty = await openScreens({ NEVER_ENDS: 'yes' });
  process.kill(processOf(pty), 'SIGTERM');
  expect(await after(pty)).toEqual({ told: [goesOn], areKeysAsBefore: true, code: 130 });
});

test('`handrail reset` mends a terminal whose program was killed', async () => {
  // This shell leaves the terminal's modes alone, as the shells of small systems do.
  const pty = openPty('/bin/dash', ['-i'], { env });
  await pty.shows(/shell>$/);
  pty.type(`"${process.execPath}" "${program}"\n`);
  await pty.shows('said ready');
  const screens = processOf(pty);
  pty.type('m');
  await expect.poll(() => pty.state().mouse).toBe('vt200');
  process.kill(screens, 'SIGKILL');
  await expect.poll(() => pty.raw()).toContain('Killed');
  expect(pty.state()).toMatchObject({ buffer: 'alternate', isCursorShown: false, isPasteMarked: true, isFocusTold: true });
  pty.type(`"${process.execPath}" "${cli}" reset\n`);
  await pty.shows('The terminal is mended.');
  expect(pty.state()).toEqual(mendedState);
  pty.type('stty -a\r');
  await pty.shows(/ icanon .*[^-]echo /s);
});

test('`handrail reset` does no harm to a terminal in order', async () => {
  const pty = openPty('/bin/bash', ['-c', 'echo before; "$0" "$1" reset; echo after', process.execPath, cli], { env });
  await pty.ended;
  expect(pty.text()).toBe('before\nThe terminal is mended.\nafter');
});

test('a shell in the lent terminal gets every key, and the screens every key after it', async () => {
  const pty = await openJob();
  for (const round of [1, 2, 3]) {
    pty.type('s');
    await pty.shows(/shell>$/);
    expect(pty.state()).toMatchObject({ buffer: 'normal', isCursorShown: true });
    pty.type(`echo round-$((${round} * 100 + 1))\r`);
    await pty.shows(`round-${round}01`);
    pty.type('exit\r');
    await pty.shows('said shell: {"code":0}');
    expect(pty.state()).toMatchObject({ buffer: 'alternate', isCursorShown: false, isPasteMarked: true });
    expect(pty.text()).toContain(`keys "${'sy'.repeat(round - 1)}s"`);
    pty.type('y');
    await pty.shows(`keys "${'sy'.repeat(round)}"`);
  }
  pty.type('q');
  await pty.shows(/shell>$/);
  expect(pty.all()).toMatch(/round-101.*round-201.*round-301/s);
});

test('a program that reads one key gets that key', async () => {
  const pty = await openScreens();
  for (const keys of ['k', 'kk', 'kkk']) {
    pty.type('k');
    await pty.shows('press');
    pty.type('X');
    await pty.shows('said one key: {"code":0}');
    expect(pty.text()).toContain(`keys "${keys}"`);
    pty.resize(119 + keys.length, 24);
    await pty.shows(`${119 + keys.length}x24`);
  }
});

test('keys that handrail itself reads for a host reach no screen', async () => {
  const pty = await openScreens();
  pty.type('h');
  await pty.shows('here');
  pty.type('qxt日本.');
  await pty.shows('said here: qxt日本.');
  expect(pty.text()).toContain('keys "h"');
});

test('the screens fit a window whose size changed while the terminal was lent', async () => {
  const pty = await openScreens();
  pty.type('k');
  await pty.shows('press');
  pty.resize(90, 30);
  pty.type('X');
  await pty.shows('90x30');
});

test('two that ask for the terminal get it one after the other', async () => {
  const pty = await openScreens();
  pty.type('2');
  await pty.shows('first');
  expect(pty.text()).not.toContain('second');
  pty.type('\r');
  await pty.shows('second');
  pty.type('\r');
  await pty.shows('said both: [{"code":0},{"code":0}]');
});

test('who has the terminal may ask for it again', async () => {
  const pty = await openScreens();
  pty.type('n');
  await pty.shows('said within: lent already');
});

test('Ctrl+C in a lent terminal is for the program that has it', async () => {
  const pty = await openScreens();
  pty.type('i');
  await pty.shows('waits');
  pty.type('\x03');
  await pty.shows('interrupted');
  pty.type('\r\r');
  await pty.shows('said interrupted: {"code":3}');
});

test('Ctrl+Z goes back to the shell, and `fg` back to the screens', async () => {
  const pty = await openJob();
  for (const keys of ['z', 'zz']) {
    pty.type('z');
    await pty.shows(/Stopped.*shell>$/s);
    expect(pty.state()).toMatchObject({ buffer: 'normal', isCursorShown: true });
    pty.type('echo in-$((3 + 4))\r');
    await pty.shows('in-7');
    pty.type('fg\r');
    await pty.shows('said stopped: null');
    expect(pty.state()).toMatchObject({ buffer: 'alternate', isCursorShown: false, isPasteMarked: true });
    expect(pty.text()).toContain(`keys "${keys}"`);
  }
});

test('Ctrl+Z says where there is no shell to go back to', async () => {
  const pty = await openScreens();
  pty.type('z');
  await pty.shows('There is no shell to go back to');
  expect(pty.state().buffer).toBe('alternate');
});

test('a program that was stopped from outside draws its screens again when it goes on', async () => {
  const pty = await openJob();
  const screens = processOf(pty);
  process.kill(screens, 'SIGSTOP');
  await pty.shows('Stopped');
  pty.type('echo in-$((3 + 4))\r');
  await pty.shows('in-7');
  pty.type('fg\r');
  await pty.shows(/process \d+, said ready, keys "", 80x24$/);
  pty.type('y');
  await pty.shows('keys "y"');
});

test('a redraw sets the modes anew that something has changed', async () => {
  const pty = await openScreens();
  pty.type('m');
  pty.type('o');
  await expect.poll(() => pty.state()).toMatchObject({ buffer: 'normal', isCursorShown: true, isPasteMarked: false, mouse: 'vt200' });
  pty.type('l');
  await expect
    .poll(() => pty.state())
    .toEqual({ buffer: 'alternate', isCursorShown: false, isPasteMarked: true, isFocusTold: false, mouse: 'none' });
  await pty.shows(/process \d+, said ready, keys "mol"/);
});

test('the pager waits at the end of a short text, and shows no control sequence', async () => {
  const pty = await openJob({ LESS: '-FRX', PAGER: 'less', TEXT: 'first \x1b]0;title\x07line\n\x1b[?1003hlast line\n' });
  pty.type('g');
  await pty.shows('last line');
  expect(pty.text()).toContain('first line\nlast line\n');
  expect(pty.state()).toMatchObject({ mouse: 'none' });
  pty.type('q');
  await pty.shows('said pager: null');
  expect(pty.text()).toContain('keys "g"');
});

test('a pager that ends at once does not take its text away', async () => {
  const pty = await openScreens({ PAGER: 'cat', TEXT: 'all of it\n' });
  pty.type('g');
  await pty.shows(/all of it\n\nEnter goes back to handrail\.$/);
  pty.type('\r');
  await pty.shows('said pager: null');
  expect(pty.text()).toContain('keys "g"');
});

test('an editor gets its keys, and what it wrote comes back', async () => {
  const pty = await openScreens({ EDITOR: 'vi -u NONE' });
  pty.type('e');
  await pty.shows('step.sh');
  pty.type('dd:wq\r');
  await pty.shows('said editor: {"is":"changed","text":"two\\n"}');
  expect(pty.text()).toContain('keys "e"');
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-terminal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
