import { expect } from 'vitest';
import type { AppState } from '../../../src/scenes/app-scenes.ts';
import { homeState } from '../home-states.ts';
import { checked, type OpenSetUp, oddMachines, openSetUp, wholeSetup } from '../set-up-states.ts';
import type { ScreenSample } from './screen-sample.ts';

/** The screens before a walk: home, and a set-up in all its parts. */
export const setUpSamples: readonly ScreenSample[] = [
  { name: 'home', state: async () => home() },
  { name: 'home-of-a-beginner', state: async () => home({ runs: [], toContinue: null, unreadable: [] }) },
  {
    name: 'home-with-a-wrong-file',
    state: async () =>
      home({
        drafts: { file: 'guide.md' },
        refused: {
          message: 'guide.md has errors; nothing was run.',
          advice: 'Mend it, then check with: handrail lint guide.md',
          problems: [
            {
              file: 'guide.md',
              line: 12,
              column: 3,
              severity: 'error',
              message: 'The step has no id.',
              advice: 'Write one behind the language: bash step=name',
              source: '```bash',
            },
          ],
        },
      }),
  },
  { name: 'set-up-inputs', state: async () => seen(await openSetUp()) },
  {
    name: 'set-up-inputs-wrong',
    state: async () => {
      const opened = await openSetUp({ given: { hosts: [], inputs: { endpoint: 'cp.example.com' } } });
      opened.scene.act({ do: 'type-input', field: 'pod_network', text: '10.244.0.0' });
      return seen(opened);
    },
  },
  {
    name: 'set-up-hosts',
    state: async () => {
      const opened = await openSetUp();
      const { scene } = opened;
      scene.act({ do: 'type-input', field: 'endpoint', text: 'cp.example.com' });
      scene.act({ do: 'next-part' });
      scene.act({ do: 'type-host', role: 'load_balancer', line: 'lb 192.0.2.80 ops' });
      for (const n of [77, 78]) scene.act({ do: 'type-host', role: 'control_plane', line: `server${n} 192.0.2.${n}` });
      return seen(opened);
    },
  },
  {
    name: 'set-up-hosts-file-wrong',
    state: async () => {
      const opened = await openSetUp();
      const { scene, world } = opened;
      scene.act({ do: 'type-input', field: 'endpoint', text: 'cp.example.com' });
      scene.act({ do: 'next-part' });
      world.files.set('hosts.yaml', 'hosts:\n  lb: { address: 192.0.2.80, role: load_balancer }\n  server77: { roles: [control_plane] }\n');
      scene.act({ do: 'name-hosts-file', path: 'hosts.yaml' });
      await expect.poll(() => scene.state().file?.problems.length).toBeGreaterThan(0);
      return seen(opened);
    },
  },
  {
    name: 'set-up-new-key',
    state: async () => {
      const waits = new Promise<void>(() => {});
      const fingerprint = 'SHA256:9nYw0Xqk3hF7s2mZ6aD1cU5vT8bRr0QeLpJ4iGxKy2E';
      const opened = await openSetUp({ given: wholeSetup, machines: { lb: { fingerprint }, server79: { after: waits } } });
      await expect.poll(() => opened.scene.state().check?.hosts.filter(({ is }) => is === 'reached').length).toBe(2);
      return seen(opened);
    },
  },
  {
    name: 'set-up-password',
    state: async () => {
      const opened = await openSetUp({ given: wholeSetup, machines: { server77: { password: 'sesame' } } });
      await expect.poll(() => opened.scene.state().questions.length).toBe(1);
      return seen(opened);
    },
  },
  {
    name: 'set-up-checked',
    state: async () => {
      const opened = await openSetUp({ given: wholeSetup, machines: oddMachines });
      await checked(opened);
      return seen(opened);
    },
  },
  {
    name: 'set-up-summary',
    state: async () => {
      const opened = await openSetUp({ given: wholeSetup, machines: oddMachines });
      await checked(opened);
      opened.scene.act({ do: 'next-part' });
      return seen(opened);
    },
  },
  {
    name: 'set-up-leave',
    state: async () => {
      const opened = await openSetUp();
      opened.scene.act({ do: 'type-input', field: 'endpoint', text: 'cp' });
      opened.scene.act({ do: 'leave' });
      return seen(opened);
    },
  },
];

function home(changed: Parameters<typeof homeState>[0] = {}): AppState {
  const { now, told, ...scene } = homeState(changed);
  return { now, told, scene, over: [] };
}

function seen({ scene }: OpenSetUp): AppState {
  return { now: 0, told: null, scene: scene.state(), over: [] };
}
