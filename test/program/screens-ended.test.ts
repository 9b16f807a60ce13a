import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { pressCalmly } from './by-keys.ts';
import { onScreen, withoutTerminal } from './handrail.ts';
import { node, type OperatorHome, operatorHome } from './operator-home.ts';
import { type OpenScreen, openScreen } from './screen.ts';
import { forScreens, isAlive, leftBehind, nothing } from './small-screens.ts';

const runbook = fileURLToPath(new URL('runbooks/console.md', import.meta.url));
const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
/** The two steps, each with its question open. */
const talk = /^Talk$.*^r run \(only reads\)/ms;
const count = /^Count$.*^r run \(only reads\)/ms;

/** A colour of the sixteen, of the letters or behind them. */
const colour = /\x1b\[(?:\d+;)*(?:[34][0-7]|9[0-7]|10[0-7])m/;

describe('the screens of a walk', () => {
  let operator: OperatorHome;
  beforeEach(async () => {
    operator = operatorHome();
    // It stops at the first step, which wants a person.
    expect(await withoutTerminal(operator, ['run', runbook, '--yes'])).toMatchObject({ code: 1, err: '' });
  });
  afterEach(() => {
    // What was left running ends.
    writeFileSync(join(operator.folder, 'go'), '');
    operator[Symbol.dispose]();
  });

  /** The run, taken up again on the screens, at its first step. */
  async function resume(env: Readonly<Record<string, string>> = {}, words: readonly string[] = []): Promise<OpenScreen> {
    return await atTalk(onScreen(operator, ['resume', '1', ...words], { env }));
  }
  async function atTalk(screen: OpenScreen): Promise<OpenScreen> {
    onTestFinished(() => screen.close());
    await screen.shows('Resuming');
    await screen.press('enter');
    await screen.shows(talk);
    return screen;
  }
  /** Answers what the first step asks. */
  async function say(screen: OpenScreen, word: string): Promise<void> {
    await pressCalmly(screen, 'r');
    await screen.shows('open the terminal');
    await pressCalmly(screen, 'y');
    await screen.shows(/^say something$/m);
    screen.type(word);
  }
  const lock = (): string => {
    const folder = join(operator.env['HANDRAIL_DATA'] ?? '', 'runs/1');
    const [last = ''] = readdirSync(folder).filter((name) => name.startsWith('lock.'));
    return readFileSync(join(folder, last), 'utf8');
  };
  const isCounting = (): boolean => existsSync(join(operator.env['HANDRAIL_DATA'] ?? '', 'runs/1/logs/count/console.1.1.log'));

  test('an interactive part has the terminal, and the screens have it again', async () => {
    const screen = await resume();
    await say(screen, 'qyry 日本\r');
    await screen.shows(count);
    await expect.poll(() => leftBehind(screen)).toEqual(forScreens);
    expect(readFileSync(join(operator.folder, 'said'), 'utf8')).toBe('qyry 日本\n');
  });

  test('Ctrl+C in an interactive part ends that part, not the walk', async () => {
    const screen = await resume();
    await say(screen, '\x03');
    await screen.shows('UNKNOWN on console');
    await expect.poll(() => leftBehind(screen)).toEqual(forScreens);
  });

  test('a shell has the terminal, and the screens have it again', async () => {
    const screen = await resume({ SHELL: '/bin/bash', PS1: 'shell> ' });
    await pressCalmly(screen, '!');
    await screen.shows('On which host');
    // What is pasted is marked on every screen until then, and between them.
    expect(screen.raw()).not.toContain('\x1b[?2004l');
    await pressCalmly(screen, 'enter');
    await screen.shows('handrail comes back when this has ended.');
    screen.type('echo in-$((3 + 4)); exit\r');
    await screen.shows(talk);
    await expect.poll(() => leftBehind(screen)).toEqual(forScreens);
    await pressCalmly(screen, '?');
    await screen.shows('Keys');
  });

  test.each(['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const)('%s leaves running what runs, and tells how to go on', async (signal) => {
    const screen = await resume();
    await say(screen, 'yes\r');
    await screen.shows(count);
    await pressCalmly(screen, 'r');
    await expect.poll(isCounting).toBe(true);
    screen.kill(signal);
    expect(await screen.ended).toEqual({ code: 130, signal: undefined });
    expect(leftBehind(screen)).toEqual(nothing);
    expect(screen.text()).toMatch(/Run 1 has stopped\..*left running.*Go on with: node .* resume 1$/s);
    writeFileSync(join(operator.folder, 'go'), '');
    expect(await withoutTerminal(operator, ['resume', '--yes'])).toMatchObject({ code: 0 });
  });

  test('a window that is closed leaves the run in order, and gives it back at once', async () => {
    const screen = await resume();
    screen.hangUp();
    // Released is a lock whose file says nobody.
    await expect.poll(lock, { timeout: 2000 }).toBe('null');
    await expect.poll(() => isAlive(screen.pid), { timeout: 10_000 }).toBe(false);
    expect(await withoutTerminal(operator, ['show', '1'])).toMatchObject({ out: expect.stringContaining('stopped') });
  });

  test('a signal while a program has the terminal ends the walk, too', async () => {
    const screen = await resume();
    await say(screen, 'half a li');
    screen.kill('SIGTERM');
    expect(await screen.ended).toEqual({ code: 130, signal: undefined });
    expect(leftBehind(screen)).toEqual(nothing);
    expect(screen.text()).toMatch(/Go on with: node .* resume 1$/);
  });

  test('after SIGKILL the run goes on, and `handrail reset` mends the terminal', async () => {
    const screen = openScreen('/bin/dash', ['-i'], { env: { ...operator.env, PS1: 'shell> ' }, cwd: operator.folder });
    screen.type(`"${node}" "${cli}" resume 1 & echo "process $!"; fg >/dev/null\n`);
    await atTalk(screen);
    const program = Number(/process (\d+)\r/.exec(screen.raw())?.[1]);
    process.kill(program, 'SIGKILL');
    await expect.poll(() => screen.raw()).toContain('Killed');
    await expect.poll(() => leftBehind(screen)).toEqual(forScreens);
    screen.type(`"${node}" "${cli}" reset\n`);
    await screen.shows('The terminal is mended.');
    expect(leftBehind(screen)).toEqual(nothing);
    screen.type(`"${node}" "${cli}" resume\r`);
    await atTalk(screen);
    await say(screen, 'yes\r');
    await screen.shows(count);
  });

  test('Ctrl+Z goes back to the shell, and `fg` back to the walk', async () => {
    const screen = openScreen('/bin/bash', ['--norc', '-i'], { env: { ...operator.env, PS1: 'shell> ' }, cwd: operator.folder });
    await screen.shows(/shell>$/);
    screen.type(`"${node}" "${cli}" resume 1\r`);
    await atTalk(screen);
    await screen.press('ctrl-z');
    await screen.shows(/Stopped.*shell>$/s);
    expect(leftBehind(screen)).toMatchObject({ buffer: 'normal', isCursorVisible: true });
    screen.type('fg\r');
    await screen.shows(talk);
    await expect.poll(() => leftBehind(screen)).toEqual(forScreens);
    await pressCalmly(screen, '?');
    await screen.shows('Keys');
  });

  test.each([
    ['--ascii', {}, ['--ascii']],
    ['the locale C', { LANG: 'C' }, []],
  ] as const)('only ASCII is drawn with %s', async (_what, env, words) => {
    const screen = await resume(env, words);
    await screen.press('m');
    await screen.shows('Here');
    expect(screen.raw()).not.toMatch(/[^\x00-\x7f]/);
  });

  test('a copy is sent to the terminal, and kept in a file that is named', async () => {
    const screen = await resume();
    await pressCalmly(screen, 'c');
    await screen.shows('(OSC 52)');
    const [, sent = ''] = /\x1b\]52;c;([A-Za-z0-9+/=]+)\x07/.exec(screen.raw()) ?? [];
    const kept = readFileSync(join(operator.env['HANDRAIL_DATA'] ?? '', 'last-copy.txt'), 'utf8');
    expect(Buffer.from(sent, 'base64').toString()).toBe(kept);
    expect(kept).toContain('say something');
  });

  test('a step is changed in the editor, and shown anew', async () => {
    const screen = await resume({ EDITOR: 'sed -i s/something/anything/' });
    await pressCalmly(screen, 'e');
    await screen.shows('say anything');
    await screen.shows(talk);
    await expect.poll(() => leftBehind(screen)).toEqual(forScreens);
  });

  test('NO_COLOR is heeded', async () => {
    const coloured = await resume();
    expect(coloured.raw()).toMatch(colour);
    await coloured.close();
    expect((await resume({ NO_COLOR: '1' })).raw()).not.toMatch(colour);
  });
});
