import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PlannedBody } from '../../src/plan/plan.ts';
import { file } from '../../src/steps/file.ts';
import type { Prepared } from '../../src/steps/part-kind.ts';
import { type LocalMachine, localMachine, shells } from './local-machine.ts';
import { plannedFile } from './planned.ts';

const signal = new AbortController().signal;

describe.each(shells)('a file written by %s', (...shell) => {
  let machine: LocalMachine;
  beforeEach(() => {
    machine = localMachine(shell);
  });
  afterEach(() => machine.end());

  const at = (name: string) => join(machine.folder, name);
  const prepare = (planned: PlannedBody & { kind: 'file' }): Promise<Prepared> =>
    file.prepare(planned, { host: machine.host, as: 'root' }, signal);
  const text = (name: string) => readFileSync(at(name), 'utf8');
  const modeOf = (name: string) => (statSync(at(name)).mode & 0o7777).toString(8);
  const rest = (folder: string) => readdirSync(at(folder)).filter((name) => name.startsWith('.handrail'));

  test('is made with its folders, readable by all, its last line ended', async () => {
    const prepared = await prepare(plannedFile(at('new/folder/a.conf'), 'one\ntwo'));
    expect(prepared).toMatchObject({ isAlreadyDone: false, shown: { isNew: true, mode: '0644' } });
    expect(machine.run(prepared.send)).toEqual({ code: 0, said: '' });
    expect(text('new/folder/a.conf')).toBe('one\ntwo\n');
    expect(modeOf('new/folder/a.conf')).toBe('644');
    expect(modeOf('new/folder')).toBe('755');
    expect(rest('new/folder')).toEqual([]);
  });

  test('takes the mode it is given, and keeps the one it had where none is given', async () => {
    writeFileSync(at('kept'), 'old\n');
    chmodSync(at('kept'), 0o750);
    expect(machine.run((await prepare(plannedFile(at('kept'), 'new'))).send, 'a').code).toBe(0);
    expect([text('kept'), modeOf('kept')]).toEqual(['new\n', '750']);
    expect(machine.run((await prepare(plannedFile(at('kept'), 'newer', { mode: '0600' }))).send, 'b').code).toBe(0);
    expect([text('kept'), modeOf('kept')]).toEqual(['newer\n', '600']);
  });

  test('is done already where content and mode are as wanted, and then nothing is sent', async () => {
    writeFileSync(at('same'), 'x\n');
    chmodSync(at('same'), 0o600);
    expect(await prepare(plannedFile(at('same'), 'x', { mode: '0600' }))).toMatchObject({ isAlreadyDone: true, shown: { lines: [] } });
    expect(await prepare(plannedFile(at('same'), 'x'))).not.toHaveProperty('send');
    const other = await prepare(plannedFile(at('same'), 'x', { mode: '0640' }));
    expect(other).toMatchObject({ isAlreadyDone: false, shown: { mode: '0640 (is 600)' } });
  });

  test('that has changed since its difference was shown is left alone', async () => {
    writeFileSync(at('a'), 'old\n');
    const prepared = await prepare(plannedFile(at('a'), 'new'));
    writeFileSync(at('a'), 'changed meanwhile\n');
    const { code, said } = machine.run(prepared.send);
    expect(code).toBe(91);
    expect(said).toContain('is no longer as it was when the difference was shown. Nothing was written.');
    expect(text('a')).toBe('changed meanwhile\n');
  });

  test('that has appeared or gone since its difference was shown is left so', async () => {
    const appeared = await prepare(plannedFile(at('appears'), 'ours'));
    writeFileSync(at('appears'), 'theirs\n');
    expect(machine.run(appeared.send, 'a').code).toBe(91);
    expect(text('appears')).toBe('theirs\n');
    writeFileSync(at('goes'), 'old\n');
    const goes = await prepare(plannedFile(at('goes'), 'new'));
    rmSync(at('goes'));
    expect(machine.run(goes.send, 'b').code).toBe(91);
    expect(readdirSync(machine.folder)).not.toContain('goes');
  });

  test('whose content did not arrive whole is not written', async () => {
    writeFileSync(at('a'), 'old\n');
    const { code, said } = machine.run((await prepare(plannedFile(at('a'), 'a longer text'))).send, 'a', { cutData: 1 });
    expect([code, said]).toEqual([90, 'What arrived is not whole. Nothing was written.\n']);
    expect(text('a')).toBe('old\n');
  });

  test('behind a symbolic link is written where the link leads, and the link stays', async () => {
    mkdirSync(at('real'));
    writeFileSync(at('real/file'), 'old\n');
    symlinkSync('real/file', at('link'));
    expect(machine.run((await prepare(plannedFile(at('link'), 'new'))).send).code).toBe(0);
    expect(lstatSync(at('link')).isSymbolicLink()).toBe(true);
    expect(text('real/file')).toBe('new\n');
  });

  test('whose link leads elsewhere by now is not written', async () => {
    for (const name of ['one', 'two']) writeFileSync(at(name), 'same\n');
    symlinkSync('one', at('link'));
    const prepared = await prepare(plannedFile(at('link'), 'new'));
    rmSync(at('link'));
    symlinkSync('two', at('link'));
    expect(machine.run(prepared.send).code).toBe(91);
    expect([text('one'), text('two')]).toEqual(['same\n', 'same\n']);
  });

  test('with a name full of shell is a file of that name', async () => {
    const name = 'it\'s $(touch broken) `x` \\ "q" *;&|<>#\t%s';
    expect(machine.run((await prepare(plannedFile(at(name), '$(touch broken)'))).send).code).toBe(0);
    expect(readFileSync(join(machine.folder, name), 'utf8')).toBe('$(touch broken)\n');
    expect(readdirSync(machine.folder)).not.toContain('broken');
  });

  test('can be put back as it was, mode and all', async () => {
    writeFileSync(at('a'), 'old\n');
    chmodSync(at('a'), 0o640);
    machine.run((await prepare(plannedFile(at('a'), 'new', { mode: '0600' }))).send, 'RUN.s.h.1.1');
    expect(machine.run(file.undo?.('RUN.s.h.1.1', 'root'), 'RUN.s.h.2.1')).toEqual({ code: 0, said: `${at('a')} is as it was.\n` });
    expect([text('a'), modeOf('a')]).toEqual(['old\n', '640']);
    expect(machine.run(file.undo?.('RUN.s.h.1.1', 'root'), 'RUN.s.h.3.1')).toEqual({ code: 0, said: '' });
  });

  test('that was new is taken away again by its undo', async () => {
    machine.run((await prepare(plannedFile(at('a'), 'new'))).send, 'one');
    expect(machine.run(file.undo?.('one', 'root'), 'two').code).toBe(0);
    expect(readdirSync(machine.folder)).not.toContain('a');
  });

  test('that has changed since it was written is left alone by its undo', async () => {
    writeFileSync(at('a'), 'old\n');
    machine.run((await prepare(plannedFile(at('a'), 'new'))).send, 'one');
    writeFileSync(at('a'), 'someone else was here\n');
    expect(machine.run(file.undo?.('one', 'root'), 'two').code).toBe(91);
    expect(text('a')).toBe('someone else was here\n');
  });

  test('that was never written has nothing to put back', () => {
    expect(machine.run(file.undo?.('never', 'root'), 'two')).toEqual({ code: 0, said: 'That attempt has written nothing.\n' });
  });

  test('as a block leaves all other lines alone, byte for byte', async () => {
    writeFileSync(at('hosts'), '127.0.0.1 localhost\r\n# theirs\nno end');
    const block = (content: string) => prepare(plannedFile(at('hosts'), content, { block: true }));
    machine.run((await block('192.0.2.1 cp')).send, 'one');
    const around = (inner: string) =>
      `127.0.0.1 localhost\r\n# theirs\nno end\n# BEGIN handrail guide hosts\n${inner}# END handrail guide hosts\n`;
    expect(text('hosts')).toBe(around('192.0.2.1 cp\n'));
    expect((await block('192.0.2.1 cp')).isAlreadyDone).toBe(true);
    writeFileSync(at('hosts'), `${text('hosts')}behind\n`);
    machine.run((await block('192.0.2.2 cp\n192.0.2.3 cp')).send, 'two');
    expect(text('hosts')).toBe(`${around('192.0.2.2 cp\n192.0.2.3 cp\n')}behind\n`);
  });
});

