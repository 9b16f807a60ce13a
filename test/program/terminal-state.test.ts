import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { node } from './operator-home.ts';
import type { OpenScreen } from './screen.ts';
import {
  forScreens,
  isAlive,
  leftBehind,
  nothing,
  opened,
  openJob,
  openSmallScreens,
  processOf,
  readIfThere,
  temporaryFolder,
} from './small-screens.ts';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** What the shell has shown around the screens, and whether keys are read as before. */
async function after(
  screen: OpenScreen,
): Promise<{ readonly told: readonly string[]; readonly areKeysAsBefore: boolean; readonly code: number }> {
  await screen.ended;
  const lines = screen.text().split('\n');
  const modes = lines.filter((line) => /^[0-9a-f]+(?::[0-9a-f]+){10,}$/.test(line));
  const told = lines.filter((line) => !modes.includes(line) && !line.startsWith('ended with '));
  return {
    told,
    areKeysAsBefore: modes.length === 2 && modes[0] === modes[1],
    code: Number(/ended with (\d+)\./.exec(screen.text())?.[1]),
  };
}

/** As if a program on a host had switched on what it wants. */
const disturbed = { ...forScreens, isFocusTold: true, mouse: 'vt200' };
const goesOn = 'To go on: handrail resume 7';

const ends: readonly (readonly [how: string, end: (screen: OpenScreen) => void, code: number, told: readonly string[]])[] = [
  ['is left in the usual way', (screen) => screen.type('q'), 0, []],
  ['calls process.exit', (screen) => screen.type('x'), 7, [goesOn]],
  ['throws in a timer', (screen) => screen.type('t'), 1, ['told: broken in a timer', goesOn]],
  ['has a rejection that nobody handles', (screen) => screen.type('p'), 1, ['told: rejected', goesOn]],
  ['throws while it draws', (screen) => screen.type('r'), 1, ['caught: broken in a frame']],
  ...(['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const).map(
    (signal) => [`gets ${signal}`, (screen: OpenScreen) => void process.kill(processOf(screen), signal), 130, [goesOn]] as const,
  ),
];

test.each(ends)('the terminal is as it was when the program %s', async (_how, end, code, told) => {
  const screen = await openSmallScreens();
  screen.type('m');
  await expect.poll(() => leftBehind(screen)).toEqual(disturbed);
  end(screen);
  expect(await after(screen)).toEqual({ told, areKeysAsBefore: true, code });
  expect(leftBehind(screen)).toEqual(nothing);
});

test('the terminal is as it was when a signal comes while it is lent, below what the other program has shown', async () => {
  const screen = await openSmallScreens();
  const program = processOf(screen);
  screen.type('k');
  await screen.shows('press');
  process.kill(program, 'SIGTERM');
  const { told, code } = await after(screen);
  expect(told).toEqual(['press', goesOn]);
  expect(code).toBe(130);
  expect(leftBehind(screen)).toEqual(nothing);
});

test('a program that has the terminal does not outlive handrail', async () => {
  const screen = await openSmallScreens();
  const program = processOf(screen);
  screen.type('w');
  const [, waits] = /waits as (\d+)\./.exec(await screen.shows(/waits as \d+\./)) ?? [];
  process.kill(program, 'SIGTERM');
  await screen.ended;
  await expect.poll(() => isAlive(Number(waits)), { timeout: 10_000 }).toBe(false);
});

test('a signal leaves the run in order before the program ends', async () => {
  const mark = join(temporaryFolder(), 'mark');
  const screen = await openSmallScreens({ MARK: mark });
  process.kill(processOf(screen), 'SIGTERM');
  await screen.ended;
  expect(readFileSync(mark, 'utf8')).toBe('left in order\n');
});

test('a window that is closed leaves the run in order', async () => {
  const mark = join(temporaryFolder(), 'mark');
  const screen = await openSmallScreens({ MARK: mark });
  const program = processOf(screen);
  screen.hangUp();
  await expect.poll(() => isAlive(program), { timeout: 10_000 }).toBe(false);
  expect(readFileSync(mark, 'utf8')).toBe('left in order\n');
});

test('a second signal ends a program that does not come to its end', async () => {
  const mark = join(temporaryFolder(), 'mark');
  const screen = await openSmallScreens({ NEVER_ENDS: 'yes', MARK: mark });
  const program = processOf(screen);
  process.kill(program, 'SIGTERM');
  await expect.poll(() => readIfThere(mark)).toBe('left in order\n');
  const began = performance.now();
  // Told twice within a tenth of a second it has been told once.
  while (isAlive(program)) {
    process.kill(program, 'SIGTERM');
    await new Promise((resolve) => setImmediate(resolve));
  }
  const took = performance.now() - began;
  expect(await after(screen)).toEqual({ told: [goesOn], areKeysAsBefore: true, code: 130 });
  // Well before it would have been ended without it.
  expect(took).toBeLessThan(2500);
});

test('a program that does not come to its end is ended three seconds after a signal', async () => {
  const screen = await openSmallScreens({ NEVER_ENDS: 'yes' });
  process.kill(processOf(screen), 'SIGTERM');
  expect(await after(screen)).toEqual({ told: [goesOn], areKeysAsBefore: true, code: 130 });
});

test('`handrail reset` mends a terminal whose program was killed', async () => {
  const screen = await openJob({}, 'dash');
  const program = processOf(screen);
  screen.type('m');
  await expect.poll(() => leftBehind(screen)).toEqual(disturbed);
  process.kill(program, 'SIGKILL');
  await expect.poll(() => screen.raw()).toContain('Killed');
  expect(leftBehind(screen)).toEqual(disturbed);
  screen.type(`"${node}" "${cli}" reset\n`);
  await screen.shows('The terminal is mended.');
  expect(leftBehind(screen)).toEqual(nothing);
  screen.type('stty -a\r');
  expect(await screen.shows(/extproc\n/)).toMatch(/ icanon .*[^-]echo /s);
});

test('`handrail reset` does no harm to a terminal in order', async () => {
  const screen = opened('/bin/bash', ['-c', 'echo before; "$0" "$1" reset; echo after', node, cli]);
  await screen.ended;
  expect(screen.text()).toBe('before\nThe terminal is mended.\nafter');
});

test('`handrail reset` says that it needs the terminal', async () => {
  const screen = opened('/bin/bash', ['-c', '"$0" "$1" reset </dev/null; echo "ended with $?"', node, cli]);
  await screen.ended;
  expect(screen.text()).toMatch(
    /^handrail: There is no terminal to mend here\.\n {2}Type `node .*dist\/cli\.js reset` in the terminal itself\.\nended with 2$/,
  );
});
