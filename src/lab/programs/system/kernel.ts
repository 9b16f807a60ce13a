import type { Call, Part, Program } from '../../program.ts';
import { err, fail, out } from '../../program.ts';
import { machineOf, type World } from '../../world/world.ts';
import { readOptions } from '../options.ts';

const swapFile = '/swap.img';
const sizes: Readonly<Record<string, number>> = { br_netfilter: 32_768, overlay: 151_552, ip_vs: 176_128, nf_conntrack: 172_032 };
/** Keys that are there only when their module is. */
const keysOfModules: Readonly<Record<string, string>> = {
  'net.bridge.bridge-nf-call-iptables': 'br_netfilter',
  'net.bridge.bridge-nf-call-ip6tables': 'br_netfilter',
  'net.bridge.bridge-nf-call-arptables': 'br_netfilter',
};
const initial: Readonly<Record<string, string>> = {
  'net.bridge.bridge-nf-call-iptables': '1',
  'net.bridge.bridge-nf-call-ip6tables': '1',
  'net.bridge.bridge-nf-call-arptables': '1',
  'net.ipv4.ip_forward': '0',
  'vm.swappiness': '60',
  'fs.inotify.max_user_instances': '128',
  'net.ipv4.conf.all.rp_filter': '2',
  'kernel.pid_max': '4194304',
};

/** The stand-in for swapoff. */
export const swapoff: Program = function* (call, world) {
  const [word = ''] = call.argv.slice(1);
  if (call.uid !== 0) return yield* fail(1, 'swapoff: Not superuser.');
  if (word === '') return yield* fail(1, 'swapoff: bad usage', "Try 'swapoff --help' for more information.");
  if (word !== '-a' && word !== '--all' && !machineOf(world, call.machine).hasSwap)
    return yield* fail(4, `swapoff: ${word}: swapoff failed: Invalid argument`);
  yield { wait: 300 };
  yield { change: { type: 'swap-changed', machine: call.machine, isOn: false } };
  return 0;
};

