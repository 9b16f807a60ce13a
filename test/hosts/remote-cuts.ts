import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Host, HostError } from '../../src/hosts/host.ts';
import { hostOver } from '../../src/hosts/remote-run/host-over.ts';
import { startTestHost } from '../test-hosts/start-test-host.ts';
import { idOf, never, realClock } from './remote-host.ts';
import { setupHost, testConsole } from './ssh-console.ts';

export type Tally = { ran: number; cuts: number; losses: number; wrong: string[] };

/**
 * Runs commands on three real hosts (dash, bash, busybox) while their connections are cut at random moments, in three ways, and compares
 * what each left on the host and what of it arrived. Nothing wrong: each ran once, no byte lost or doubled, right exit codes.
 */
export async function runUnderCuts(commands: number): Promise<Tally> {
  const tally: Tally = { ran: 0, cuts: 0, losses: 0, wrong: [] };
  const shells = ['dash', 'bash', 'busybox'];
  await Promise.all(shells.map((sh) => onOneHost(sh, Math.ceil(commands / shells.length), tally)));
  return tally;
}

async function onOneHost(sh: string, commands: number, tally: Tally): Promise<void> {
  using console = testConsole();
  await using machine = await startTestHost({
    name: `cut-${sh}`,
    users: [{ name: 'ops', keys: [console.makeKey('none')] }],
    sudoers: ['ops ALL=(ALL:ALL) NOPASSWD: ALL'],
    setUp: `ln -sf "$(command -v ${sh})" /bin/sh; mkdir -m 1777 /var/ran`,
  });
  const setup = setupHost(machine);
  const host = hostOver(console.open([setup]).get(setup.name), setup, realClock);
  const over = new AbortController();
  const cutter = (async () => {
    while (!over.signal.aborted) {
      await sleep(randomInt(5, 250));
      const way = randomInt(3);
      if (way === 0) host.disconnect();
      else if (way === 1) await machine.cutConnections();
      // What serves the connection on the host is killed, its supervisors are not.
      else
        await machine.run(
          "for p in $(grep -l -a 'hr_[p]rogram=' /proc/[0-9]*/cmdline 2>/dev/null); do p=${p%/cmdline}; kill -s KILL ${p#/proc/}; done 2>/dev/null",
        );
      tally.cuts++;
    }
  })();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < commands) {
      const wrong = await oneCommand(host, next++, tally);
      if (wrong !== undefined) tally.wrong.push(`${sh}: ${wrong}`);
    }
  };
  await Promise.all([lane(), lane(), lane()]);
  over.abort();
  await cutter;
  for (let number = 0; number < commands; number++) {
    const times = (await machine.run(`cat /var/ran/${number}`)).out;
    if (times !== 'x\n') tally.wrong.push(`${sh}: ${number} ran ${times.length / 2} times`);
  }
  // A supervisor looks after its loggers for a moment when all is told.
  const supervisors = "grep -l -a 'handrail/superviso[r]-' /proc/[0-9]*/cmdline";
  const left = await machine.run(`for i in $(seq 1 100); do ${supervisors} >/dev/null 2>&1 || exit 0; sleep 0.05; done; ${supervisors}`);
  if (left.out !== '') tally.wrong.push(`${sh}: processes left: ${left.out}`);
  host.disconnect();
}

async function oneCommand(host: Host, number: number, tally: Tally): Promise<string | undefined> {
  const lines = randomInt(1, 300);
  const code = randomInt(0, 256);
  const streams = number % 2 === 0 ? 'one' : 'two';
  const script = `echo x >>/var/ran/${number}
for i in $(seq 1 ${lines}); do
  echo "out $i"
  [ $((i % 10)) != 0 ] || echo "err $i" >&2
  [ $((i % 50)) != 0 ] || sleep 0.0${randomInt(1, 10)}
done
exit ${code}`;
  const id = idOf(`cut-${number}`);
  const got = { out: [] as Buffer[], err: [] as Buffer[] };
  const at = { out: 0, err: 0 };
  await again(tally, () => host.start({ id, shell: 'bash', script, as: number % 3 === 0 ? 'root' : 'login', env: {}, streams }, never));
  const found = await again(tally, () =>
    host.follow(
      id,
      { ...at },
      ({ stream, offset, bytes }) => {
        if (offset !== at[stream]) throw new Error(`a chunk at ${offset}, not at ${at[stream]}`);
        at[stream] += bytes.length;
        got[stream].push(Buffer.from(bytes));
      },
      never,
    ),
  );
  tally.ran++;
  const all = Array.from({ length: lines }, (_, i) => i + 1);
  const tens = all.filter((i) => i % 10 === 0);
  const expected =
    streams === 'two'
      ? { out: all.map((i) => `out ${i}\n`).join(''), err: tens.map((i) => `err ${i}\n`).join('') }
      : { out: all.map((i) => `out ${i}\n${i % 10 === 0 ? `err ${i}\n` : ''}`).join(''), err: '' };
  if (found.is !== 'ended' || found.code !== code) return `${number} ended as ${JSON.stringify(found)}, not with ${code}`;
  for (const stream of ['out', 'err'] as const) {
    const text = Buffer.concat(got[stream]).toString();
    if (text !== expected[stream]) return `${number} ${stream}: ${text.length} bytes arrived of ${expected[stream].length}`;
    if (found.written[stream] !== text.length) return `${number} ${stream}: ${found.written[stream]} bytes told, ${text.length} arrived`;
  }
  return undefined;
}

/** As the runner does: a loss is no failure, the call is made again. */
async function again<T>(tally: Tally, call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await call();
    } catch (error) {
      const isHostError = error instanceof HostError && ['lost', 'unreachable', 'refused', 'unsupported'].includes(error.kind);
      // A connection that was being made when it was told to end.
      const isLoss = isHostError || (error instanceof Error && error.message === 'disconnected');
      if (!isLoss || tries === 60) throw error;
      tally.losses++;
    }
  }
}
