import { calendar } from '../../moment.ts';
import type { Call, Part, Program, Run } from '../../program.ts';
import { err, fail, out } from '../../program.ts';
import { machineOf, unitOf, type World } from '../../world/world.ts';
import { readOptions } from '../options.ts';
import { unitsOf } from '../packages/catalogue.ts';
import { check, haproxyFile, presentConfig } from './haproxy.ts';
import { startUnit, unitState } from './units.ts';

const descriptions: Readonly<Record<string, string>> = {
  containerd: 'containerd container runtime',
  docker: 'Docker Application Container Engine',
  haproxy: 'HAProxy Load Balancer',
  kubelet: 'kubelet: The Kubernetes Node Agent',
  ssh: 'OpenBSD Secure Shell server',
};
const ofPackagesWithScripts = ['haproxy', 'docker', 'ssh'];

/** The stand-in for systemctl, over the units that the installed packages bring. */
export const systemctl: Program = function* (call, world) {
  const options = readOptions(call.argv.slice(1), {
    valued: ['lines', 'type', 'output', 'property', 'state'],
    switches: ['now', 'quiet', 'no-pager', 'no-legend', 'full', 'all', 'plain', 'value', 'force', 'runtime'],
    short: { q: 'quiet', l: 'full', n: 'lines', a: 'all', t: 'type', p: 'property', f: 'force' },
  });
  const [action = '', ...words] = options.words;
  const units = words.map((word) => word.replace(/\.service$/, ''));
  const has = (unit: string): boolean => unitsOf(machineOf(world, call.machine)).includes(unit);
  switch (action) {
    case 'is-active':
      return yield* states(call, world, units, options.has('quiet'));
    case 'is-enabled':
      return yield* enabledStates(call, world, units, has);
    case 'is-failed': {
      const found = units.map((unit) => unitState(call, world, unit));
      yield out(...found);
      return found.includes('failed') ? 0 : 1;
    }
    case 'status':
      return yield* status(call, world, units, has);
    case 'daemon-reload':
    case 'reset-failed':
      return call.uid === 0 ? 0 : yield* fail(1, 'Failed to reload daemon: Interactive authentication required.');
    case 'list-units':
      yield out(
        ...unitsOf(machineOf(world, call.machine)).map(
          (unit) => `${unit}.service loaded ${unitState(call, world, unit)} ${descriptions[unit] ?? unit}`,
        ),
      );
      return 0;
    case 'cat':
    case 'show':
      for (const unit of units) yield out(`ActiveState=${unitState(call, world, unit)}`);
      return 0;
    case 'enable':
    case 'disable':
    case 'start':
    case 'stop':
    case 'restart':
    case 'reload':
    case 'reload-or-restart':
    case 'try-restart':
    case 'mask':
    case 'unmask':
      break;
    default:
      return yield* fail(1, action === '' ? 'Too few arguments.' : `Unknown command verb ${action}.`);
  }
  if (units.length === 0) return yield* fail(1, 'Too few arguments.');
  if (call.uid !== 0) return yield* fail(1, `Failed to ${action} ${units[0]}.service: Interactive authentication required.`);
  for (const unit of units) {
    if (has(unit)) continue;
    const isFile = action === 'enable' || action === 'disable' || action === 'mask';
    return yield* fail(
      isFile ? 1 : 5,
      isFile
        ? `Failed to ${action} unit: Unit file ${unit}.service does not exist.`
        : `Failed to ${action} ${unit}.service: Unit ${unit}.service not found.`,
    );
  }
  let code = 0;
  for (const unit of units) code = (yield* act(call, action, unit, options.has('now'))) || code;
  return code;
};

function* act(call: Call, action: string, unit: string, isNow: boolean): Run {
  const change = (isEnabled: boolean): Part<World> => enable(call, unit, isEnabled);
  switch (action) {
    case 'enable':
      yield* change(true);
      return isNow ? yield* start(call, unit) : 0;
    case 'disable':
      yield* change(false);
      return isNow ? yield* stop(call, unit) : 0;
    case 'start':
    case 'restart':
      return yield* start(call, unit);
    case 'reload':
    case 'reload-or-restart': {
      // A reload with a bad file is refused: what runs goes on running.
      const config = unit === 'haproxy' ? presentConfig(call) : undefined;
      if (unit === 'haproxy' && (!config || config.alerts.length > 0)) {
        const world: World = yield { wait: 100 };
        if (unitState(call, world, unit) === 'active') return yield* fail(1, ...jobFailed(unit));
      }
      return yield* start(call, unit);
    }
    case 'stop':
      return yield* stop(call, unit);
    default:
      return 0;
  }
}

