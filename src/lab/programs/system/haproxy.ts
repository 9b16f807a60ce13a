import { calendar } from '../../moment.ts';
import type { Call, Program, Run } from '../../program.ts';
import { absolute, err, fail, out } from '../../program.ts';
import { type Machine, machineOf } from '../../world/world.ts';
import { operatingSystem } from '../operating-system.ts';
import { readOptions } from '../options.ts';
import { type HaproxyConfig, readHaproxyConfig } from './haproxy-config.ts';

export const haproxyFile = '/etc/haproxy/haproxy.cfg';

/** The stand-in for haproxy: -v, and -c to check files. */
export const haproxy: Program = function* (call, world) {
  const machine = machineOf(world, call.machine);
  const version = haproxyVersion(machine);
  if (['-v', '-vv'].includes(call.argv[1] ?? '')) {
    yield out(
      `HAProxy version ${version} 2026/01/01 - https://haproxy.org/`,
      'Status: long-term supported branch - will stop receiving fixes around Q2 2027.',
    );
    return 0;
  }
  const options = readOptions(call.argv.slice(1), {
    valued: ['file', 'directory'],
    switches: ['check', 'verbose', 'quiet', 'daemon', 'debug', 'master'],
    short: { f: 'file', C: 'directory', c: 'check', V: 'verbose', q: 'quiet', D: 'daemon', d: 'debug', W: 'master' },
  });
  const file = options.value('file');
  if (!options.has('check') || file === undefined)
    return yield* fail(1, 'Usage : haproxy [-f <cfgfile|cfgdir>]* [ -vdVD ] [ -n <maxconn> ] [ -N <maxpconn> ]');
  return yield* check(call, machine, absolute(call, file), { isQuiet: options.has('quiet') });
};

/** Checks a file as `haproxy -c -f` does; also what a start says when it fails. */
export function* check(call: Call, machine: Machine, path: string, options: { readonly isQuiet: boolean }): Run {
  const text = call.read(path);
  const head = messageHead(call, machine);
  if (text === undefined) {
    const why = call.exists(path) ? 'Permission denied' : 'No such file or directory';
    return yield* fail(1, `${head('ALERT')}Cannot open configuration file/directory ${path} : ${why}`);
  }
  const { alerts, warnings } = readHaproxyConfig(path, text);
  if (alerts.length > 0 || warnings.length > 0) yield err(...notices(call, machine));
  if (warnings.length > 0) yield err(...warnings.map((line) => `${head('WARNING')}config : ${line}`));
  if (alerts.length > 0)
    return yield* fail(
      1,
      ...alerts.map((line) => `${head('ALERT')}config : ${line}`),
      `${head('ALERT')}config : Error(s) found in configuration file : ${path}`,
      `${head('ALERT')}config : Fatal errors found in configuration.`,
    );
  if (!options.isQuiet) yield out(...(warnings.length > 0 ? ['Warnings were found.'] : []), 'Configuration file is valid');
  return 0;
}

/** What the file says now; undefined where there is none. */
export function presentConfig(call: Call): HaproxyConfig | undefined {
  const text = call.read(haproxyFile);
  return text === undefined ? undefined : readHaproxyConfig(haproxyFile, text);
}

const haproxyVersion = (machine: Machine): string => machine.packages['haproxy']?.version ?? operatingSystem(machine).packages.haproxy;

/** Since 2.4 a message begins with its level and the process; before, with the day of the year and the time too. */
function messageHead(call: Call, machine: Machine): (level: 'ALERT' | 'WARNING' | 'NOTICE') => string {
  const [major = 2, minor = 6] = haproxyVersion(machine).split('.').map(Number);
  if (major > 2 || minor >= 4) return (level) => `${`[${level}]`.padEnd(10)} (${call.pid}) : `;
  const { dayOfYear, time } = calendar(call.now());
  const head = `${String(dayOfYear).padStart(3, '0')}/${time.replaceAll(':', '')} (${call.pid}) : `;
  return (level) => `[${level}] ${head}`;
}

function notices(call: Call, machine: Machine): string[] {
  const version = haproxyVersion(machine);
  const head = messageHead(call, machine)('NOTICE');
  return head.startsWith('[NOTICE] ') && /\d{3}\/\d{6}/.test(head)
    ? []
    : [`${head}haproxy version is ${version}`, `${head}path to executable is /usr/sbin/haproxy`];
}
