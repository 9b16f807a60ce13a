import type { Program } from '../../program.ts';
import { fail, out } from '../../program.ts';
import { machineOf } from '../../world/world.ts';
import { isAddress, resolve } from '../address.ts';
import { operatingSystem } from '../operating-system.ts';
import { readOptions } from '../options.ts';
import { fixedText } from '../random-text.ts';

/** The stand-in for hostnamectl: status, hostname, set-hostname. */
export const hostnamectl: Program = function* (call, world) {
  const machine = machineOf(world, call.machine);
  const options = readOptions(call.argv.slice(1), { valued: [], switches: ['static', 'pretty', 'transient', 'no-ask-password'] });
  const [action = options.has('static') ? 'hostname' : 'status', name] = options.words;
  if ((action === 'set-hostname' || action === 'hostname') && name !== undefined) {
    if (call.uid !== 0) return yield* fail(1, 'Could not set static hostname: Interactive authentication required.');
    if (!/^[A-Za-z0-9]([A-Za-z0-9.-]{0,62}[A-Za-z0-9])?$/.test(name))
      return yield* fail(1, `Could not set static hostname: Invalid static hostname '${name}'`);
    yield { write: { path: '/etc/hostname', content: `${name}\n`, mode: 0o644 } };
    yield { change: { type: 'hostname-set', machine: call.machine, hostname: name } };
    return 0;
  }
  if (action === 'hostname') {
    yield out(machine.hostname);
    return 0;
  }
  if (action !== 'status') return yield* fail(1, `Unknown command verb ${action}.`);
  const system = operatingSystem(machine);
  const lines: readonly (readonly [string, string])[] = [
    ['Static hostname', machine.hostname],
    ['Icon name', 'computer-vm'],
    ['Chassis', 'vm'],
    ['Machine ID', fixedText(`machine ${machine.name}`, 32, '0123456789abcdef')],
    ['Operating System', system.pretty],
    ['Kernel', `Linux ${system.kernel}`],
    ['Architecture', 'x86-64'],
  ];
  yield out(...lines.map(([title, value]) => `${title.padStart(16)}: ${value}`));
  return 0;
};

/** The stand-in for getent: hosts and ahosts. For hosts that have none; the simulated resolver knows the lab's DNS too. */
export const getent: Program = function* (call, world) {
  const [, database = '', ...names] = call.argv;
  if (!['hosts', 'ahosts', 'ahostsv4'].includes(database))
    return yield* fail(1, `Unknown database: ${database}`, "Try `getent --help' or `getent --usage' for more information.");
  let code = 0;
  for (const name of names) {
    const addresses = isAddress(name) ? [name] : resolve(call, world, name);
    if (addresses.length === 0) code = 2;
    for (const [i, address] of addresses.entries()) {
      if (database === 'hosts') yield out(`${address.padEnd(15)} ${name}`);
      else
        for (const type of ['STREAM', 'DGRAM', 'RAW'])
          yield out(`${address.padEnd(15)} ${type}${type === 'STREAM' && i === 0 ? ` ${name}` : ''}`);
    }
  }
  return code;
};
