import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { edit } from '../../src/steps/edit.ts';
import { type LocalMachine, localMachine, shells } from './local-machine.ts';
import { plannedEdit } from './planned.ts';

const signal = new AbortController().signal;

describe.each(shells)('an edit under %s', (...shell) => {
  let machine: LocalMachine;
  beforeEach(() => {
    machine = localMachine(shell);
  });
  afterEach(() => machine.end());

  const path = () => join(machine.folder, 'fstab');
  const prepare = (filter: string) => edit.prepare(plannedEdit(path(), filter), { host: machine.host, as: 'root' }, signal);

  test('writes what its filter printed before the question, and can be put back', async () => {
    writeFileSync(path(), '/dev/a / ext4\n/dev/b swap swap\n');
    const prepared = await prepare("sed '/ swap /s/^/#/'");
    expect(prepared).toMatchObject({ isAlreadyDone: false, shown: { is: 'diff', isNew: false } });
    expect(machine.run(prepared.send, 'one')).toEqual({ code: 0, said: '' });
    expect(readFileSync(path(), 'utf8')).toBe('/dev/a / ext4\n#/dev/b swap swap\n');
    machine.run(edit.undo?.('one', 'root'), 'two');
    expect(readFileSync(path(), 'utf8')).toBe('/dev/a / ext4\n/dev/b swap swap\n');
  });

  test('whose filter changes nothing is done already', async () => {
    writeFileSync(path(), 'nothing of that kind\n');
    const prepared = await prepare("sed '/ swap /s/^/#/'");
    expect(prepared.isAlreadyDone).toBe(true);
    expect(prepared.send).toBeUndefined();
  });

  test('of a file that is not there gives its filter nothing, and makes the file from what it prints', async () => {
    const prepared = await prepare('cat; echo made');
    expect(prepared).toMatchObject({ isAlreadyDone: false, shown: { isNew: true } });
    expect(machine.run(prepared.send).code).toBe(0);
    expect(readFileSync(path(), 'utf8')).toBe('made\n');
  });

  test('of a file that is not there, printing nothing, makes none', async () => {
    const prepared = await prepare('cat');
    expect(prepared.isAlreadyDone).toBe(true);
    expect(existsSync(path())).toBe(false);
  });

  test('carries every byte through, text or not', async () => {
    const bytes = Buffer.from(Array.from({ length: 512 }, (_, i) => i % 256));
    writeFileSync(path(), bytes);
    const prepared = await prepare('cat; printf x');
    expect(machine.run(prepared.send).code).toBe(0);
    expect(readFileSync(path()).equals(Buffer.concat([bytes, Buffer.from('x')]))).toBe(true);
  });

  test('whose filter fails says so with what it said, and nothing is to be sent', async () => {
    writeFileSync(path(), 'x\n');
    await expect(prepare('echo half; echo "no such tool" >&2; exit 3')).rejects.toThrow('ended with exit code 3: no such tool');
  });
});
