import { isDeepStrictEqual } from 'node:util';
import type { HostReport, HostsCheck } from '../hosts/check-hosts.ts';
import type { Asker } from '../hosts/host.ts';
import { hostCells, hostsTable } from '../hosts/hosts-table.ts';
import type { KeptAnswers } from '../hosts/kept-answers.ts';
import { type Known, nothingKnown } from '../plan/known.ts';
import { askThrough } from '../run/walk/asker.ts';
import type { Answer, Question } from '../run/walk/question.ts';
import { openQuestionDesk } from '../run/walk/question-desk.ts';
import type { SetupHost } from '../runbook/runbook.ts';
import type { CheckedHost, HostsCheckState } from './set-up-state.ts';

/** Looks at hosts side by side, as `checkHosts` does. */
export type CheckHosts = (
  hosts: readonly SetupHost[],
  options: { readonly asker: Asker; readonly onReport: (report: HostReport) => void },
  signal: AbortSignal,
) => Promise<HostsCheck>;

/** The check of the hosts of a set-up: its results as they come, and what the connections ask meanwhile. */
export type SetUpCheck = {
  state(): HostsCheckState | null;
  questions(): readonly Question[];
  answer(answer: Answer): void;
  /** What the hosts that were reached have told. */
  known(): Known;
  /** Checks these hosts, all at once; a check under way is given up. */
  start(hosts: readonly SetupHost[]): void;
  /** Gives up what is under way, and forgets what was found unless it was found of these hosts. */
  keepOf(hosts: readonly SetupHost[]): void;
  close(): Promise<void>;
};

/** From this difference on a clock is told as wrong, in milliseconds. */
const clockLimit = 2000;

export function openSetUpCheck({
  check,
  kept,
  changed,
  broken,
}: {
  readonly check: CheckHosts;
  readonly kept: KeptAnswers;
  readonly changed: () => void;
  /** The check itself has failed, which no host can make it do. */
  readonly broken: (error: unknown) => void;
}): SetUpCheck {
  const desk = openQuestionDesk();
  desk.listen(changed);
  let hosts: readonly SetupHost[] = [];
  let state: HostsCheckState | null = null;
  let known = nothingKnown;
  let giveUp = new AbortController();
  let underWay: Promise<void> = Promise.resolve();

  async function run(checked: readonly SetupHost[], signal: AbortSignal): Promise<void> {
    const onReport = (report: HostReport): void => {
      if (signal.aborted || state === null) return;
      known = withReport(known, report);
      state = { ...state, hosts: state.hosts.map((host) => (host.name === report.name ? withFound(host, report) : host)) };
      changed();
    };
    try {
      const found = await check(checked, { asker: kept.before(askThrough(desk, signal)), onReport }, signal);
      if (!signal.aborted && state !== null) state = { ...state, isRunning: false, said: hostsTable([]).end(found).split('\n') };
    } catch (error) {
      if (!signal.aborted) broken(error);
    }
    changed();
  }

  function stop(): void {
    giveUp.abort(new Error('The check was given up.'));
    giveUp = new AbortController();
  }

  return {
    state: () => state,
    questions: desk.open,
    answer: desk.answer,
    known: () => known,
    start(next) {
      stop();
      hosts = next;
      known = nothingKnown;
      state = {
        isRunning: true,
        hosts: next.map(({ name, address, roles }) => ({ name, address, roles, is: 'waiting' })),
        said: [],
      };
      underWay = run(next, giveUp.signal);
      changed();
    },
    keepOf(next) {
      if (state === null || isDeepStrictEqual(hosts.map(withoutValues), next.map(withoutValues))) return;
      stop();
      state = null;
      known = nothingKnown;
    },
    async close() {
      stop();
      await underWay;
    },
  };
}

/** What is answered for a host makes it no other one. */
function withoutValues({ values: _, ...host }: SetupHost): Omit<SetupHost, 'values'> {
  return host;
}

function withReport(known: Known, report: HostReport): Known {
  if (report.is !== 'reached') return known;
  const { name, survey } = report;
  return { ...known, facts: { ...known.facts, [name]: survey.facts }, users: { ...known.users, [name]: survey.user } };
}

function withFound({ name, address, roles }: CheckedHost, report: HostReport): CheckedHost {
  const host = { name, address, roles };
  if (report.is === 'failed') return { ...host, is: 'failed', kind: report.kind, message: report.message, advice: report.advice };
  const { sudo, clockDifference } = report;
  return {
    ...host,
    is: 'reached',
    cells: hostCells(report),
    wrong: sudo.is === 'none' ? sudo.why : null,
    isClockOff: Math.abs(clockDifference) > clockLimit,
  };
}
