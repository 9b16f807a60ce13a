import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openRun } from '../../src/run/disk/open-run.ts';
import { readRun } from '../../src/run/disk/read-run.ts';
import type { EventBody } from '../../src/run/events/event.ts';
import { beginRun, tickingClock } from './new-run.ts';
import { temporaryFolder } from './temporary-folder.ts';

const clock = tickingClock();
const token = 'abcdef.0123456789abcdef';
const sent: EventBody = {
  type: 'part-sent',
  step: 'init',
  host: 'server77',
  attempt: 1,
  part: 1,
  kind: 'command',
  id: 'id',
  command: 'login sesame-open',
  log: 'logs/init/server77.1.1.log',
  streams: 'one',
};

async function everyFile(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe('a new run', () => {
  test('has a number of its data directory, an id of 128 bits and a folder for its owner alone', async () => {
    const dataDirectory = await temporaryFolder();
    const run = await beginRun(dataDirectory);
    expect(run.number).toBe(1);
    expect(run.id).toMatch(/^[0-9a-f]{32}$/);
    await run.openLog({ step: 'init', host: 'server77', attempt: 1, part: 1 }).end();
    await run.close();
    expect((await readdir(run.folder)).toSorted()).toEqual(['journal.jsonl', 'lock.2', 'logs', 'report.md', 'runbook.md', 'secrets']);
    for (const entry of await readdir(dataDirectory, { recursive: true, withFileTypes: true })) {
      const { mode } = await stat(join(entry.parentPath, entry.name));
      expect([entry.name, mode & 0o777]).toEqual([entry.name, entry.isDirectory() ? 0o700 : 0o600]);
    }
  });

  test('has a number of its own, however many begin at once', async () => {
    const dataDirectory = await temporaryFolder();
    const runs = await Promise.all(Array.from({ length: 12 }, () => beginRun(dataDirectory)));
    expect(runs.map((run) => run.number).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(new Set(runs.map((run) => run.id)).size).toBe(12);
    await Promise.all(runs.map((run) => run.close()));
  });

  test('keeps the runbook and what it includes as they were', async () => {
    const dataDirectory = await temporaryFolder();
    const includes = { 'prepare-host.md': '# Prepare\r\n', '../outside.md': 'x' };
    const run = await beginRun(dataDirectory, { runbook: { name: 'r', title: 'R', text: '# R\r\n\ufeff', includes } });
    await run.close();
    const again = await openRun(1, { dataDirectory, clock });
    expect([again.runbookText, again.includes]).toEqual(['# R\r\n\ufeff', includes]);
    expect(again.state().digest).toMatch(/^[0-9a-f]{64}$/);
    await again.close();
    expect(await everyFile(join(dataDirectory, 'runs', '1'))).not.toContain(join(dataDirectory, 'runs', '1', 'outside.md'));
  });

  test('that cannot be made leaves nothing behind', async () => {
    const dataDirectory = await temporaryFolder();
    await writeFile(join(dataDirectory, 'key'), 'no key');
    await expect(beginRun(dataDirectory)).rejects.toMatchObject({ kind: 'secrets' });
    expect(await readdir(join(dataDirectory, 'runs'))).toEqual([]);
  });
});

describe('secrets', () => {
  test('of the set-up come back in clear, and stand nowhere readable', async () => {
    const dataDirectory = await temporaryFolder();
    const run = await beginRun(dataDirectory);
    const { setup } = run;
    await run.append(sent);
    await run.append({ type: 'noted', text: 'pin-of-server77 it is' });
    await run.close();
    const again = await openRun(run.id, { dataDirectory, clock });
    expect(again.setup).toEqual(setup);
    expect(again.setup.inputs['registry']).toBe('sesame-open');
    expect(again.setup.hosts[0]?.values).toEqual({ interface: 'eth1', pin: 'pin-of-server77' });
    expect(again.secrets.mask('sesame-open')).not.toContain('sesame');
    await again.close();
    for (const file of await everyFile(dataDirectory)) {
      expect(await readFile(file, 'latin1')).not.toMatch(/sesame-open|pin-of-server77/);
    }
  });

  test('in a captured value that nobody called secret are sealed', async () => {
    const dataDirectory = await temporaryFolder();
    const run = await beginRun(dataDirectory);
    const join = `kubeadm join --token ${token}`;
    await run.append({
      ...{ type: 'captured', step: 'init', host: 'server77', attempt: 1, name: 'join', isAbsent: false, by: 'output' },
      fields: {
        command: { is: 'plain', value: join },
        endpoint: { is: 'plain', value: '192.0.2.1:6443' },
        key: await run.record('key', 'k-e-y-k-e-y', { isSecret: true }),
      },
      expires: { command: '2026-01-02T00:00:00.000Z' },
    });
    await run.close();
    const again = await openRun(1, { dataDirectory, clock });
    expect(again.values()).toEqual([
      {
        ...{ name: 'join', step: 'init', host: 'server77', isAbsent: false },
        fields: { command: join, endpoint: '192.0.2.1:6443', key: 'k-e-y-k-e-y' },
        secretFields: ['command', 'key'],
        expires: { command: Date.UTC(2026, 0, 2) },
      },
    ]);
    expect(again.secrets.mask('k-e-y-k-e-y')).toBe('••••••');
    await again.close();
    for (const file of await everyFile(dataDirectory)) expect(await readFile(file, 'latin1')).not.toMatch(/abcdef\.0123|k-e-y-k-e-y/);
  });

  test('in an edited command are masked in the event, and the full text is sealed', async () => {
    const dataDirectory = await temporaryFolder();
    const run = await beginRun(dataDirectory);
    const event = await run.append({ type: 'edited', step: 'init', host: null, part: 1, text: 'login sesame-open --force' });
    if (event.type !== 'edited' || event.sealed === undefined) throw new Error('sealed');
    expect(event.text).toBe('login •••••• --force');
    expect(run.reveal({ is: 'sealed', record: event.sealed })).toBe('login sesame-open --force');
    await run.close();
  });

  test('that cannot be opened any more are told when they are needed, and the run opens', async () => {
    const dataDirectory = await temporaryFolder();
    const run = await beginRun(dataDirectory);
    const field = await run.record('later', 'another-secret', { isSecret: true });
    await run.close();
    if (field.is !== 'sealed') throw new Error('sealed');
    await writeFile(join(run.folder, 'secrets', field.record), 'changed');
    const again = await openRun(1, { dataDirectory, clock });
    expect(() => again.reveal(field)).toThrow(expect.objectContaining({ kind: 'secrets' }));
    await again.close();
  });
});

describe('a run that is open', () => {
  test('is refused to any other, who is told who has it', async () => {
    const dataDirectory = await temporaryFolder();
    const run = await beginRun(dataDirectory);
    await expect(openRun(1, { dataDirectory, clock })).rejects.toMatchObject({
      kind: 'locked',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    await run.close();
    await (await openRun(1, { dataDirectory, clock })).close();
  });

  test('can be read by all', async () => {
    const dataDirectory = await temporaryFolder();
    const run = await beginRun(dataDirectory);
    await run.append(sent);
    expect((await readRun(1, dataDirectory)).state).toEqual(run.state());
    await run.close();
    expect((await readRun(1, dataDirectory)).state.state).toBe('stopped');
  });

  test('keeps events in the order in which they were given, also where one must be sealed first', async () => {
    const dataDirectory = await temporaryFolder();
    const run = await beginRun(dataDirectory);
    const texts = Array.from(
      { length: 20 },
      (_, i): EventBody =>
        i % 3 === 0 ? { type: 'edited', step: 'init', host: null, part: i, text: `sesame-open ${i}` } : { type: 'noted', text: String(i) },
    );
    const events = await Promise.all(texts.map(run.append));
    expect(events.map((event) => event.n)).toEqual(texts.map((_, i) => i + 2));
    expect(run.events().slice(1)).toEqual(events);
    expect(run.state().lastEvent).toBe(21);
    await run.close();
  });

  test('that cannot be opened for want of the key is free for the next', async () => {
    const dataDirectory = await temporaryFolder();
    await (await beginRun(dataDirectory)).close();
    const key = await readFile(join(dataDirectory, 'key'));
    await writeFile(join(dataDirectory, 'key'), 'short');
    await expect(openRun(1, { dataDirectory, clock })).rejects.toMatchObject({ kind: 'secrets' });
    await writeFile(join(dataDirectory, 'key'), key);
    await (await openRun(1, { dataDirectory, clock })).close();
  });

  test('tells when its journal was torn', async () => {
    const dataDirectory = await temporaryFolder();
    const run = await beginRun(dataDirectory);
    await run.close();
    await writeFile(join(run.folder, 'journal.jsonl'), '{"v":1', { flag: 'a' });
    const again = await openRun(1, { dataDirectory, clock });
    expect(again.mended).toEqual([expect.stringContaining('cut short (6 bytes)')]);
    await again.close();
  });
});

describe('finding a run', () => {
  test('goes by its number, its id or the beginning of its id', async () => {
    const dataDirectory = await temporaryFolder();
    const runs = [await beginRun(dataDirectory), await beginRun(dataDirectory)];
    for (const run of runs) {
      await run.close();
      for (const name of [run.number, String(run.number), run.id, run.id.slice(0, 8).toUpperCase()]) {
        expect((await readRun(name, dataDirectory)).number).toBe(run.number);
      }
    }
  });

  test.each([['7'], ['0'], ['-1'], ['../1'], ['ffffffffffff'], ['']])('says that there is no run %j', async (name) => {
    const dataDirectory = await temporaryFolder();
    await (await beginRun(dataDirectory)).close();
    await expect(readRun(name, dataDirectory)).rejects.toMatchObject({
      kind: 'not-found',
      advice: expect.stringContaining('The newest are 1'),
    });
  });

  test('says of a folder whose program ended too early that the run was never begun', async () => {
    const dataDirectory = await temporaryFolder();
    const run = await beginRun(dataDirectory);
    await run.close();
    await rm(join(run.folder, 'journal.jsonl'));
    await expect(readRun(1, dataDirectory)).rejects.toThrow('Run 1 was never begun');
    await expect(openRun(1, { dataDirectory, clock })).rejects.toThrow('Run 1 was never begun');
  });
});
