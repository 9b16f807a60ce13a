import { expect, test } from 'vitest';
import { forScreens, leftBehind, nothing, openJob, openSmallScreens, processOf } from './small-screens.ts';

test('a shell in the lent terminal gets every key, and the screens every key after it', async () => {
  const screen = await openJob();
  for (const round of [1, 2, 3]) {
    screen.type('s');
    await screen.shows(/shell>$/);
    expect(leftBehind(screen)).toMatchObject({ buffer: 'normal', isCursorVisible: true });
    screen.type(`echo round-$((${round} * 100 + 1))\r`);
    await screen.shows(`round-${round}01`);
    screen.type('exit\r');
    await screen.shows('said shell: {"code":0}');
    await expect.poll(() => leftBehind(screen)).toEqual(forScreens);
    expect(screen.text()).toContain(`keys "${'sy'.repeat(round - 1)}s"`);
    screen.type('y');
    await screen.shows(`keys "${'sy'.repeat(round)}"`);
  }
  screen.type('q');
  await screen.shows(/shell>$/);
});

test('a program that reads one key gets that key', async () => {
  const screen = await openSmallScreens();
  for (const keys of ['k', 'kk', 'kkk']) {
    screen.type('k');
    await screen.shows('press');
    screen.type('X');
    await screen.shows('said one key: {"code":0}');
    expect(screen.text()).toContain(`keys "${keys}"`);
    screen.resize(119 + keys.length, 24);
    await screen.shows(`${119 + keys.length}x24`);
  }
});

test('keys that handrail itself reads for a host reach no screen', async () => {
  const screen = await openSmallScreens();
  screen.type('h');
  await screen.shows('here');
  screen.type('qxt日本.');
  await screen.shows('said here: qxt日本.');
  expect(screen.text()).toContain('keys "h"');
});

test('the screens fit a window whose size changed while the terminal was lent', async () => {
  const screen = await openSmallScreens();
  screen.type('k');
  await screen.shows('press');
  screen.resize(90, 30);
  screen.type('X');
  await screen.shows('90x30');
});

test('two that ask for the terminal get it one after the other', async () => {
  const screen = await openSmallScreens();
  screen.type('2');
  await screen.shows('first');
  expect(screen.text()).not.toContain('second');
  screen.type('\r');
  await screen.shows('second');
  screen.type('\r');
  await screen.shows('said both: [{"code":0},{"code":0}]');
});

test('who has the terminal may ask for it again', async () => {
  const screen = await openSmallScreens();
  screen.type('n');
  await screen.shows('said within: lent already');
});

test('Ctrl+C in a lent terminal is for the program that has it', async () => {
  const screen = await openSmallScreens();
  screen.type('i');
  await screen.shows('waits');
  screen.type('\x03');
  await screen.shows('interrupted');
  screen.type('\r\r');
  await screen.shows('said interrupted: {"code":3}');
});

test('Ctrl+Z goes back to the shell, and `fg` back to the screens', async () => {
  const screen = await openJob();
  for (const keys of ['z', 'zz']) {
    screen.type('z');
    await screen.shows(/Stopped.*shell>$/s);
    expect(leftBehind(screen)).toMatchObject({ buffer: 'normal', isCursorVisible: true });
    screen.type('echo in-$((3 + 4))\r');
    await screen.shows('in-7');
    screen.type('fg\r');
    await screen.shows('said stopped: null');
    await expect.poll(() => leftBehind(screen)).toEqual(forScreens);
    expect(screen.text()).toContain(`keys "${keys}"`);
  }
});

test('Ctrl+Z says where there is no shell to go back to', async () => {
  const screen = await openSmallScreens();
  screen.type('z');
  await screen.shows('There is no shell to go back to');
  expect(leftBehind(screen).buffer).toBe('alternate');
});

test('a program that was stopped from outside draws its screens again when it goes on', async () => {
  const screen = await openJob();
  const program = processOf(screen);
  process.kill(program, 'SIGSTOP');
  await screen.shows('Stopped');
  screen.type('echo in-$((3 + 4))\r');
  await screen.shows('in-7');
  screen.type('fg\r');
  await screen.shows(/process \d+, said ready, keys "", 120x24$/);
  screen.type('y');
  await screen.shows('keys "y"');
});

test('a redraw sets the modes anew that something has changed', async () => {
  const screen = await openSmallScreens();
  screen.type('m');
  screen.type('o');
  await expect.poll(() => leftBehind(screen)).toEqual({ ...nothing, isFocusTold: true, mouse: 'vt200' });
  screen.type('l');
  await expect.poll(() => leftBehind(screen)).toEqual(forScreens);
  await screen.shows(/process \d+, said ready, keys "mol"/);
});

test('the pager waits at the end of a short text, and shows no control sequence', async () => {
  const screen = await openJob({ LESS: '-FRX', PAGER: 'less', TEXT: 'first \x1b]0;title\x07line\n\x1b[?1003hlast line\n' });
  screen.type('g');
  // The row behind it is the pager's own.
  await screen.shows('first line\nlast line\n');
  expect(leftBehind(screen)).toMatchObject({ mouse: 'none' });
  screen.type('q');
  await screen.shows('said pager: null');
  expect(screen.text()).toContain('keys "g"');
});

test('a pager that ends at once does not take its text away', async () => {
  const screen = await openSmallScreens({ PAGER: 'cat', TEXT: 'all of it\n' });
  screen.type('g');
  await screen.shows(/all of it\n\nEnter goes back to handrail\.$/);
  screen.type('\r');
  await screen.shows('said pager: null');
  expect(screen.text()).toContain('keys "g"');
});

test('an editor gets its keys, and what it wrote comes back', async () => {
  const screen = await openSmallScreens({ EDITOR: 'vi -u NONE' });
  screen.type('e');
  await screen.shows('step.sh');
  screen.type('dd:wq\r');
  await screen.shows('said editor: {"is":"changed","text":"two\\n"}');
  expect(screen.text()).toContain('keys "e"');
});