/** The stand-in for swapon: --show, -s, -a by /etc/fstab, or a device. */
export const swapon: Program = function* (call, world) {
  const options = readOptions(call.argv.slice(1), {
    valued: ['show', 'output'],
    switches: ['all', 'summary', 'noheadings', 'raw', 'bytes'],
    short: { a: 'all', s: 'summary' },
  });
  const shows =
    call.argv.some((word) => word === '--show' || word.startsWith('--show=')) || options.has('summary') || call.argv.length === 1;
  const { hasSwap } = machineOf(world, call.machine);
  if (shows) {
    if (!hasSwap) return 0;
    if (!call.argv.includes('--noheadings')) yield out('NAME      TYPE SIZE USED PRIO');
    yield out(`${swapFile} file   2G   0B   -2`);
    return 0;
  }
  if (call.uid !== 0) return yield* fail(1, 'swapon: Not superuser.');
  const isInTable = /^\s*[^#\s]\S*\s+\S+\s+swap\s/m.test(call.read('/etc/fstab') ?? '');
  if (!options.has('all') || isInTable) yield { change: { type: 'swap-changed', machine: call.machine, isOn: true } };
  return 0;
};

/** The stand-in for modprobe. */
export const modprobe: Program = function* (call) {
  const options = readOptions(call.argv.slice(1), {
    valued: [],
    switches: ['remove', 'quiet', 'verbose', 'all', 'dry-run'],
    short: { r: 'remove', q: 'quiet', v: 'verbose', a: 'all', n: 'dry-run' },
  });
  const [first = ''] = options.words;
  const known = Object.keys(sizes).concat(['ip_vs_rr', 'ip_vs_wrr', 'ip_vs_sh', 'vxlan', 'ipip', 'nf_nat', 'iptable_nat', 'xt_set']);
  for (const word of options.has('all') ? options.words : [first]) {
    const module = word.replaceAll('-', '_');
    if (!known.includes(module))
      return yield* fail(1, `modprobe: FATAL: Module ${word} not found in directory /lib/modules/${'6.1.0-40-amd64'}`);
    if (call.uid !== 0) return yield* fail(1, `modprobe: ERROR: could not insert '${module}': Operation not permitted`);
    yield { change: { type: 'module-loaded', machine: call.machine, module, isLoaded: !options.has('remove') } };
  }
  return 0;
};

/** The stand-in for lsmod. */
export const lsmod: Program = function* (call, world) {
  const { modules } = machineOf(world, call.machine);
  yield out(
    'Module                  Size  Used by',
    ...modules.toReversed().map((module) => `${module.padEnd(20)} ${String(sizes[module] ?? 16_384).padStart(7)}  0`),
  );
  return 0;
};

/** The stand-in for sysctl: keys, -n, -w, -p FILE, --system. */
export const sysctl: Program = function* (call, world) {
  const options = readOptions(call.argv.slice(1), {
    valued: [],
    switches: ['values', 'write', 'load', 'system', 'ignore', 'quiet', 'all'],
    short: { n: 'values', w: 'write', p: 'load', e: 'ignore', q: 'quiet', a: 'all' },
  });
  if (options.has('system') || options.has('load')) {
    const files = options.has('system') ? systemFiles(call) : options.words.length > 0 ? options.words : ['/etc/sysctl.conf'];
    if (options.has('system')) yield out(...files.map((file) => `* Applying ${file} ...`));
    let code = 0;
    for (const file of files) code = (yield* load(call, world, file)) || code;
    return code;
  }
  let code = 0;
  for (const word of options.words) {
    const [key = '', value] = word.split('=').map((part) => part.trim());
    if (value !== undefined) code = (yield* set(call, world, key, value, options.has('quiet'))) || code;
    else {
      const present = presentValue(call, world, key);
      if (present === undefined) {
        yield err(`sysctl: cannot stat /proc/sys/${key.replaceAll('.', '/')}: No such file or directory`);
        code = 1;
      } else yield out(options.has('values') ? present : `${key} = ${present}`);
    }
  }
  return code;
};

function systemFiles(call: Call): string[] {
  const found = new Map<string, string>();
  for (const folder of ['/usr/lib/sysctl.d', '/run/sysctl.d', '/etc/sysctl.d'])
    for (const name of call.list(folder)) if (name.endsWith('.conf')) found.set(name, `${folder}/${name}`);
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
  return call.exists('/etc/sysctl.conf') ? [...sorted, '/etc/sysctl.conf'] : sorted;
}

function* load(call: Call, world: World, file: string): Part<number> {
  const text = call.read(file);
  if (text === undefined) return yield* fail(1, `sysctl: cannot open "${file}": No such file or directory`);
  let code = 0;
  for (const line of text.split('\n')) {
    const [, key = '', value = ''] = /^\s*-?([\w.*/-]+)\s*=\s*(.*?)\s*$/.exec(line.replace(/^\s*[#;].*/, '')) ?? [];
    if (key !== '') code = (yield* set(call, world, key.replaceAll('/', '.'), value, false)) || code;
  }
  return code;
}

function* set(call: Call, world: World, key: string, value: string, isQuiet: boolean): Part<number> {
  if (presentValue(call, world, key) === undefined)
    return yield* fail(1, `sysctl: cannot stat /proc/sys/${key.replaceAll('.', '/')}: No such file or directory`);
  if (call.uid !== 0) return yield* fail(1, `sysctl: permission denied on key "${key}"`);
  yield { change: { type: 'sysctl-set', machine: call.machine, key, value } };
  if (!isQuiet) yield out(`${key} = ${value}`);
  return 0;
}

/** The value now; undefined for a key that this kernel has not. Keys that nobody knows are taken for real ones that nobody has set. */
function presentValue(call: Call, world: World, key: string): string | undefined {
  const machine = machineOf(world, call.machine);
  const module = keysOfModules[key];
  if (module !== undefined && !machine.modules.includes(module)) return undefined;
  if (!/^(net|vm|fs|kernel|user)\./.test(key)) return undefined;
  return machine.sysctl[key] ?? initial[key] ?? '0';
}
