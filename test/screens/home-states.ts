import type { HomeRun, HomeState } from '../../src/scenes/home-state.ts';
import type { Common } from '../../src/scenes/scene.ts';

export type HomeScreenState = HomeState & Common;

const hour = 3_600_000;
/** Noon by the clock of whichever computer this is: times of day are told by it. */
const now = new Date(2026, 2, 4, 12).getTime();
const guide = 'Kubernetes with three control planes behind HAProxy';

const stopped: HomeRun = {
  run: 7,
  runbook: 'kubeadm-ha-haproxy',
  title: guide,
  state: 'stopped',
  step: 'join-control-planes',
  done: 13,
  steps: 31,
  started: now - 3 * hour,
  changed: now - 2 * hour,
  more: {
    stepTitle: 'Join the other control planes',
    inFlight: [{ title: 'Join the other control planes', host: 'server78', since: now - 2 * hour }],
    phases: [
      { title: 'Look before you start', state: 'done', done: 3, skipped: 1, steps: 3 },
      { title: 'Control planes', state: 'unknown', done: 4, skipped: 0, steps: 6 },
      { title: 'Workers', state: 'pending', done: 0, skipped: 0, steps: 4 },
    ],
    expiring: [
      { name: 'join.certificate_key', at: now - hour },
      { name: 'join.token', at: now + 1.2 * hour },
    ],
    hosts: ['lb', 'server77', 'server78', 'server79'],
  },
};

/** The home screen of somebody who has begun, stopped and finished runs. */
export function homeState(changed: Partial<HomeScreenState> = {}): HomeScreenState {
  return {
    is: 'home',
    startedAs: 'handrail',
    runs: [
      stopped,
      { ...stopped, run: 6, title: 'External etcd by hand', done: 9, steps: 23, changed: now - 72 * hour, more: null },
      { ...stopped, run: 5, state: 'finished', done: 31, changed: now - 100 * hour, more: null },
    ],
    toContinue: 7,
    unreadable: [{ run: 2, message: 'The journal of run 2 is broken at line 5.', advice: 'Mend it by hand, or forget the run.' }],
    runbooks: [
      {
        name: 'kubeadm-ha-haproxy',
        title: guide,
        more: {
          summary: 'Builds a highly available Kubernetes cluster with kubeadm.',
          phases: ['Look before you start', 'Control planes', 'Workers'],
          steps: 31,
          roles: [
            { name: 'load_balancer', min: 0, max: 1, isOdd: false },
            { name: 'control_plane', min: 3, max: null, isOdd: true },
          ],
          source: 'https://www.example.com/guide',
          cannotRun: null,
        },
      },
    ],
    opening: null,
    refused: null,
    drafts: {},
    now,
    told: null,
    ...changed,
  };
}