describe('preparing a file', () => {
  const machine = localMachine(shells[0] ?? ['dash', ['dash']]);
  const at = (name: string) => join(machine.folder, name);
  const prepare = (planned: PlannedBody & { kind: 'file' }) => file.prepare(planned, { host: machine.host, as: 'root' }, signal);

  test('refuses what is no plain file, no path and no mode, in a sentence', async () => {
    mkdirSync(at('folder'));
    await expect(prepare(plannedFile(at('folder'), 'x'))).rejects.toThrow('is no plain file');
    await expect(prepare(plannedFile('etc/passwd', 'x'))).rejects.toThrow('does not begin with /');
    await expect(prepare(plannedFile('/etc/a\nb', 'x'))).rejects.toThrow('holds a line end');
    await expect(prepare(plannedFile(at('a'), 'x', { mode: '0644; rm' }))).rejects.toThrow('The mode "0644; rm" of');
    await expect(prepare(plannedFile(at('a'), 'x', { owner: '-R' }))).rejects.toThrow('The owner "-R" of');
  });

  test('shows the difference in lines, with what surrounds them', async () => {
    writeFileSync(at('long'), `${Array.from({ length: 9 }, (_, i) => `line ${i}`).join('\n')}\n`);
    const content = Array.from({ length: 9 }, (_, i) => (i === 5 ? 'changed' : `line ${i}`)).join('\n');
    const { shown } = await prepare(plannedFile(at('long'), content));
    expect(shown.is === 'diff' && shown.lines.map(({ mark, text }) => mark + text)).toEqual([
      '@line 3',
      ...[' line 2', ' line 3', ' line 4', '-line 5', '+changed', ' line 6', ' line 7', ' line 8'],
    ]);
  });

  test('names the secrets in it, so that they can be masked', async () => {
    const origin = { is: 'input', name: 'token' } as const;
    const content = { text: 'token: abc', pieces: [{ start: 7, end: 10, name: 'token', origin, isSecret: true, isMissing: false }] };
    expect(await prepare({ ...plannedFile(at('s'), ''), content })).toMatchObject({ shown: { secrets: ['abc'] } });
    expect(file.tell({ ...plannedFile(at('s'), ''), content })).toMatchObject({ content: 'token: ••••••••' });
  });

  test('puts everything that decides what is written into the digest', async () => {
    const digest = async (planned: PlannedBody & { kind: 'file' }) => (await prepare(planned)).digestText;
    const all = await Promise.all([
      digest(plannedFile(at('d'), 'x')),
      digest(plannedFile(at('d'), 'y')),
      digest(plannedFile(at('e'), 'x')),
      digest(plannedFile(at('d'), 'x', { mode: '0600' })),
      digest(plannedFile(at('d'), 'x', { owner: 'root' })),
    ]);
    writeFileSync(at('d'), 'present\n');
    expect(new Set([...all, await digest(plannedFile(at('d'), 'x'))]).size).toBe(6);
  });

  test('refuses a block that would end itself, or whose other end is gone', async () => {
    const block = (content: string) => prepare(plannedFile(at('b'), content, { block: true }));
    await expect(block('a\n# END handrail guide hosts\nb')).rejects.toThrow('holds a line that ends it');
    writeFileSync(at('b'), '# BEGIN handrail guide hosts\nx\n');
    await expect(block('a')).rejects.toThrow('without its end');
    machine.end();
  });
});
