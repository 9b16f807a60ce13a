import { calendar } from '../../moment.ts';
import type { Program } from '../../program.ts';
import { out } from '../../program.ts';
import { machineOf, unitOf } from '../../world/world.ts';
import { readOptions } from '../options.ts';
import { unitState } from './units.ts';

/** The stand-in for journalctl: for a unit, what its state would have it say. */
export const journalctl: Program = function* (call, world) {
  const options = readOptions(call.argv.slice(1), {
    valued: ['unit', 'lines', 'since', 'until', 'output', 'priority'],
    switches: ['no-pager', 'catalog', 'pager-end', 'reverse', 'boot', 'quiet'],
    short: { u: 'unit', n: 'lines', S: 'since', o: 'output', p: 'priority', x: 'catalog', e: 'pager-end', r: 'reverse', b: 'boot' },
  });
  const unit = (options.value('unit') ?? '').replace(/\.service$/, '');
  const machine = machineOf(world, call.machine);
  const { since } = unitOf(machine, unit);
  if (unit === '' || since === 0) {
    yield out('-- No entries --');
    return 0;
  }
  const { month, day, time } = calendar(since);
  const head = `${month} ${day} ${time} ${machine.hostname} `;
  const state = unitState(call, world, unit);
  const lines: Readonly<Record<typeof state, readonly string[]>> = {
    active: [`systemd[1]: Started ${unit}.service.`],
    activating:
      machine.kubelet === null
        ? [
            'kubelet[1146]: E1120 18:49:52.000000    1146 run.go:72] "command failed" err="failed to load kubelet config file, path: /var/lib/kubelet/config.yaml, error: failed to load Kubelet config file /var/lib/kubelet/config.yaml, error failed to read kubelet config file \\"/var/lib/kubelet/config.yaml\\", error: open /var/lib/kubelet/config.yaml: no such file or directory"',
            'systemd[1]: kubelet.service: Main process exited, code=exited, status=1/FAILURE',
          ]
        : [
            machine.hasSwap
              ? 'kubelet[1146]: E1120 18:49:52.000000    1146 run.go:72] "command failed" err="failed to run Kubelet: running with swap on is not supported, please disable swap or set --fail-swap-on flag to false"'
              : 'kubelet[1146]: E1120 18:49:52.000000    1146 run.go:72] "command failed" err="failed to run Kubelet: validate service connection: dial unix /var/run/containerd/containerd.sock: connect: no such file or directory"',
            'systemd[1]: kubelet.service: Main process exited, code=exited, status=1/FAILURE',
          ],
    inactive: [`systemd[1]: Stopped ${unit}.service.`],
    failed: [
      `systemd[1]: ${unit}.service: Main process exited, code=exited, status=1/FAILURE`,
      `systemd[1]: Failed to start ${unit}.service.`,
    ],
  };
  yield out(...lines[state].map((line) => `${head}${line}`));
  return 0;
};
