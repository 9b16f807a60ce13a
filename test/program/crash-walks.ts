import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startWithoutTerminal, withoutTerminal } from './handrail.ts';
import { type HostsOfTest, startHosts } from './hosts-of-test.ts';
import type { OperatorHome } from './operator-home.ts';

const runbook = fileURLToPath(new URL('runbooks/crash.md', import.meta.url));

/** What came of walks that were killed again and again. Each entry tells the walk, when it was killed, and what was wrong. */
export type CrashWalks = {
  readonly kills: number;
  /** Kills that met a walk before its end, and after its first command. */
  readonly killsInTheMiddle: number;
  readonly notOnce: readonly string[];
  readonly notResumed: readonly string[];
};

/** Walks a short runbook without a person, kills the program at random moments, and resumes it until it has finished. */
export async function crashWalks(count: number, { atOnce = 4 }: { readonly atOnce?: number } = {}): Promise<CrashWalks> {
  const hosts = await startHosts(['one', 'two'].map((name) => ({ name, roles: ['node'] })));
  const told: { kills: number; killsInTheMiddle: number; notOnce: string[]; notResumed: string[] } = {
    kills: 0,
    killsInTheMiddle: 0,
    notOnce: [],
    notResumed: [],
  };
  let next = 0;
  const walkAll = async (): Promise<void> => {
    while (next < count) {
      const name = `walk-${next++}`;
      const { kills, killsInTheMiddle, notOnce, notResumed } = await walkAndKill(hosts, name);
      told.kills += kills;
      told.killsInTheMiddle += killsInTheMiddle;
      told.notOnce.push(...notOnce);
      told.notResumed.push(...notResumed);
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, walkAll));
  } finally {
    await hosts[Symbol.asyncDispose]();
  }
  return told;
}

/** About how many a walk shows, from its beginning and when it goes on. */
const linesOfRun = 105;
const linesOfResume = 60;

async function walkAndKill(hosts: HostsOfTest, name: string): Promise<CrashWalks> {
  const operator: OperatorHome = { ...hosts, env: { ...hosts.env, HANDRAIL_DATA: `${hosts.folder}/data-${name}` } };
  const run = ['run', runbook, '--hosts', hosts.hostsFile, '--ssh-config', hosts.sshConfig, '--input', `walk=${name}`, '--yes'];
  const resume = ['resume', '--ssh-config', hosts.sshConfig, '--yes'];
  const moments: string[] = [];
  let isMade = false;
  let kills = 0;
  let killsInTheMiddle = 0;
  const most = 1 + Math.floor(Math.random() * 2.5);
  while (kills < most) {
    const program = startWithoutTerminal(operator, isMade ? resume : run);
    // By lines, so that the kills are spread over the walk on a slow machine as well; then by time, to meet it between them.
    const line = Math.floor(Math.random() * (isMade ? linesOfResume : linesOfRun));
    const later = Math.random() * 60;
    await program.hasShown(line);
    await Promise.race([program.ended, sleep(later)]);
    program.kill('SIGKILL');
    const { code, signal, out } = await program.ended;
    isMade ||= /^This is run \d+\.$/m.test(out);
    moments.push(`line ${line} and ${Math.round(later)} ms: ${signal ?? code}`);
    if (signal !== 'SIGKILL') break;
    kills++;
    if (out.includes(': running')) killsInTheMiddle++;
    // It may be made and not yet told: then it is found by the list.
    isMade ||= (await withoutTerminal(operator, ['runs', '--json'])).out.includes('"run"');
  }
  const last = await withoutTerminal(operator, isMade ? resume : run);
  const about = `${name} (killed after ${moments.join(', ')})`;
  const { out: lines } = await hosts.host('one').run(`cat /srv/${name} 2>/dev/null; :`);
  const { out: others } = await hosts.host('two').run(`cat /srv/${name} 2>/dev/null; :`);
  const number = /^brings (\d+)$/m.exec(lines)?.[1] ?? '?';
  const isOnce = lines === `first\nbrings ${number}\nuses ${number}\nlast\n` && others === `first\nuses ${number}\nlast\n`;
  return {
    kills,
    killsInTheMiddle,
    notOnce: isOnce ? [] : [`${about}: ${JSON.stringify([lines, others])}`],
    notResumed: last.code === 0 ? [] : [`${about}: ended with ${last.code}: ${last.out.slice(-1500)}${last.err}`],
  };
}
