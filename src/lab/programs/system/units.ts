import type { Call, Part } from '../../program.ts';
import { observe } from '../../world/observe.ts';
import { machineOf, type UnitSettings, unitOf, type World } from '../../world/world.ts';
import { containerdSettings } from './containerd-config.ts';
import { presentConfig } from './haproxy.ts';

/** Starts a unit with what its files say now. The value is false where it could not start. */
export function* startUnit(call: Call, unit: string): Part<boolean> {
  const world: World = yield { wait: 200 };
  const machine = machineOf(world, call.machine);
  let settings: UnitSettings = {};
  if (unit === 'haproxy') {
    const config = presentConfig(call);
    const taken = observe(world, call.now())
      .listeners(machine)
      .filter(({ process }) => process !== 'haproxy');
    const clashes = config?.frontends.some(({ port }) => taken.some((listener) => listener.port === port)) ?? false;
    if (!config || config.alerts.length > 0 || clashes) {
      yield { change: { type: 'unit-stopped', machine: call.machine, unit, at: call.now(), isFailed: true } };
      return false;
    }
    settings = { frontends: config.frontends };
  }
  if (unit === 'containerd') settings = containerdSettings(call.read('/etc/containerd/config.toml'), machine);
  if (unit === 'docker' && !unitOf(machine, 'containerd').isStarted) yield* startUnit(call, 'containerd');
  yield { change: { type: 'unit-started', machine: call.machine, unit, at: call.now(), settings } };
  return true;
}

/** How `systemctl is-active` calls the unit's state. */
export function unitState(
  call: Pick<Call, 'now' | 'machine'>,
  world: World,
  unit: string,
): 'active' | 'activating' | 'inactive' | 'failed' {
  const machine = machineOf(world, call.machine);
  const { isStarted, isFailed } = unitOf(machine, unit);
  if (isFailed) return 'failed';
  if (['ssh', 'cron', 'systemd-timesyncd', 'systemd-resolved', 'systemd-modules-load', 'systemd-sysctl'].includes(unit)) return 'active';
  if (!isStarted) return 'inactive';
  return unit !== 'kubelet' || observe(world, call.now()).isKubeletActive(machine) ? 'active' : 'activating';
}
