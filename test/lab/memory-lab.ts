import type { Call, Event, Run } from '../../src/lab/program.ts';
import { programs } from '../../src/lab/programs/program-table.ts';
import type { Fact, NewMachine } from '../../src/lab/world/fact.ts';
import { after, emptyWorld, type World } from '../../src/lab/world/world.ts';

export type Result = {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Both, in the order in which they came. */
  readonly all: string;
};
export type RunOptions = { readonly uid?: number; readonly env?: Readonly<Record<string, string>>; readonly stdin?: string };
/** A simulated world without shell or disk: programs run one after the other or side by side, in no real time at all. */
export type MemoryLab = {
  /** Runs a command of plain words, quoted only with single or double quotes. */
  run(machine: string, command: string, options?: RunOptions): Result;
  /** The same side by side: whichever waits less goes on first. */
  runTogether(...commands: readonly (readonly [machine: string, command: string])[]): readonly Result[];
  tell(...facts: readonly Fact[]): void;
  advance(ms: number): void;
  world(): World;
  write(machine: string, path: string, content: string): void;
  read(machine: string, path: string): string | undefined;
  mode(machine: string, path: string): number | undefined;
};
type File = { readonly content: string; readonly mode: number };
type Process = { readonly run: Run; readonly machine: string; due: number; out: string; err: string; all: string; code: number | null };

export const labStart: number = Date.parse('2026-11-20T19:04:00Z');

export function memoryLab(machines: readonly NewMachine[]): MemoryLab {
  let world = emptyWorld;
  let now = labStart;
  let seed = 7;
  let pid = 800;
  const disks = new Map<string, Map<string, File>>();
  const disk = (machine: string): Map<string, File> => {
    const found = disks.get(machine) ?? new Map<string, File>();
    disks.set(machine, found);
    return found;
  };
  const tell = (fact: Fact): void => {
    world = after(world, fact);
  };
  const random = (limit: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * limit);
  };
  const children = (machine: string, path: string): string[] => {
    const names = [...disk(machine).keys()].flatMap((file) =>
      file.startsWith(`${path}/`) ? [file.slice(path.length + 1).split('/')[0] ?? ''] : [],
    );
    return [...new Set(names)].filter((name) => name !== '.folder').sort();
  };
  const hasFolder = (machine: string, path: string): boolean => [...disk(machine).keys()].some((file) => file.startsWith(`${path}/`));

  const start = (machine: string, command: string, options: RunOptions = {}): Process => {
    const argv = words(command);
    const program = programs[argv[0] ?? ''];
    if (!program) throw new Error(`no stand-in for ${argv[0]}`);
    pid++;
    const own = pid;
    const uid = options.uid ?? 0;
    const call: Call = {
      machine,
      argv,
      env: { HOME: uid === 0 ? '/root' : '/home/ops', ...options.env },
      cwd: uid === 0 ? '/root' : '/home/ops',
      uid,
      pid: own,
      now: () => now,
      random,
      stdin: () => options.stdin ?? '',
      read: (path) => {
        const file = disk(machine).get(path);
        return file && (uid === 0 || (file.mode & 0o004) !== 0) ? file.content : undefined;
      },
      exists: (path) => disk(machine).has(path) || hasFolder(machine, path),
      list: (path) => children(machine, path),
    };
    tell({ type: 'called', call: String(own), machine, argv, uid, at: now });
    return { run: program(call, world), machine, due: now, out: '', err: '', all: '', code: null };
  };
  const perform = (process: Process, event: Event): void => {
    const files = disk(process.machine);
    if ('out' in event || 'err' in event) process.all += 'out' in event ? event.out : event.err;
    if ('out' in event) process.out += event.out;
    else if ('err' in event) process.err += event.err;
    else if ('wait' in event) process.due = now + event.wait / world.pace;
    else if ('change' in event) tell(event.change);
    else if ('write' in event)
      files.set(event.write.path, { content: event.write.content, mode: event.write.mode ?? files.get(event.write.path)?.mode ?? 0o644 });
    else if ('remove' in event)
      for (const path of [...files.keys()]) (path === event.remove || path.startsWith(`${event.remove}/`)) && files.delete(path);
    else if ('mkdir' in event) files.set(`${event.mkdir}/.folder`, { content: '', mode: 0o755 });
    else files.set(event.install.path, { content: event.install.program, mode: 0o755 });
  };
  const finish = (processes: readonly Process[]): readonly Result[] => {
    for (;;) {
      const next = processes.filter((one) => one.code === null).toSorted((a, b) => a.due - b.due)[0];
      if (!next) break;
      now = Math.max(now, next.due);
      const step = next.run.next(world);
      if (step.done) next.code = step.value;
      else perform(next, step.value);
    }
    return processes.map(({ code, out, err, all }) => ({ code: code ?? -1, out, err, all }));
  };

  for (const machine of machines) {
    tell({ type: 'machine-added', at: now, ...machine });
    disk(machine.machine).set('/etc/hosts', {
      content: `127.0.0.1 localhost\n${machine.address} ${machine.hostname ?? machine.machine}\n`,
      mode: 0o644,
    });
    disk(machine.machine).set('/etc/apt/keyrings/.folder', { content: '', mode: 0o755 });
    disk(machine.machine).set('/etc/apt/sources.list', { content: 'deb http://mirror.example/debian bookworm main\n', mode: 0o644 });
  }
  return {
    run(machine, command, options) {
      const [result] = finish([start(machine, command, options)]);
      if (!result) throw new Error('no result');
      return result;
    },
    runTogether: (...commands) => finish(commands.map(([machine, command]) => start(machine, command))),
    tell: (...facts) => facts.forEach(tell),
    advance: (ms) => {
      now += ms;
    },
    world: () => world,
    write: (machine, path, content) => disk(machine).set(path, { content, mode: 0o644 }),
    read: (machine, path) => disk(machine).get(path)?.content,
    mode: (machine, path) => disk(machine).get(path)?.mode,
  };
}

const words = (command: string): string[] =>
  [...command.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, (_, a?: string, b?: string) => a ?? b ?? ''),
  );
