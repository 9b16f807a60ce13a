import type { Overlay } from '../../../src/scenes/overlay.ts';
import { beforeStep, type Says, type WalkScreenState, type WalkToOptions, walkTo, workers } from '../walk-states.ts';
import { overWalk, type ScreenSample } from './screen-sample.ts';

type Until = Parameters<typeof walkTo>[0];
type Walk = () => Promise<WalkScreenState>;

/** The first control plane cannot be initialised: a port is taken. */
const initFails: WalkToOptions = {
  does: ({ script, isRead }) =>
    !isRead && script.trim().startsWith('kubeadm init')
      ? { code: 1, out: '[init] Using Kubernetes version: v1.36.2\n', err: 'error execution phase preflight: Port 10250 is in use\n' }
      : undefined,
};
const skipsOne: Says = (question) =>
  question.is === 'confirm' && question.step.step.id === 'haproxy-package' ? { choice: 'skip', text: 'It is there already.' } : 'usual';

/** Before the others join, the first control plane is to be taken back. */
const undoesInit: WalkToOptions = {
  says: (question) => (beforeStep('join-control-planes')(question) ? { choice: 'undo', step: 'init' } : 'usual'),
};

/** A walk that is walked once: several screens are opened over it. */
function walk(until: Until, options?: WalkToOptions): Walk {
  let state: Promise<WalkScreenState> | undefined;
  return () => {
    state ??= walkTo(until, options);
    return state;
  };
}

const never: Until = () => false;
const init = walk(beforeStep('init'));
const join = walk(beforeStep('join-control-planes'));
const joinWorkers = walk(beforeStep('join-workers'), { more: workers(10).slice(8) });
const over =
  (state: Walk, ...overlays: readonly Overlay[]): ScreenSample['state'] =>
  async () =>
    overWalk(await state(), ...overlays);

/** The screens of a walk. */
export const walkSamples: readonly ScreenSample[] = [
  { name: 'step-that-reads', state: over(walk(beforeStep('machines'))) },
  { name: 'step-that-writes-a-file', state: over(walk(beforeStep('haproxy'))) },
  { name: 'step', state: over(init) },
  { name: 'step-with-secrets', state: over(join) },
  { name: 'confirm', state: over(init), keys: ['r'] },
  { name: 'confirm-on-several-hosts', state: over(join), keys: ['r'] },
  { name: 'step-on-hosts-of-unlike-names', state: over(joinWorkers) },
  { name: 'confirm-on-hosts-of-unlike-names', state: over(joinWorkers), keys: ['r'] },
  { name: 'confirm-a-file', state: over(walk(beforeStep('haproxy'))), keys: ['r'] },
  { name: 'confirm-all-of-each-host', state: over(join), keys: ['r', 'h'] },
  { name: 'skip', state: over(init), keys: ['s'] },
  { name: 'undo', state: over(init), keys: ['u'] },
  { name: 'edit', state: over(walk(beforeStep('node-address'))), keys: ['e'] },
  { name: 'shell', state: over(join), keys: ['!'] },
  { name: 'commands', state: over(init), keys: [':'] },
  { name: 'step-on-many-hosts', state: over(walk(beforeStep('join-workers'), { more: workers(30) })) },
  { name: 'undo-asked', state: over(walk((question) => question.is === 'confirm' && question.isUndo, undoesInit)) },
  { name: 'map', state: over(init, { is: 'map' }) },
  { name: 'values', state: over(join, { is: 'values' }) },
  { name: 'hosts', state: over(init, { is: 'hosts' }) },
  { name: 'another-step', state: over(init, { is: 'step', step: 'swap' }) },
  { name: 'help', state: over(init, { is: 'help', of: 'step' }) },
  { name: 'leave', state: over(init, { is: 'leave' }) },
  { name: 'output', state: over(init, { is: 'output' }) },
  { name: 'failure', state: over(walk(({ is }) => is === 'failed', initFails)) },
  { name: 'resume', state: over(async () => ({ ...(await init()), resumed: { found: found(), runbookChanged: true } })) },
  { name: 'finish', state: over(walk(never, { says: skipsOne })) },
  { name: 'stopped', state: over(walk(never, initFails)) },
];

/** As the runner tells it. */
function found(): readonly string[] {
  return [
    '15 of 27 steps are done.',
    '“Initialise the first control plane” on server77, part 1: it ended meanwhile with exit code 0.',
    '“Forward port 6443 to the API servers” on lb: how it ended is unknown.',
  ];
}
