import { expect, it } from 'vitest';
import { planStep } from '../../src/plan/plan-step.ts';
import { passGate, type Yes } from '../../src/run/walk/gate.ts';
import type { PreparedHost } from '../../src/run/walk/question.ts';
import { spotOf } from '../../src/run/walk/spot.ts';
import type { Walk } from '../../src/run/walk/walk.ts';
import { readRunbook } from '../../src/runbook/read-runbook.ts';
import type { Prepared } from '../../src/steps/part-kind.ts';
import { scriptWorld } from './scripted-hosts.ts';
import { runbookOf, stepOf, threeHosts } from './walking.ts';

const { runbook } = readRunbook('test.md', runbookOf(stepOf('first', 'try')));
if (runbook === null) throw new Error('the runbook of this test is wrong');
const planned = planStep(runbook, { hosts: threeHosts, inputs: {} }, 'first');
const prepared = (text: string): Prepared => ({
  kind: 'command',
  shown: { is: 'command', shell: 'bash', text: { text, pieces: [] }, env: {} },
  isAlreadyDone: undefined,
  send: { shell: 'bash', script: text, as: 'root', env: {}, streams: 'one' },
  digestText: text,
});
const confirmed = (host: string, machine: string): PreparedHost => ({
  host,
  as: 'root',
  at: null,
  parts: [prepared('try')],
  machines: [machine],
  users: ['root'],
});
const yes = (change: Partial<Yes> = {}): Yes => ({ step: 'first', isUndo: false, hosts: [confirmed('one', 'one')], ...change });

/** Sends a part through the gate with a yes; tells what reached the machine and the journal. */
async function send(given: Yes, part: Prepared): Promise<readonly string[]> {
  const world = scriptWorld(
    threeHosts,
    () => ({}),
    () => 0,
  );
  const order = world.ran;
  const on = planned.hosts[0];
  if (on === undefined) throw new Error('the step has no host');
  const hosts = world.connect();
  const walk = {
    hosts,
    run: { id: 'run' },
    signal: new AbortController().signal,
    record: async ({ type }: { readonly type: string }) => void order.push(type),
  } as unknown as Walk;
  await passGate(walk, given, spotOf(walk, planned, on, 1, 1), part);
  return order;
}

it('lets through what was confirmed, its intent on the disk first', async () => {
  expect(await send(yes(), prepared('try'))).toEqual(['part-sent', 'one: try']);
});

it.each([
  ['another text', yes(), prepared('try harder')],
  ['another step', yes({ step: 'second' }), prepared('try')],
  ['an undo', yes({ isUndo: true }), prepared('try')],
  ['another host', yes({ hosts: [confirmed('two', 'two')] }), prepared('try')],
  ['another machine', yes({ hosts: [confirmed('one', 'two')] }), prepared('try')],
])('refuses what the yes was not for: %s', async (_, given, part) => {
  await expect(send(given, part)).rejects.toThrow('was not confirmed');
});
