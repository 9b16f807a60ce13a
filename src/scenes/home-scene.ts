import { type ListedRun, lastUnfinished, listRuns } from '../run/disk/list-runs.ts';
import { readRun } from '../run/disk/read-run.ts';
import { RunError } from '../run/disk/run-error.ts';
import type { RunbookRead } from '../runbook/runbook-file.ts';
import { shippedNames, titleOf } from '../shipped.ts';
import { withDraft } from './drafts.ts';
import { runbookDetails, runDetails } from './home-details.ts';
import type { HomeRun, HomeState, RunbookDetails, RunDetails } from './home-state.ts';
import type { Scene } from './scene.ts';
import { seeState } from './seen-state.ts';

/** What the home screen reaches outside itself. */
export type HomeWorld = {
  readonly dataDirectory: string;
  readonly startedAs: string;
  /** Reads the runbook that a name or a path means, or says why there is none to read. */
  readRunbook(word: string): Promise<RunbookRead | { readonly is: 'none'; readonly message: string; readonly advice: string }>;
};

/** The home screen. What is chosen is an act (`start`, `resume`, `page-report`, `leave`), which others carry out. */
export type HomeScene = Scene<HomeState> & {
  /** Looks up what the first frame does without: to be called when that stands. Resolves when all is there. */
  fillIn(): Promise<void>;
  /** Says what is being opened; null when that is over. */
  tellOpening(what: string | null): void;
  /** Says why what was chosen could not be opened. */
  refuse(refused: NonNullable<HomeState['refused']>): void;
};

/** Opens the home screen. Reads the list of the runs and the titles of the shipped runbooks, and nothing else. */
export async function openHomeScene(world: HomeWorld): Promise<HomeScene> {
  const { dataDirectory, startedAs } = world;
  const { runs, unreadable } = await listRuns(dataDirectory);
  const runDetailsOf = new Map<number, RunDetails>();
  const runbookDetailsOf = new Map<string, RunbookDetails>();
  const runbooks = shippedNames().map((name) => ({ name, title: titleOf(name) }));
  const inOrder = [...runs.filter(({ state }) => state !== 'finished'), ...runs.filter(({ state }) => state === 'finished')];
  let opening: string | null = null;
  let refused: HomeState['refused'] = null;
  let drafts: HomeState['drafts'] = {};
  let isClosed = false;
  const seen = seeState(
    (): HomeState => ({
      is: 'home',
      startedAs,
      runs: inOrder.map((run) => homeRun(run, runDetailsOf.get(run.run) ?? null)),
      toContinue: lastUnfinished(runs)?.run ?? null,
      unreadable: unreadable.map(({ run, error }) => ({ run, message: error.message, advice: error.advice })),
      runbooks: runbooks.map((runbook) => ({ ...runbook, more: runbookDetailsOf.get(runbook.name) ?? null })),
      opening,
      refused,
      drafts,
    }),
  );
  const { changed } = seen;

  async function lookAtRun(number: number): Promise<void> {
    if (isClosed || runDetailsOf.has(number)) return;
    try {
      runDetailsOf.set(number, runDetails((await readRun(number, dataDirectory)).state));
    } catch (error) {
      // It was read for the list a moment ago; if it cannot be read any more, opening it says why.
      if (!(error instanceof RunError)) throw error;
      return;
    }
    changed();
  }

  async function lookAtRunbook(name: string): Promise<void> {
    if (isClosed || runbookDetailsOf.has(name)) return;
    const read = await world.readRunbook(name);
    if (read.is !== 'read') return;
    runbookDetailsOf.set(name, runbookDetails(read.source));
    changed();
  }

  return {
    state: seen.state,
    subscribe: seen.subscribe,
    act(act) {
      switch (act.do) {
        case 'start':
        case 'resume':
          refused = null;
          return changed();
        case 'look-at':
          return void lookAtRun(act.run);
        case 'draft':
          drafts = withDraft(drafts, act.of, act.text);
          refused = null;
          return changed();
        default:
      }
    },
    async fillIn() {
      for (const { run, state } of inOrder) if (state !== 'finished') await lookAtRun(run);
      for (const { name } of runbooks) await lookAtRunbook(name);
    },
    tellOpening(what) {
      opening = what;
      changed();
    },
    refuse(why) {
      refused = why;
      opening = null;
      changed();
    },
    async close() {
      isClosed = true;
    },
  };
}

function homeRun({ run, runbook, title, state, step, done, steps, started, changed }: ListedRun, more: RunDetails | null): HomeRun {
  return { run, runbook, title, state, step, done, steps, started: Date.parse(started), changed: Date.parse(changed), more };
}
