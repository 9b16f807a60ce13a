import { appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRun } from '../../src/run/disk/create-run.ts';
import type { Run } from '../../src/run/disk/run.ts';
import type { RunState, StepState } from '../../src/run/events/run-state.ts';
import type { RunbookRead } from '../../src/runbook/runbook-file.ts';
import { runDetails } from '../../src/scenes/home-details.ts';
import { type HomeScene, openHomeScene } from '../../src/scenes/home-scene.ts';
import { shippedNames } from '../../src/shipped.ts';
import { temporaryFolder } from '../run/temporary-folder.ts';
import { createTestClock } from '../run/test-clock.ts';
import { runbookOf } from './set-up-world.ts';

const text = `# Guide

What it builds.

\`\`\`yaml runbook
handrail: 1
roles:
  node: { min: 2, odd: true }
\`\`\`

## First

### One

\`\`\`bash step=one
#| on: node
#| risk: read
true
\`\`\`

## Second

### Two

\`\`\`bash step=two
#| on: node
#| risk: read
true
\`\`\`
`;

const host = { name: 'a', address: '192.0.2.1', roles: ['node'], values: {} };

async function begin(dataDirectory: string, title: string): Promise<Run> {
  const outline = ['one', 'two'].map((id) => ({ id, title: `Step ${id}`, phase: id, isAside: false, risk: 'read' as const, hosts: ['a'] }));
  return await createRun({
    dataDirectory,
    clock: createTestClock(),
    runbook: { name: 'guide', title, text },
    setup: { hosts: [host], inputs: {} },
    secretInputs: [],
    outline,
    time: 'real',
  });
}

async function finish(run: Run): Promise<void> {
  for (const step of ['one', 'two']) await run.append({ type: 'skipped', step, host: '', why: 'it is done', by: 'operator' });
}

function open(dataDirectory: string, read: RunbookRead['is'] = 'read'): Promise<HomeScene> {
  return openHomeScene({
    dataDirectory,
    startedAs: 'handrail',
    async readRunbook(word) {
      if (read === 'wrong') return { is: 'wrong', problems: [] };
      return { is: 'read', source: { file: `/guides/${word}.md`, text, includes: {}, runbook: runbookOf(text) } };
    },
  });
}

test('the run to go on with is the unfinished one changed last, before all that are finished', async () => {
  const data = await temporaryFolder();
  for (const title of ['First', 'Second', 'Third']) {
    const run = await begin(data, title);
    if (title === 'Third') await finish(run);
    await run.close();
  }
  const { runs, toContinue } = (await open(data)).state();
  expect(runs.map(({ run, state }) => [run, state])).toEqual([
    [2, 'stopped'],
    [1, 'stopped'],
    [3, 'finished'],
  ]);
  expect(toContinue).toBe(2);
});

test('nothing is read from a journal or a runbook before the first frame stands', async () => {
  const data = await temporaryFolder();
  await (await begin(data, 'First')).close();
  const scene = await open(data);
  const { runs, runbooks } = scene.state();
  expect(runs.map(({ more }) => more)).toEqual([null]);
  expect(runbooks.map(({ name, more }) => [name, more])).toEqual(shippedNames().map((name) => [name, null]));
  expect(runbooks[0]?.title).not.toBe('');

  await scene.fillIn();
  expect(scene.state().runs[0]?.more?.phases.map(({ title, state, steps }) => [title, state, steps])).toEqual([
    ['one', 'pending', 1],
    ['two', 'pending', 1],
  ]);
  expect(scene.state().runbooks[0]?.more).toMatchObject({
    steps: 2,
    phases: ['First', 'Second'],
    roles: [{ name: 'node', min: 2, isOdd: true }],
  });
});

test('a run says what was sent and has no end', async () => {
  const data = await temporaryFolder();
  const run = await begin(data, 'First');
  await run.append({ type: 'step-opened', step: 'one', hosts: ['a'] });
  await run.append({
    type: 'part-sent',
    step: 'one',
    host: 'a',
    attempt: 1,
    part: 1,
    id: `${run.id}.one.a.1.1`,
    kind: 'command',
    command: 'true',
    log: 'logs/one/a.1.1.log',
    streams: 'one',
  });
  await run.close();
  const scene = await open(data);
  await scene.fillIn();
  expect(scene.state().runs[0]?.more).toMatchObject({ stepTitle: 'Step one', inFlight: [{ title: 'Step one', host: 'a' }] });
});

test('a phase that is partly done is not called running, and what was skipped in it is counted', async () => {
  const phases = (states: readonly StepState['state'][]): unknown =>
    runDetails({
      steps: states.map((state) => ({ state, phase: 'one', isAside: false, perHost: [] }) as unknown as StepState),
      step: null,
      hosts: [],
      leftOut: [],
      values: [],
    } as unknown as RunState).phases;
  expect(phases(['done', 'skipped', 'pending'])).toEqual([{ title: 'one', state: 'pending', done: 2, skipped: 1, steps: 3 }]);
  expect(phases(['done', 'skipped'])).toEqual([{ title: 'one', state: 'done', done: 2, skipped: 1, steps: 2 }]);
  expect(phases(['skipped'])).toEqual([{ title: 'one', state: 'skipped', done: 1, skipped: 1, steps: 1 }]);
});

test('a finished run is read when the cursor stands on it', async () => {
  const data = await temporaryFolder();
  const run = await begin(data, 'First');
  await finish(run);
  await run.close();
  const scene = await open(data);
  await scene.fillIn();
  expect(scene.state().runs[0]?.more).toBeNull();
  scene.act({ do: 'look-at', run: 1 });
  await expect.poll(() => scene.state().runs[0]?.more?.hosts).toEqual(['a']);
});

test('a run that cannot be read is told with its reason, and the others are there', async () => {
  const data = await temporaryFolder();
  await (await begin(data, 'First')).close();
  const broken = await begin(data, 'Second');
  await broken.close();
  await writeFile(join(broken.folder, 'journal.jsonl'), 'no journal\n');
  await appendFile(join(broken.folder, 'journal.jsonl'), 'at all\n');
  const { runs, unreadable } = (await open(data)).state();
  expect(runs.map(({ run }) => run)).toEqual([1]);
  expect(unreadable).toEqual([{ run: 2, message: expect.stringContaining('journal'), advice: expect.any(String) }]);
});

test('why a choice could not be opened stays until something else is chosen or typed', async () => {
  const scene = await open(await temporaryFolder(), 'wrong');
  const refused = { message: 'guide.md has errors; nothing was run.', advice: 'Mend it.', problems: [] };
  scene.tellOpening('guide.md');
  expect(scene.state().opening).toBe('guide.md');
  scene.refuse(refused);
  expect(scene.state()).toMatchObject({ opening: null, refused });
  scene.act({ do: 'draft', of: 'file', text: 'other.md' });
  expect(scene.state()).toMatchObject({ refused: null, drafts: { file: 'other.md' } });
});

test('a run whose sealed values cannot be read leaves the home screen standing', async () => {
  const data = await temporaryFolder();
  const run = await begin(data, 'First');
  await run.close();
  await rm(join(run.folder, 'secrets'), { recursive: true, force: true });
  await writeFile(join(run.folder, 'secrets'), 'no folder');
  const scene = await open(data);
  await scene.fillIn();
  expect(scene.state().runs).toMatchObject([{ run: 1, more: null }]);
});
