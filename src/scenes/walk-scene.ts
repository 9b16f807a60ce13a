import type { Clock } from '../clock.ts';
import type { Asker, Hosts } from '../hosts/host.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { Run } from '../run/disk/run.ts';
import { openWalk } from '../run/walk/open-walk.ts';
import type { Question } from '../run/walk/question.ts';
import type { WalkEnd } from '../run/walk/runner.ts';
import type { Runbook } from '../runbook/runbook.ts';
import type { Act } from './act.ts';
import { withDraft } from './drafts.ts';
import { type OutputController, openOutputPane } from './output-pane.ts';
import type { Scene } from './scene.ts';
import { seeState } from './seen-state.ts';
import { shownValues } from './shown-values.ts';
import { hear, nothingTold } from './walk-notices.ts';
import type { WalkState } from './walk-state.ts';

export type WalkSceneOptions = {
  readonly run: Run;
  /** Read from the run's own copy. */
  readonly runbook: Runbook;
  readonly runbookChanged: boolean;
  readonly mode: WalkState['mode'];
  readonly clock: Clock;
  openHosts(asker: Asker): Hosts;
  readonly startedAs: string;
  lendTerminal<T>(work: () => Promise<T>): Promise<T>;
};

/** A walk before the screens. `ended` resolves when it is over and the run and its hosts are closed. */
export type WalkScene = Scene<WalkState> & {
  readonly ended: Promise<WalkEnd>;
  readonly stream: OutputController['stream'];
  /** True where the operator has said that he leaves, and has not gone on since. */
  isLeaving(): boolean;
};

/** How long secrets stay revealed, in milliseconds (design.md, promise 2). */
const revealTime = 10_000;

/** Begins to walk: the same runner as in plain mode, seen as one state. */
export function openWalkScene(options: WalkSceneOptions): WalkScene {
  const { run, runbook, clock } = options;
  const { runbookChanged, openHosts, lendTerminal } = options;
  const walk = openWalk({ run, runbook, runbookChanged, clock, openHosts, lendTerminal, isUnattended: false });
  const { runner } = walk;
  let told = nothingTold;
  let end: WalkEnd | null = null;
  let revealedUntil: number | null = null;
  let isLeaving = false;
  let drafts: WalkState['drafts'] = {};
  const { inputs } = makePlan(runbook, run.setup);
  const seen = seeState(
    (): WalkState => ({
      is: 'walk',
      mode: options.mode,
      run: runner.state(),
      runbook,
      folder: run.folder,
      startedAs: options.startedAs,
      questions: runner.questions(),
      plan: (step) => runner.plan(step),
      inFlight: runner.inFlight,
      inputs,
      values: shownValues(run.values(), { revealsSecrets: isRevealed() }),
      mask: run.secrets.mask,
      ...told,
      output: output.state(),
      revealedUntil,
      drafts,
      end,
    }),
  );
  const { changed } = seen;
  const output = openOutputPane({ folder: run.folder, clock, run: () => runner.state(), changed });
  runner.subscribe((notice) => {
    const before = told;
    told = hear(told, notice, clock.now());
    output.take(notice);
    if (notice.is !== 'output' || told !== before) changed();
  });

  const ended = runner.ended.finally(walk.close).then((how) => {
    end = how;
    // Nothing is revealed any more that the journal could tell.
    revealedUntil = null;
    changed();
    return how;
  });

  return {
    ended,
    stream: output.stream,
    isLeaving: () => isLeaving,
    state: seen.state,
    subscribe: seen.subscribe,
    act(act) {
      output.act(act);
      if (end !== null) return;
      switch (act.do) {
        case 'answer': {
          const question = runner.questions().find((each) => each.id === act.answer.question);
          if (question?.is === 'interrupted' && act.answer.choice !== 'leave-running') isLeaving = false;
          if (question?.is === 'confirm' && act.answer.choice.startsWith('yes')) told = { ...told, underWay: question };
          return runner.send(act);
        }
        case 'interrupt':
        case 'note':
          return runner.send(act);
        case 'reveal':
          revealedUntil = clock.now() + revealTime;
          changed();
          // Nothing else may happen until then, and they must be hidden all the same.
          void clock.sleep(revealTime, walk.signal).then(changed, () => undefined);
          return runner.send(act);
        case 'leave-run':
          isLeaving = true;
          return leave(runner.questions(), runner.send);
        case 'draft':
          drafts = withDraft(drafts, act.of, act.text);
          return changed();
        case 'seen-resume':
          told = { ...told, resumed: null };
          return changed();
        default:
      }
    },
    async close() {
      walk.giveUp('The screens are closed.');
      // The second time it is not asked what shall be with what runs: it is left running.
      runner.send({ do: 'interrupt' });
      runner.send({ do: 'interrupt' });
      await ended.catch(() => undefined);
      await output.close();
    },
  };

  function isRevealed(): boolean {
    return revealedUntil !== null && clock.now() < revealedUntil;
  }
}

/** Leaves a walk as its open question allows; what runs on hosts is asked about by the runner itself. */
function leave(questions: readonly Question[], send: (act: Extract<Act, { do: 'answer' | 'interrupt' }>) => void): void {
  // A second interrupt would be its answer.
  if (questions.some(({ is }) => is === 'interrupted')) return;
  const stopping = questions.find((question) => (question.choices as readonly string[]).includes('stop'));
  if (stopping !== undefined && questions.length === 1) send({ do: 'answer', answer: { question: stopping.id, choice: 'stop' } });
  else send({ do: 'interrupt' });
}
