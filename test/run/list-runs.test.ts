import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { forgetRun } from '../../src/run/disk/forget-run.ts';
import { lastUnfinished, listRuns } from '../../src/run/disk/list-runs.ts';
import { readRun } from '../../src/run/disk/read-run.ts';
import type { EventBody } from '../../src/run/events/event.ts';
import { beginRun } from './new-run.ts';
import { temporaryFolder } from './temporary-folder.ts';

const now = new Date('2026-01-01T00:00:00Z');
const done = (step: string, host: string): EventBody => ({ type: 'marked-done', step, host, why: 'by hand' });

describe('the list of runs', () => {
  test('tells each run, newest first, in the shape that other programs rely on', async () => {
    const dataDirectory = await temporaryFolder();
    const first = await beginRun(dataDirectory);
    for (const [step, host] of [
      ['init', 'server77'],
      ['join', 'server77'],
      ['join', 'server78'],
    ] as const)
      await first.append(done(step, host));
    await first.close();
    const second = await beginRun(dataDirectory);
    await second.append({ type: 'step-opened', step: 'init', hosts: ['server77'] });
    await second.append({ type: 'skipped', step: 'init', host: 'server77', why: 'w', by: 'operator' });
    const third = await beginRun(dataDirectory);
    await third.close();
    const { runs, unreadable } = await listRuns(dataDirectory);
    await second.close();
    expect(unreadable).toEqual([]);
    const about = { runbook: 'kubeadm-ha-haproxy', title: 'A cluster', steps: 2, started: '2026-01-01T00:00:01.000Z' };
    expect(runs).toEqual([
      { ...about, run: 3, id: third.id, state: 'stopped', step: null, done: 0, changed: '2026-01-01T00:00:01.000Z' },
      { ...about, run: 2, id: second.id, state: 'running', step: 'init', done: 1, changed: '2026-01-01T00:00:03.000Z' },
      { ...about, run: 1, id: first.id, state: 'finished', step: null, done: 2, changed: '2026-01-01T00:00:04.000Z' },
    ]);
    expect(lastUnfinished(runs)?.run).toBe(2);
  });

  test('of a data directory that is not there is empty, and makes nothing', async () => {
    const dataDirectory = join(await temporaryFolder(), 'nothing');
    expect(await listRuns(dataDirectory)).toEqual({ runs: [], unreadable: [] });
    await expect(stat(dataDirectory)).rejects.toThrow('ENOENT');
    expect(lastUnfinished([])).toBeNull();
  });

  test.each([
    ['is lost', (file: string) => rm(file)],
    ['is broken', (file: string) => writeFile(file, '{"index": {"1": ')],
    ['holds something else', (file: string) => writeFile(file, '{"index": [1, {"run": 1}]}')],
    ['tells of runs that are gone', async (file: string) => writeFile(file, (await readFile(file, 'utf8')).replace('"1"', '"9"'))],
    [
      'is of an older journal',
      async (file: string) => writeFile(file, (await readFile(file, 'utf8')).replace(/"journal": "/, '"title": "old", "journal": "1')),
    ],
  ])('is the same when its index %s, and the index is made again', async (_, spoil) => {
    const dataDirectory = await temporaryFolder();
    await (await beginRun(dataDirectory)).close();
    const file = join(dataDirectory, 'config.json');
    const listed = await listRuns(dataDirectory);
    const index = await readFile(file, 'utf8');
    await spoil(file);
    expect(await listRuns(dataDirectory)).toEqual(listed);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(JSON.parse(index));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('does not read a journal that has not changed', async () => {
    const dataDirectory = await temporaryFolder();
    await (await beginRun(dataDirectory)).close();
    const { runs } = await listRuns(dataDirectory);
    const file = join(dataDirectory, 'config.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('A cluster', 'As the index has it'));
    expect((await listRuns(dataDirectory)).runs).toEqual(runs.map((run) => ({ ...run, title: 'As the index has it' })));
  });

  test('tells the runs that it can read, and which it cannot', async () => {
    const dataDirectory = await temporaryFolder();
    const runs = [await beginRun(dataDirectory), await beginRun(dataDirectory)];
    for (const run of runs) await run.close();
    await writeFile(join(dataDirectory, 'runs/1/journal.jsonl'), 'nonsense\n');
    const listed = await listRuns(dataDirectory);
    expect(listed.runs.map((run) => run.run)).toEqual([2]);
    expect(listed.unreadable).toEqual([{ run: 1, error: expect.objectContaining({ kind: 'broken' }) }]);
  });
});

describe('forgetting a run', () => {
  test('removes its folder and its place in the index, and never gives its number out again', async () => {
    const dataDirectory = await temporaryFolder();
    await (await beginRun(dataDirectory)).close();
    const second = await beginRun(dataDirectory);
    await second.close();
    await forgetRun(second.id, { dataDirectory, now });
    expect((await listRuns(dataDirectory)).runs.map((run) => run.run)).toEqual([1]);
    expect(await readFile(join(dataDirectory, 'config.json'), 'utf8')).not.toContain(second.id);
    await expect(stat(second.folder)).rejects.toThrow('ENOENT');
    const third = await beginRun(dataDirectory);
    expect(third.number).toBe(3);
    await third.close();
  });

  test('is refused while it is open', async () => {
    const dataDirectory = await temporaryFolder();
    const run = await beginRun(dataDirectory);
    await expect(forgetRun(1, { dataDirectory, now })).rejects.toMatchObject({ kind: 'locked' });
    await run.close();
    expect((await readRun(1, dataDirectory)).number).toBe(1);
  });

  test('is refused while a command of it may still run on a host, and it can be resumed then', async () => {
    const dataDirectory = await temporaryFolder();
    const run = await beginRun(dataDirectory);
    const where = { step: 'init', host: 'server77', attempt: 1, part: 1 };
    await run.append({ ...where, type: 'part-sent', kind: 'command', id: 'i', command: 'c', log: 'l', streams: 'one' });
    await run.close();
    await expect(forgetRun(1, { dataDirectory, now })).rejects.toMatchObject({
      kind: 'running',
      message: expect.stringContaining('server77'),
    });
    await expect(forgetRun(1, { dataDirectory, now })).rejects.toMatchObject({ kind: 'running' });
  });

  test('that cannot be read is possible', async () => {
    const dataDirectory = await temporaryFolder();
    await (await beginRun(dataDirectory)).close();
    await writeFile(join(dataDirectory, 'runs/1/journal.jsonl'), 'nonsense\n');
    await forgetRun(1, { dataDirectory, now });
    expect(await listRuns(dataDirectory)).toEqual({ runs: [], unreadable: [] });
  });
});
