import { readFileSync } from 'node:fs';
import { expect, onTestFinished } from 'vitest';
import type { Setup } from '../../src/plan/plan.ts';
import type { Common } from '../../src/scenes/scene.ts';
import { openSetUpScene, type SetUpScene } from '../../src/scenes/set-up-scene.ts';
import type { SetUpState } from '../../src/scenes/set-up-state.ts';
import { type CheckedMachine, runbookOf, setUpWorld, type TestWorld } from '../scenes/set-up-world.ts';

const shipped = readFileSync(new URL('../../runbooks/kubeadm-ha-haproxy.md', import.meta.url), 'utf8');

export type OpenSetUp = { readonly scene: SetUpScene; readonly world: TestWorld };

/** A set-up of the shipped runbook, on machines that answer as they are told. */
export async function openSetUp({
  given,
  machines = {},
  text = shipped,
}: {
  readonly given?: Setup;
  readonly machines?: Readonly<Record<string, CheckedMachine>>;
  readonly text?: string;
} = {}): Promise<OpenSetUp> {
  const runbook = runbookOf(text);
  const world = await setUpWorld(runbook, text, machines);
  const scene = openSetUpScene({ runbook, world, ...(given === undefined ? {} : { given }) });
  onTestFinished(() => scene.close());
  return { scene, world };
}

/** Hosts and inputs that need no more, with names that nobody has. */
export const wholeSetup: Setup = {
  hosts: [
    { name: 'lb', address: '192.0.2.80', roles: ['load_balancer'], user: 'ops', values: {} },
    ...[77, 78, 79].map((n) => ({ name: `server${n}`, address: `192.0.2.${n}`, roles: ['control_plane'], user: 'ops', values: {} })),
  ],
  inputs: { endpoint: 'cp.example.com' },
};

/** Machines of that set-up that show all a check can tell. */
export const oddMachines: Readonly<Record<string, CheckedMachine>> = {
  server77: { sudo: 'none' },
  server78: { clockDifference: 6810, machineId: 'copied' },
  lb: { machineId: 'copied' },
  server79: {
    fails: {
      kind: 'unreachable',
      message: 'server79 (192.0.2.79) refuses connections on port 22.',
      advice: 'See that sshd runs there: systemctl status ssh',
    },
  },
};

/** Waits until all hosts have been looked at. */
export async function checked({ scene }: OpenSetUp): Promise<void> {
  await expect.poll(() => scene.state().check?.isRunning).toBe(false);
}

/** What its screens get. */
export function setUpScreenState({ scene }: OpenSetUp): SetUpState & Common {
  return { ...scene.state(), now: 0, told: null };
}
