import type { Program, Run } from '../../program.ts';
import { err, fail, out } from '../../program.ts';
import { type Machine, machineOf } from '../../world/world.ts';
import { readOptions } from '../options.ts';
import { textTable } from '../text-table.ts';
import { installedVersion, offerOf } from './catalogue.ts';

/** The stand-in for apt-mark: hold, unhold, showhold. */
export const aptMark: Program = function* (call, world) {
  const machine = machineOf(world, call.machine);
  const [, action = '', ...names] = call.argv;
  if (action === 'showhold') {
    const held = Object.keys(machine.packages).filter((name) => machine.packages[name]?.isHeld);
    if (held.length > 0) yield out(...held.toSorted());
    return 0;
  }
  if (action !== 'hold' && action !== 'unhold') return yield* fail(100, `E: Invalid operation ${action}`);
  if (call.uid !== 0)
    return yield* fail(100, 'E: Could not create temporary file for /var/lib/apt/extended_states - mkstemp (13: Permission denied)');
  let code = 0;
  for (const name of names) {
    const found = machine.packages[name];
    const isHeld = action === 'hold';
    if (!found) {
      yield err(
        offerOf(machine, name)
          ? `E: Can't select installed version from package '${name}' as it is not installed`
          : `E: Unable to locate package ${name}`,
      );
      code = 100;
    } else if (found.isHeld === isHeld) yield out(`${name} was already ${isHeld ? 'set on hold' : 'not on hold'}.`);
    else {
      yield { change: { type: 'package-held', machine: call.machine, package: name, isHeld } };
      yield out(isHeld ? `${name} set on hold.` : `Canceled hold on ${name}.`);
    }
  }
  return code === 100 ? yield* fail(100, 'E: No packages found') : 0;
};

/** The stand-in for apt-cache: policy, madison, show. */
export const aptCache: Program = function* (call, world) {
  const machine = machineOf(world, call.machine);
  const [, action = '', ...words] = call.argv;
  const names = words.filter((word) => !word.startsWith('-'));
  for (const name of names) {
    const offer = offerOf(machine, name);
    if (!offer) {
      yield err(`N: Unable to locate package ${name}`);
      if (action === 'show') return 100;
      continue;
    }
    if (action === 'madison')
      yield out(
        ...textTable(offer.versions.map((version) => [`   ${name}`, version])).map((line) =>
          line.replace(/ {2,}(\S+)$/, ' | $1 | http://mirror.example stable/main amd64 Packages'),
        ),
      );
    else if (action === 'policy')
      yield out(
        `${name}:`,
        `  Installed: ${installedVersion(machine, name) ?? '(none)'}`,
        `  Candidate: ${offer.versions[0]}`,
        '  Version table:',
        ...offer.versions.map((version) => `     ${version} 500`),
      );
    else yield out(`Package: ${name}`, `Version: ${offer.versions[0]}`, '');
  }
  return 0;
};

/** The stand-in for dpkg-query: -W and -l, with -f. */
export const dpkgQuery: Program = function* (call, world) {
  return yield* query(machineOf(world, call.machine), call.argv.slice(1), 'dpkg-query');
};

/** The stand-in for dpkg: what only asks, and --print-architecture. */
export const dpkg: Program = function* (call, world) {
  if (call.argv[1] === '--print-architecture') {
    yield out('amd64');
    return 0;
  }
  return yield* query(machineOf(world, call.machine), call.argv.slice(1), 'dpkg');
};

function* query(machine: Machine, args: readonly string[], program: string): Run {
  const options = readOptions(args, {
    valued: ['showformat'],
    switches: ['show', 'list', 'status'],
    short: { W: 'show', l: 'list', s: 'status', f: 'showformat' },
  });
  let code = 0;
  for (const name of options.words) {
    const version = installedVersion(machine, name);
    if (version === undefined) {
      yield err(
        options.has('status')
          ? `${program}: package '${name}' is not installed and no information is available`
          : `${program}: no packages found matching ${name}`,
      );
      code = 1;
      continue;
    }
    const state = machine.packages[name]?.isHeld ? 'hold ok installed' : 'install ok installed';
    if (options.has('status')) yield out(`Package: ${name}`, `Status: ${state}`, 'Architecture: amd64', `Version: ${version}`);
    else if (options.has('list')) yield out(`${state.startsWith('hold') ? 'hi' : 'ii'}  ${name} ${version} amd64`);
    else {
      const format = options.value('showformat') ?? '${Package}\\t${Version}\\n';
      const fields: Readonly<Record<string, string>> = {
        Package: name,
        Version: version,
        Status: state,
        Architecture: 'amd64',
        'db:Status-Abbrev': state.startsWith('hold') ? 'hi ' : 'ii ',
        'db:Status-Status': 'installed',
      };
      yield {
        out: format
          .replace(/\$\{([\w:-]+)\}/g, (_, field: string) => fields[field] ?? '')
          .replaceAll('\\n', '\n')
          .replaceAll('\\t', '\t'),
      };
    }
  }
  return code;
}