function* enable(call: Call, unit: string, isEnabled: boolean): Part<World> {
  const word = isEnabled ? 'enable' : 'disable';
  if (ofPackagesWithScripts.includes(unit))
    yield err(
      `Synchronizing state of ${unit}.service with SysV service script with /lib/systemd/systemd-sysv-install.`,
      `Executing: /lib/systemd/systemd-sysv-install ${word} ${unit}`,
    );
  const world: World = yield { wait: 100 };
  const link = `/etc/systemd/system/multi-user.target.wants/${unit}.service`;
  const was = unitOf(machineOf(world, call.machine), unit).isEnabled;
  if (!ofPackagesWithScripts.includes(unit) && was !== isEnabled)
    yield err(isEnabled ? `Created symlink ${link} → /lib/systemd/system/${unit}.service.` : `Removed "${link}".`);
  return yield { change: { type: 'unit-enabled', machine: call.machine, unit, isEnabled } };
}

function* start(call: Call, unit: string): Run {
  if (yield* startUnit(call, unit)) return 0;
  return yield* fail(1, ...jobFailed(unit));
}

function* stop(call: Call, unit: string): Run {
  yield { wait: 200 };
  yield { change: { type: 'unit-stopped', machine: call.machine, unit, at: call.now() } };
  return 0;
}

const jobFailed = (unit: string): string[] => [
  `Job for ${unit}.service failed because the control process exited with error code.`,
  `See "systemctl status ${unit}.service" and "journalctl -xeu ${unit}.service" for details.`,
];

function* states(call: Call, world: World, units: readonly string[], isQuiet: boolean): Run {
  const found = units.map((unit) => unitState(call, world, unit));
  if (!isQuiet) yield out(...found);
  return found.includes('active') && found.every((state) => state === 'active') ? 0 : 3;
}

function* enabledStates(call: Call, world: World, units: readonly string[], has: (unit: string) => boolean): Run {
  let code = 0;
  for (const unit of units) {
    const isEnabled = unitOf(machineOf(world, call.machine), unit).isEnabled;
    if (!has(unit)) yield err(`Failed to get unit file state for ${unit}.service: No such file or directory`);
    else yield out(isEnabled ? 'enabled' : 'disabled');
    if (!isEnabled) code = 1;
  }
  return code;
}

function* status(call: Call, world: World, units: readonly string[], has: (unit: string) => boolean): Run {
  let code = 0;
  for (const unit of units) {
    if (!has(unit)) {
      yield err(`Unit ${unit}.service could not be found.`);
      code = 4;
      continue;
    }
    const state = unitState(call, world, unit);
    const { isEnabled, since } = unitOf(machineOf(world, call.machine), unit);
    const { weekday, date, time } = calendar(since);
    const at = `${weekday} ${date} ${time} UTC; ${Math.max(0, Math.floor((call.now() - since) / 1000))}s ago`;
    const active: Readonly<Record<typeof state, string>> = {
      active: `active (running) since ${at}`,
      activating: `activating (auto-restart) (Result: exit-code) since ${at}`,
      inactive: 'inactive (dead)',
      failed: `failed (Result: exit-code) since ${at}`,
    };
    yield out(
      `${state === 'failed' ? '×' : state === 'inactive' ? '○' : '●'} ${unit}.service - ${descriptions[unit] ?? unit}`,
      `     Loaded: loaded (/lib/systemd/system/${unit}.service; ${isEnabled ? 'enabled' : 'disabled'}; preset: enabled)`,
      ...(unit === 'kubelet' ? ['    Drop-In: /usr/lib/systemd/system/kubelet.service.d', '             └─10-kubeadm.conf'] : []),
      `     Active: ${active[state]}`,
    );
    if (state === 'failed' && unit === 'haproxy') yield* check(call, machineOf(world, call.machine), haproxyFile, { isQuiet: true });
    if (state !== 'active') code ||= 3;
  }
  return code;
}
