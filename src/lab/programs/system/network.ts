import type { Program } from '../../program.ts';
import { fail, out } from '../../program.ts';
import { observe } from '../../world/observe.ts';
import { machineOf } from '../../world/world.ts';
import { textTable } from '../text-table.ts';

/** The stand-in for ss: what listens, by `-l` and its like, with a filter of ports. */
export const ss: Program = function* (call, world) {
  const words = call.argv.slice(1);
  const letters = words.filter((word) => /^-[A-Za-z]+$/.test(word)).join('');
  const has = (letter: string, long: string): boolean => letters.includes(letter) || words.includes(`--${long}`);
  const filter = words.filter((word) => !word.startsWith('-')).join(' ');
  const ports = [...filter.matchAll(/sport\s*=\s*:?(\d+)/g)].map(([, port]) => Number(port));
  const machine = machineOf(world, call.machine);
  const listeners = observe(world, call.now())
    .listeners(machine)
    .filter(({ port }) => !filter.includes('sport') || ports.includes(port));
  const showsProcess = has('p', 'processes') && call.uid === 0;
  if (!has('l', 'listening') && !has('a', 'all')) return 0;
  const rows = listeners.map(({ address, port, process }, i) => [
    'LISTEN',
    '0',
    '4096',
    `${address}:${port}`,
    address === '*' ? '*:*' : '0.0.0.0:*',
    ...(showsProcess ? [`users:(("${process}",pid=${700 + i * 13},fd=6))`] : []),
  ]);
  const header = ['State', 'Recv-Q', 'Send-Q', 'Local Address:Port', 'Peer Address:Port', ...(showsProcess ? ['Process'] : [])];
  yield out(...textTable([...(has('H', 'no-header') ? [] : [header]), ...rows]).map((line) => line.trimEnd()));
  return 0;
};

/** The stand-in for ip: addresses, and the default route. */
export const ip: Program = function* (call, world) {
  const { address } = machineOf(world, call.machine);
  const words = call.argv.slice(1).filter((word) => !word.startsWith('-'));
  const isBrief = call.argv.some((word) => word === '-br' || word === '-brief');
  const [subject = ''] = words;
  if (/^r(oute)?$/.test(subject)) {
    const gateway = address.replace(/\.\d+$/, '.1');
    yield out(
      words.includes('get') ? `${words.at(-1)} via ${gateway} dev eth0 src ${address} uid ${call.uid}` : `default via ${gateway} dev eth0`,
    );
    return 0;
  }
  if (!/^a(ddr(ess)?)?$/.test(subject)) return yield* fail(1, `Object "${subject}" is unknown, try "ip help".`);
  if (isBrief) yield out('lo               UNKNOWN        127.0.0.1/8', `eth0             UP             ${address}/24`);
  else
    yield out(
      '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000',
      '    inet 127.0.0.1/8 scope host lo',
      '2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000',
      `    inet ${address}/24 brd ${address.replace(/\.\d+$/, '.255')} scope global eth0`,
    );
  return 0;
};
