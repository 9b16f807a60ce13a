import { expect, it } from 'vitest';
import {
  elsewhereItems,
  elsewhereQuestion,
  hostItems,
  partItems,
  reachItems,
  shellItems,
  whyNot,
} from '../../src/screens/step/step-choices.ts';
import { viewStep } from '../../src/screens/step/step-view.ts';
import type { Confirm } from '../../src/words/show-confirm.ts';
import { beforeStep, type WalkScreenState, walkOnce, walkTo } from './walk-states.ts';

const machines = walkOnce(beforeStep('machines'));
const init = walkOnce(beforeStep('init'));
const undo = walkOnce((question) => question.is === 'confirm' && question.isUndo, {
  says: (question) => (beforeStep('init')(question) ? { choice: 'undo', step: 'kernel' } : 'usual'),
});
const valuesOf = (state: WalkScreenState, choice: Parameters<typeof elsewhereItems>[1]): readonly unknown[] =>
  elsewhereItems(state, choice).map(({ value }) => value);

it('steps that have done something can be undone, what was done last first, and phases with several of them whole', async () => {
  expect(valuesOf(await init(), 'undo')).toEqual([
    { step: 'node-address' },
    { step: 'containerd-config' },
    { step: 'kubernetes-packages' },
    { step: 'kubernetes-repository' },
    { step: 'kernel' },
    { step: 'haproxy' },
    { step: 'haproxy-package' },
    { step: 'endpoint-name' },
    { step: 'node-address', text: 'phase' },
    { step: 'haproxy', text: 'phase' },
  ]);
});

it('a step that was undone cannot be undone once more', async () => {
  let isUndone = false;
  const state = await walkTo((question) => isUndone && beforeStep('kernel')(question), {
    says: (question) => {
      if (!beforeStep('init')(question)) return 'usual';
      isUndone = true;
      return { choice: 'undo', step: 'kernel' };
    },
  });
  expect(valuesOf(state, 'undo')).not.toContainEqual({ step: 'kernel' });
  expect(valuesOf(state, 'undo')).toContainEqual({ step: 'containerd-config' });
});

it('going back offers the steps before this one, the nearest first, those out of the order apart', async () => {
  const [first] = valuesOf(await init(), 'go-back');
  expect(first).toEqual({ step: 'node-address' });
  expect(valuesOf(await init(), 'go-back')).not.toContainEqual({ step: 'init' });
  expect(valuesOf(await init(), 'aside')).toEqual([{ step: 'new-join-values' }]);
});

it('a yes may reach only to steps that are still ahead', async () => {
  expect(reachItems(await init(), 'init')[0]?.value).toBe('calico-manifest');
  expect(reachItems(await init(), 'pods')).toEqual([]);
});

it('the hosts of a question are those that it asks about', async () => {
  const [question] = (await machines()).questions;
  expect(hostItems(question as Confirm).map(({ value }) => value)).toEqual(['server77', 'server78', 'server79']);
});

it('a shell is offered with the user as whom it opens', async () => {
  const [question] = (await machines()).questions;
  expect(shellItems(question as Confirm).map(({ label }) => label)).toEqual(['server77 as root', 'server78 as root', 'server79 as root']);
});

it('a part to edit is told by its first line, the run’s secrets hidden also where an edit has typed them', () => {
  const text = { text: '\n\x1b]0;title\x07kubeadm join --token swordfish\nmore', pieces: [] };
  const mask = (line: string): string => line.replace('swordfish', '••••');
  expect(partItems({ mask }, [{ part: 2, host: null, text }]).map(({ label }) => label)).toEqual([
    'part 2, all hosts: kubeadm join --token ••••',
  ]);
});

it.each([
  ['the run is at another step', init, 'swap', 'yes', 'the run is at “Initialise the first control plane”'],
  ['no earlier step was run', machines, 'machines', 'go-back', 'no earlier step was run'],
  ['nothing can be undone', machines, 'machines', 'undo', 'no step that was run can be undone'],
  ['an undo is no step of the walk', undo, 'kernel', 'skip', 'this is the undo of a step'],
] as const)('says why a key does nothing: %s', async (_, walk, id, choice, why) => {
  const state = await walk();
  expect(whyNot(state, viewStep(state, id), choice)).toBe(why);
});

it.each([
  ['it runs', { run: 'running' }, 'it runs now'],
  ['its hosts are looked at', { checking: true }, 'its hosts are being looked at; wait a moment'],
  ['the run is over', { end: true }, 'the run has ended'],
  ['the run is on its way to the next question', {}, 'nothing is asked yet; wait a moment'],
] as const)('says why a key does nothing while no question is open: %s', async (_, what, why) => {
  const before = await init();
  const steps = before.run.steps.map((step) => ('run' in what && step.id === 'init' ? { ...step, state: what.run } : step));
  const state: WalkScreenState = {
    ...before,
    questions: [],
    run: { ...before.run, steps },
    ...('checking' in what ? { checking: { step: 'init', hosts: ['server77'], what: 'probe' } } : {}),
    ...('end' in what ? { end: { code: 0, why: '', isInterrupted: false } } : {}),
  };
  expect(whyNot(state, viewStep(state, 'init'), 'yes')).toBe(why);
});

it('an undo that is asked about lets the walk go nowhere else', async () => {
  expect(elsewhereQuestion((await undo()).questions, 'go-back')).toBeUndefined();
  expect(elsewhereQuestion((await init()).questions, 'go-back')?.step.step.id).toBe('init');
});
