import type { Clock } from '../../src/clock.ts';
import { createRun, type NewRun } from '../../src/run/disk/create-run.ts';
import type { Run } from '../../src/run/disk/run.ts';
import { started } from './any-event.ts';

/** A clock that is a second later at each look. */
export function tickingClock(): Clock {
  let seconds = 0;
  return { now: () => Date.UTC(2026, 0, 1) + 1000 * seconds++, sleep: () => Promise.resolve() };
}

/** Begins a run of two steps with secrets of both kinds in its set-up. */
export function beginRun(dataDirectory: string, more: Partial<NewRun> = {}): Promise<Run> {
  return createRun({
    dataDirectory,
    clock: tickingClock(),
    runbook: { name: 'kubeadm-ha-haproxy', title: 'A cluster', text: '# A cluster\n' },
    setup: {
      hosts: [
        { name: 'server77', address: '192.0.2.77', roles: ['control_plane'], values: { interface: 'eth1', pin: 'pin-of-server77' } },
        { name: 'server78', address: '192.0.2.78', roles: ['control_plane'], values: {} },
      ],
      inputs: { version: '1.34', registry: 'sesame-open', names: ['a', 'b'] },
    },
    secretInputs: ['registry', 'pin'],
    outline: started.type === 'run-started' ? started.outline : [],
    time: 'real',
    ...more,
  });
}
