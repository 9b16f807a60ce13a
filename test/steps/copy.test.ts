import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Filled } from '../../src/runbook/scope.ts';
import { copy } from '../../src/steps/copy.ts';
import { copyLines } from '../../src/steps/copy-list.ts';
import { type LocalMachine, localMachine, shells } from './local-machine.ts';
import { filled, plannedCopy } from './planned.ts';

const signal = new AbortController().signal;

describe.each(shells)('a copy under %s', (...shell) => {
  let from: LocalMachine;
  let to: LocalMachine;
  beforeEach(() => {
    from = localMachine(shell, 'server2');
    to = localMachine(shell);
  });
  afterEach(() => {
    from.end();
    to.end();
  });

  const prepare = (files: readonly (readonly [string, string])[]) =>
    copy.prepare(
      plannedCopy(files.map(([a, b]) => [join(from.folder, a), join(to.folder, b)])),
      { host: to.host, as: 'root', source: from.host },
      signal,
    );

  test('is shown as a list with sizes and digests, and brings bytes and modes of its source', async () => {
    const key = Buffer.from([0, 1, 2, 255, 10, 13, 0]);
    writeFileSync(join(from.folder, 'ca.key'), key);
    chmodSync(join(from.folder, 'ca.key'), 0o600);
    writeFileSync(join(from.folder, 'ca.crt'), 'certificate\n');
    const prepared = await prepare([
      ['ca.key', 'pki/ca.key'],
      ['ca.crt', 'pki/its own name.crt'],
    ]);
    expect(prepared.shown).toMatchObject({
      is: 'copies',
      from: 'server2',
      files: [
        { bytes: 7, state: 'new' },
        { bytes: 12, state: 'new', sha256: 'bc5b91f7474e3fd8ed6753d0e1db413274b3eb3d1c8366289a9cc40e654cfd91' },
      ],
    });
    expect(JSON.stringify(prepared.shown)).not.toContain('certificate\\n');
    expect(to.run(prepared.send, 'one')).toEqual({ code: 0, said: '' });
    expect(readFileSync(join(to.folder, 'pki/ca.key')).equals(key)).toBe(true);
    expect(statSync(join(to.folder, 'pki/ca.key')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(to.folder, 'pki/its own name.crt'), 'utf8')).toBe('certificate\n');
    expect((await prepare([['ca.key', 'pki/ca.key']])).isAlreadyDone).toBe(true);
  });

  test('takes a whole folder, names and all, and sends only what differs', async () => {
    mkdirSync(join(from.folder, 'pki/etcd'), { recursive: true });
    writeFileSync(join(from.folder, 'pki/a'), 'a');
    writeFileSync(join(from.folder, "pki/etcd/it's $(b)"), 'b');
    mkdirSync(join(to.folder, 'into'));
    writeFileSync(join(to.folder, 'into/a'), 'a');
    const prepared = await prepare([['pki/', 'into/']]);
    expect(prepared.shown).toMatchObject({ files: [{ state: 'same' }, { state: 'new', to: join(to.folder, "into/etcd/it's $(b)") }] });
    expect(prepared.send?.data?.length).toBe(1);
    expect(to.run(prepared.send).code).toBe(0);
    expect(readFileSync(join(to.folder, "into/etcd/it's $(b)"), 'utf8')).toBe('b');
  });

  test('keeps the mode of a file that is there, and puts all back in its undo', async () => {
    for (const name of ['one', 'two']) writeFileSync(join(from.folder, name), `new ${name}`);
    writeFileSync(join(to.folder, 'one'), 'old');
    chmodSync(join(to.folder, 'one'), 0o640);
    const prepared = await prepare([
      ['one', 'one'],
      ['two', 'two'],
    ]);
    expect(to.run(prepared.send, 'first').code).toBe(0);
    expect(statSync(join(to.folder, 'one')).mode & 0o777).toBe(0o640);
    expect(to.run(copy.undo?.('first', 'root'), 'second').code).toBe(0);
    expect([readFileSync(join(to.folder, 'one'), 'utf8'), existsSync(join(to.folder, 'two'))]).toEqual(['old', false]);
  });

  test('writes none of its files where one has changed since the list was shown', async () => {
    for (const name of ['one', 'two']) writeFileSync(join(from.folder, name), 'new');
    const prepared = await prepare([
      ['one', 'one'],
      ['two', 'two'],
    ]);
    writeFileSync(join(to.folder, 'two'), 'appeared');
    expect(to.run(prepared.send).code).toBe(91);
    expect(existsSync(join(to.folder, 'one'))).toBe(false);
  });

  test('of a file that is not there says which', async () => {
    await expect(prepare([['nothing', 'x']])).rejects.toThrow(/nothing is no file/);
  });
});

describe('a copy’s list', () => {
  const texts = (list: Filled) => copyLines(list).map(({ from, to }) => [from.text, to.text]);

  test('is one path a line, with an arrow where they differ', () => {
    expect(texts(filled('/a\n  /b -> /c d\n\n/e/\n'))).toEqual([
      ['/a', '/a'],
      ['/b', '/c d'],
      ['/e/', '/e/'],
    ]);
  });

  test('takes line ends and arrows of a value for part of the value', () => {
    const value = '/x\n/y -> /z';
    const piece = {
      start: 0,
      end: value.length,
      name: 'v',
      origin: { is: 'input', name: 'v' },
      isSecret: false,
      isMissing: false,
    } as const;
    expect(texts({ text: `${value} -> /to\n/a`, pieces: [piece] })).toEqual([
      [value, '/to'],
      ['/a', '/a'],
    ]);
  });
});
