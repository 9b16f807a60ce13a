import { statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inTerminal } from '../test/program/handrail.ts';
import { type HostsOfTest, startHosts } from '../test/program/hosts-of-test.ts';
import { operate } from '../test/program/operate.ts';
import { openTimedScreen, type TimedScreen } from './timed-screen.ts';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/** Where the source leaves how long it took, on the host. */
export const tookFile = '/tmp/took';

/** One real sshd host on which `floodCommand` runs. */
export async function startFloodHost(): Promise<HostsOfTest> {
  const mounts = [
    { from: dirname(process.execPath), to: '/opt/node' },
    { from: fileURLToPath(new URL('.', import.meta.url)), to: '/opt/bench' },
  ];
  return await startHosts([{ name: 'one', roles: ['node'], test: { size: '6g', mounts } }]);
}

/** Writes so many bytes at an offered rate of so many MB a second. */
export function floodCommand(bytes: number, rate: number): string {
  return `/opt/node/node /opt/bench/flood-source.ts ${bytes} ${rate} ${tookFile}`;
}

/** A run whose steps each say much, open on the screens at its first step. */
export type FloodRun = {
  readonly screen: TimedScreen;
  /** The log of a step, counted from 0. */
  log(step: number): string;
  /** Says yes to the step that is open, or to all; resolves when the first output is there. */
  readonly step: { run(): Promise<void>; runAll(): Promise<void> };
  leave(): Promise<void>;
};

let runs = 0;

export async function openFloodRun(hosts: HostsOfTest, commands: readonly string[]): Promise<FloodRun> {
  runs += 1;
  const file = join(hosts.folder, `flood-${runs}.md`);
  writeFileSync(file, runbook(commands));
  const known = ['--ssh-config', hosts.sshConfig];
  // Set-up is not what is measured: plain mode takes it from the hosts file, and is left at its first question.
  await operate(inTerminal(hosts, ['run', file, '--hosts', hosts.hostsFile, ...known, '--plain']), () => 'q');
  const screen = openTimedScreen(process.execPath, [cli, 'resume', String(runs), ...known], hosts, { columns: 140, rows: 40 });
  await screen.shows('Enter goes on');
  screen.press('\r');
  await screen.shows('r run (asks)');
  const answer = async (key: string): Promise<void> => {
    // A step is seen a moment before the run asks about it; until then the key does nothing.
    for (let isAsked = false; !isAsked; ) {
      screen.press('r');
      isAsked = await screen.shows('y run it', 1000).then(
        () => true,
        () => false,
      );
    }
    // A dialog takes no key in its first half second.
    await new Promise((resolve) => setTimeout(resolve, 700));
    screen.press(key);
    await screen.shows('following one');
  };
  return {
    screen,
    log: (step) => join(hosts.env['HANDRAIL_DATA'] ?? '', 'runs', String(runs), 'logs', `flood-${step}`, 'one.1.1.log'),
    step: { run: () => answer('y'), runAll: () => answer(commands.length > 1 ? 'a' : 'y') },
    async leave() {
      screen.press('q');
      await screen.ended;
    },
  };
}

/** Bytes of a file; 0 where there is none yet. */
export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function runbook(commands: readonly string[]): string {
  const head = '# A flood\n\n```yaml runbook\nhandrail: 1\nroles:\n  node: { min: 1 }\n```\n\n## Much output\n';
  const steps = commands.map(
    (command, step) => `### Say much, ${step}\n\n\`\`\`bash step=flood-${step}\n#| on: node\n${command}\n\`\`\`\n`,
  );
  return [head, ...steps].join('\n');
}
