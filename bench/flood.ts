import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import ssh2 from 'ssh2';
import type { HostsOfTest } from '../test/program/hosts-of-test.ts';
import { type FloodRun, floodCommand, openFloodRun, sizeOf, startFloodHost, tookFile } from './flood-run.ts';
import { floodBlock } from './flood-source.ts';
import { middle, quantile } from './interleave.ts';
import { load } from './load.ts';
import { cpuOf, peakOf, peakOfNode } from './processes.ts';

type Say = (line: string) => void;
/** What a taker of the stream does to it: how long the command took on the host, and how fast its bytes came. */
type Taken = { readonly command: number; readonly rate: number };

/** Below what a host keeps of one command's output: all of it comes here. */
const bytes = 240e6;
const rate = 100;

/** Keys, the remote, the log and memory while a command on a host offers 100 MB a second, through the whole program with its screens. */
export async function measureFlood(say: Say): Promise<void> {
  await using hosts = await startFloodHost();
  await stream(hosts, say);
  await keys(hosts, say);
  await memory(hosts, say);
}

/** In turn: ssh2 alone, the program, ssh2 alone, … */
async function stream(hosts: HostsOfTest, say: Say): Promise<void> {
  const rounds = 5;
  const run = await openFloodRun(hosts, Array(rounds).fill(floodCommand(bytes, rate)));
  const client = await connect(hosts);
  const alone: Taken[] = [];
  const own: Taken[] = [];
  let equal = 0;
  for (let round = 0; round < rounds; round++) {
    alone.push({ rate: await takeAlone(client), command: await took(hosts) });
    if (round > 0) await run.screen.shows('r run (asks)');
    await run.step.run();
    own.push({ rate: await takeWithLog(run.log(round)), command: await took(hosts) });
    if (isWhole(run.log(round))) equal += 1;
  }
  client.end();
  await run.screen.shows('is finished');
  await run.leave();
  say(`\nThe remote, ${rounds} rounds of ${bytes / 1e6} MB offered at ${rate} MB/s, in turn with ssh2 alone (load ${load()} at the end)`);
  for (const [name, of] of [
    ['the command on the host', (taken: Taken) => taken.command],
    ['bytes taken a second', (taken: Taken) => 1 / taken.rate],
  ] as const) {
    const ratios = own.map((taken, round) => of(taken) / of(alone[round] ?? taken)).sort((a, b) => a - b);
    say(
      `  ${name.padEnd(44)} ${middle(ratios).toFixed(2)}x the time (${ratios[0]?.toFixed(2)} to ${ratios.at(-1)?.toFixed(2)}), goal 1.1x`,
    );
  }
  say(`  ${'logs byte-equal to the source'.padEnd(44)} ${equal} of ${rounds}`);
}

/** Follows and stops following, again and again, at the pace of a person who looks. */
async function keys(hosts: HostsOfTest, say: Say): Promise<void> {
  const steps = 8;
  const run = await openFloodRun(hosts, Array(steps).fill(floodCommand(bytes, rate)));
  await run.step.runAll();
  const flooded = await pressKeys(run, 90);
  await run.screen.shows('is finished');
  await run.leave();
  const quiet = await openFloodRun(hosts, ['seq 1 5000; sleep 30']);
  await quiet.step.run();
  await sleep(1000);
  const idle = await pressKeys(quiet, 60);
  const before = cpuOf(quiet.screen.pid);
  await sleep(8000);
  const cpu = (cpuOf(quiet.screen.pid) - before) / 8;
  await quiet.screen.shows('is finished');
  await quiet.leave();
  say(`\nFrom a key to its frame, 140x40 (load ${load()} at the end)`);
  for (const [name, { times, lost }, goal] of [
    ['nothing is said', idle, ''],
    [`a command offers ${rate} MB/s`, flooded, ', goal p95 50 ms'],
  ] as const) {
    const [p50, p95, max] = [0.5, 0.95, 1].map((part) => quantile(times, part).toFixed(1).padStart(6));
    say(`  ${name.padEnd(44)} p50 ${p50} ms, p95 ${p95} ms, max ${max} ms (${times.length} keys, ${lost} lost)${goal}`);
  }
  say(`  ${'a core, while nothing but the clock goes on'.padEnd(44)} ${(cpu * 100).toFixed(1)} %, goal 3 %`);
}

