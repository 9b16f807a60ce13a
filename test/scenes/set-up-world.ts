import type { HostReport } from '../../src/hosts/check-hosts.ts';
import { readInventory } from '../../src/hosts/inventory.ts';
import { writeInventory } from '../../src/hosts/write-inventory.ts';
import type { Setup } from '../../src/plan/plan.ts';
import type { Run } from '../../src/run/disk/run.ts';
import { newRun } from '../../src/run/walk/new-run.ts';
import { readRunbook } from '../../src/runbook/read-runbook.ts';
import type { Runbook } from '../../src/runbook/runbook.ts';
import type { CheckHosts } from '../../src/scenes/set-up-check.ts';
import type { SetUpWorld } from '../../src/scenes/set-up-scene.ts';
import { temporaryFolder } from '../run/temporary-folder.ts';
import { createTestClock } from '../run/test-clock.ts';

/** A machine of a set-up's test: what it shows and asks before it is reached, and how it fails. */
export type CheckedMachine = {
  readonly fingerprint?: string;
  /** It asks for this password of the login. */
  readonly password?: string;
  readonly fails?: { readonly kind: 'unreachable' | 'refused'; readonly message: string; readonly advice: string };
  readonly clockDifference?: number;
  readonly machineId?: string;
  readonly sudo?: 'none';
  /** It is found out only then. */
  readonly after?: Promise<void>;
};

export type TestWorld = SetUpWorld & {
  /** Hosts files by path. */
  readonly files: Map<string, string>;
  readonly begun: Setup[];
};

/** A world with files in memory, machines that answer as they are told, and runs in a folder that is gone after the test. */
export async function setUpWorld(
  runbook: Runbook,
  text: string,
  machines: Readonly<Record<string, CheckedMachine>> = {},
): Promise<TestWorld> {
  const dataDirectory = await temporaryFolder();
  const files = new Map<string, string>();
  const begun: Setup[] = [];
  const runs: Run[] = [];
  return {
    files,
    begun,
    check: checkMachines(machines),
    async readHosts(path) {
      const source = files.get(path);
      return source === undefined ? { wrong: `There is no file ${path}.` } : readInventory(path, source);
    },
    async saveHosts(path, hosts) {
      if (files.has(path)) return `${path} is there already; it was not changed.`;
      files.set(path, writeInventory(hosts));
      return null;
    },
    async begin(setup) {
      begun.push(setup);
      const source = { file: `/guides/${runbook.name}.md`, text, includes: {}, runbook };
      const run = await newRun(source, setup, { dataDirectory, clock: createTestClock(), sshConfig: undefined });
      runs.push(run);
      return run;
    },
  };
}

/** Reads a runbook that has no mistake. */
export function runbookOf(text: string): Runbook {
  const { runbook, problems } = readRunbook('guide.md', text);
  if (runbook === null) throw new Error(problems.map((each) => `${each.line}: ${each.message}`).join('\n'));
  return runbook;
}

function checkMachines(machines: Readonly<Record<string, CheckedMachine>>): CheckHosts {
  return async (hosts, { asker, onReport }, signal) => {
    let forAll: string | undefined;
    // Passwords are asked for one after the other, as connections do.
    let turn: Promise<unknown> = Promise.resolve();
    const login = async (host: string, password: string): Promise<boolean> => {
      if (forAll === password) return true;
      const told = await asker.secret({ host, what: 'login', prompt: `ops@${host}'s password:`, echo: false, canBeForAll: true });
      if (told !== null && typeof told === 'object') forAll = told.text;
      return (typeof told === 'string' ? told : told?.text) === password;
    };
    const reports = await Promise.all(
      hosts.map(async ({ name, address }): Promise<HostReport> => {
        const { fingerprint, password, fails, after, ...rest } = machines[name] ?? {};
        await after;
        const key = { host: name, address, keyType: 'ssh-ed25519', fingerprint: fingerprint ?? '', knownTypes: [] };
        const isTrusted = fingerprint === undefined || (await asker.trustHostKey(key));
        const trying = turn.then(() => password === undefined || !isTrusted || login(name, password));
        turn = trying.catch(() => undefined);
        const isIn = await trying;
        const report: HostReport = !isTrusted
          ? {
              name,
              is: 'failed',
              kind: 'untrusted',
              message: `The host key of ${name} is not known and was not accepted.`,
              advice: 'Compare it.',
            }
          : fails !== undefined
            ? { name, is: 'failed', ...fails }
            : isIn
              ? reached(name, rest)
              : { name, is: 'failed', kind: 'refused', message: `${name} does not let ops in.`, advice: 'Check the password.' };
        signal.throwIfAborted();
        onReport(report);
        return report;
      }),
    );
    const ids = Map.groupBy(reports, (report) => (report.is === 'reached' ? report.survey.machineId : report.name));
    const twins = [...ids.values()].filter((same) => same.length > 1).map((same) => same.map(({ name }) => name));
    return { reports, twins, code: reports.some(({ is }) => is === 'failed') ? 3 : 0 };
  };
}

function reached(name: string, { clockDifference = 20, machineId = name, sudo }: CheckedMachine): HostReport {
  return {
    name,
    is: 'reached',
    hostKey: 'SHA256:known',
    sudo: sudo === 'none' ? { is: 'none', why: `ops may not become root on ${name}.` } : { is: 'free' },
    survey: {
      user: 'ops',
      isRoot: false,
      machineId,
      bootId: 'boot',
      time: 0,
      facts: { os: 'debian', family: 'debian', release: '12', arch: 'amd64', hostname: name, interface: 'eth0' },
      swap: 0,
      freeDisk: 20_480,
    },
    clockDifference,
  };
}
