import {
  type Attempt,
  type Ended,
  type Found,
  type Host,
  HostError,
  type Hosts,
  type Identity,
  type Reading,
} from '../../src/hosts/host.ts';
import type { SetupHost } from '../../src/runbook/runbook.ts';

/** What a command does on a scripted machine. `until`: it runs until this resolves. */
export type Done = { readonly code?: number; readonly out?: string; readonly err?: string; readonly until?: Promise<void> };
export type Command = { readonly host: string; readonly script: string; readonly as: string; readonly isRead: boolean };

type Started = {
  readonly out: Uint8Array;
  readonly err: Uint8Array;
  found: Found;
  readonly over: Promise<void>;
  end(found: Found): void;
};

/** A machine of a scripted world. It outlives every handrail that talks to it. */
export type Machine = {
  readonly name: string;
  hostKey: string;
  machineId: string;
  bootId: string;
  isReachable: boolean;
  facts: Identity['facts'];
  readonly attempts: Map<string, Started>;
  /** Ends an attempt without an exit code, as a loss of power would. */
  lose(id: string, found: Found): void;
};

/** Machines in memory that do what a script says, and keep every command that really started, in order. */
export type ScriptedWorld = {
  readonly machines: Readonly<Record<string, Machine>>;
  /** `HOST: TEXT` of every command that was started through an attempt. */
  readonly ran: string[];
  /** The same of what only read. */
  readonly read: string[];
  /** Called at each crossing between handrail and a machine, before and after it has its effect; may throw. */
  onCrossing: (what: string) => void;
  /** Cuts the connection of whoever follows on this host now; false where nobody does. */
  cut(host: string): boolean;
  /** A fresh set of connections: what one handrail sees. */
  connect(): Hosts;
};

const encoder = new TextEncoder();

export function scriptWorld(hosts: readonly SetupHost[], does: (command: Command) => Done, now: () => number): ScriptedWorld {
  const machines: Record<string, Machine> = {};
  const cuts = new Map<string, Set<() => void>>();
  const world: ScriptedWorld = {
    machines,
    ran: [],
    read: [],
    onCrossing: () => {},
    cut(host) {
      const open = [...(cuts.get(host) ?? [])];
      for (const cut of open) cut();
      return open.length > 0;
    },
    connect() {
      const open = new Map<string, Host>();
      const get = (name: string): Host => {
        const setup = hosts.find((each) => each.name === name) ?? { name, address: name, roles: [], values: {} };
        const machine = machines[name];
        if (machine === undefined) throw new Error(`no machine ${name}`);
        const host = open.get(name) ?? connectTo(world, machine, setup, does, cuts, now);
        open.set(name, host);
        return host;
      };
      return { get, console: get('console'), close: async () => {} };
    },
  };
  for (const { name, facts } of [...hosts, { name: 'console', facts: undefined }]) {
    const attempts: Machine['attempts'] = new Map();
    machines[name] = {
      name,
      hostKey: `SHA256:${name}`,
      machineId: `id-of-${name}`,
      bootId: `first-boot-of-${name}`,
      isReachable: true,
      facts: facts ?? {},
      attempts,
      lose(id, found) {
        attempts.get(id)?.end(found);
      },
    };
  }
  return world;
}

function connectTo(
  world: ScriptedWorld,
  machine: Machine,
  setup: SetupHost,
  does: (command: Command) => Done,
  cuts: Map<string, Set<() => void>>,
  now: () => number,
): Host {
  const { name, attempts } = machine;
  const reach = (what: string): void => {
    world.onCrossing(`${what} ${name}`);
    if (!machine.isReachable) throw new HostError('unreachable', name, `${name} does not answer.`, 'See that it is up.');
  };
  const look = (id: string): Found => attempts.get(id)?.found ?? { is: 'absent' };
  return {
    name,
    setup,
    async identify() {
      reach('identify');
      const { hostKey, machineId, bootId, facts } = machine;
      return { hostKey, machineId, bootId, user: 'ops', facts, clockDifference: 0 };
    },
    async start(attempt) {
      reach('start');
      if (attempts.has(attempt.id)) return 'was-started';
      world.ran.push(`${name}: ${attempt.script.trim()}`);
      attempts.set(attempt.id, begin(attempt, does({ host: name, script: attempt.script, as: attempt.as, isRead: false }), now));
      world.onCrossing(`started ${name}`);
      return 'started';
    },
    async follow(id, from, onOutput, signal) {
      reach('follow');
      const started = attempts.get(id);
      if (started === undefined) return { is: 'absent' };
      let cut = (): void => {};
      const isCut = new Promise<never>((_, reject) => {
        cut = () => reject(new HostError('lost', name, `The connection to ${name} was lost.`, 'Wait.'));
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        if (signal.aborted) reject(signal.reason);
      });
      const open = cuts.get(name) ?? new Set();
      cuts.set(name, open.add(cut));
      try {
        await Promise.race([started.over, isCut]);
      } finally {
        open.delete(cut);
      }
      for (const stream of ['out', 'err'] as const) {
        const rest = started[stream].subarray(from[stream]);
        if (rest.length > 0) onOutput({ stream, offset: from[stream], bytes: rest });
      }
      reach('followed');
      const found = started.found;
      if (found.is === 'running') throw new Error('An attempt that is over still runs.');
      return found;
    },
    async look(id) {
      reach('look');
      return look(id);
    },
    async fence(id) {
      reach('fence');
      const found = look(id);
      return found.is === 'absent' ? { is: 'not-started' } : found;
    },
    async stop(id) {
      reach('stop');
      const started = attempts.get(id);
      started?.end(ended(143, started, now()));
    },
    async forget() {
      reach('forget');
    },
    async read({ script, as }: Reading) {
      // What the walk does as root to find out whether it can.
      if (script === ':' && machine.isReachable) return { code: 0, out: encoder.encode(''), err: encoder.encode(''), isCut: false };
      reach('read');
      world.read.push(`${name}: ${script.trim()}`);
      const { code = 0, out = '', err = '' } = does({ host: name, script, as, isRead: true });
      return { code, out: encoder.encode(out), err: encoder.encode(err), isCut: false };
    },
    async terminal({ script = 'shell', as }) {
      reach('terminal');
      world.ran.push(`${name}: ${script.trim()}`);
      return does({ host: name, script, as, isRead: false }).code ?? 0;
    },
    disconnect() {},
  };
}

function begin(attempt: Attempt, { code = 0, out = '', err = '', until }: Done, now: () => number): Started {
  const isTwo = attempt.streams === 'two';
  const over = Promise.withResolvers<void>();
  const started: Started = {
    out: encoder.encode(isTwo ? out : out + err),
    err: encoder.encode(isTwo ? err : ''),
    found: { is: 'running', started: now() },
    over: over.promise,
    end(found) {
      if (started.found.is === 'running') started.found = found;
      over.resolve();
    },
  };
  void Promise.resolve(until).then(() => started.end(ended(code, started, now())));
  return started;
}

function ended(code: number, { out, err }: Pick<Started, 'out' | 'err'>, at: number): Ended {
  return { is: 'ended', code, started: at, ended: at, written: { out: out.length, err: err.length } };
}