type Answers = { readonly times: readonly number[]; readonly lost: number };

/** Until so many keys were pressed, or the run has ended. Between two steps another screen may stand there, to which the key means nothing. */
async function pressKeys({ screen }: FloodRun, count: number): Promise<Answers> {
  const times: number[] = [];
  let lost = 0;
  let isOver = false;
  void screen.shows('is finished', 600_000).then(() => {
    isOver = true;
  });
  while (times.length + lost < count && !isOver) {
    await sleep(60 + ((times.length * 37) % 150));
    const wanted = screen.text().includes('following one') ? 'f follows' : 'following one';
    const pressed = screen.press('f');
    const shown = await screen.shows(wanted, 1500).catch(() => null);
    if (shown !== null) times.push(shown - pressed);
    else if (!isOver) lost += 1;
  }
  return { times, lost };
}

async function memory(hosts: HostsOfTest, say: Say): Promise<void> {
  const node = peakOfNode();
  say('\nMost memory held, to node -e 0');
  for (const [name, size, goal] of [
    ['100 MB', 100e6, ''],
    ['1,000,000 lines', Math.round((floodBlock().length / 9_000) * 1e6), ', goal 4.5x'],
    ['2 GB', 2e9, ', goal as 100 MB'],
  ] as const) {
    const run = await openFloodRun(hosts, [floodCommand(size, 2 * rate)]);
    await run.step.run();
    await run.screen.shows('is finished');
    const peak = peakOf(run.screen.pid);
    await run.leave();
    await hosts.host('one').run('rm -rf /root/.handrail/* /home/ops/.handrail/*.one.*');
    say(`  ${name.padEnd(44)} ${(peak / 1024).toFixed(0).padStart(6)} MiB ${(peak / node).toFixed(2)}x${goal}`);
  }
}

async function connect(hosts: HostsOfTest): Promise<ssh2.Client> {
  const { address, port } = hosts.host('one');
  const client = new ssh2.Client();
  const isReady = new Promise((resolve, reject) => client.on('ready', () => resolve(undefined)).on('error', reject));
  client.connect({ host: address, port, username: 'ops', privateKey: readFileSync(join(hosts.home, '.ssh', 'id_ed25519')) });
  await isReady;
  return client;
}

/** Bytes a second (MB), from the first to the last. */
function takeAlone(client: ssh2.Client): Promise<number> {
  return new Promise((resolve, reject) => {
    client.exec(floodCommand(bytes, rate), (error, stream) => {
      if (error) return reject(error);
      let first = 0;
      let last = 0;
      stream.on('data', () => {
        last = performance.now();
        first ||= last;
      });
      stream.stderr.resume();
      stream.on('close', () => resolve(bytes / 1000 / (last - first)));
    });
  });
}

async function takeWithLog(log: string): Promise<number> {
  let first = 0;
  for (let size = 0; size < bytes; size = sizeOf(log)) {
    if (size > 0) first ||= performance.now();
    await sleep(5);
  }
  return bytes / 1000 / (performance.now() - first);
}

async function took(hosts: HostsOfTest): Promise<number> {
  for (;;) {
    const { out } = await hosts.host('one').run(`cat ${tookFile} 2>/dev/null && rm ${tookFile}`);
    if (out !== '') return Number(out);
    await sleep(20);
  }
}

function isWhole(log: string): boolean {
  const block = floodBlock();
  const text = readFileSync(log);
  if (text.length !== bytes) return false;
  for (let at = 0; at < text.length; at += block.length) {
    if (!text.subarray(at, at + block.length).equals(block.subarray(0, Math.min(block.length, text.length - at)))) return false;
  }
  return true;
}
