import type { Clock } from '../clock.ts';
import type { Asker, Hosts } from '../hosts/host.ts';
import { cleanLine } from '../output/clean.ts';
import type { Run } from '../run/disk/run.ts';
import { openWalk } from '../run/walk/open-walk.ts';
import type { Notice, Question } from '../run/walk/question.ts';
import type { Runner } from '../run/walk/runner.ts';
import type { Runbook } from '../runbook/runbook.ts';
import type { Said } from '../words/said.ts';
import { showConfirm } from '../words/show-confirm.ts';
import { showQuestion } from '../words/show-question.ts';
import { type Asking, answerForNobody, askPlain, nobody } from './ask-plain.ts';
import type { Conversation } from './conversation.ts';
import { linesOf } from './lines.ts';
import { showEnd } from './show-end.ts';
import { showHeading } from './show-heading.ts';
import { tellNotice } from './tell-notice.ts';
import { openOutputTeller } from './tell-output.ts';
import { answerUnattended, type Unattended } from './unattended.ts';

export type PlainWalk = {
  readonly run: Run;
  /** Read from the run's own copy. */
  readonly runbook: Runbook;
  /** Of a resumed run: its runbook's file is no longer what it was. */
  readonly runbookChanged: boolean;
  readonly clock: Clock;
  openHosts(asker: Asker): Hosts;
  readonly conversation: Conversation;
  /** What `--yes` allows; without it a person answers. */
  readonly unattended?: Unattended;
  /** How the program was started, to begin the commands it prints. */
  readonly startedAs: string;
};

/** Two presses of Ctrl+C nearer than this are one: a terminal and npm both send it. */
const onePress = 100;

/** Walks a run line by line, to its end or to where it stops; closes the run and its hosts. Resolves with the exit code. */
export async function walkPlain(options: PlainWalk): Promise<0 | 1 | 3 | 130> {
  const { run, runbook, runbookChanged, clock, conversation, unattended, startedAs } = options;
  const walk = openWalk({
    run,
    runbook,
    runbookChanged,
    clock,
    openHosts: options.openHosts,
    lendTerminal: (work) => conversation.lend(work),
    isUnattended: unattended !== undefined,
  });
  const { runner } = walk;
  const say = (said: readonly Said[]): void => {
    for (const line of linesOf(said)) conversation.say(run.secrets.mask(cleanLine(line)));
  };
  const sayOpenly = (said: readonly Said[]): void => {
    for (const line of linesOf(said)) conversation.say(cleanLine(line));
  };
  listenForInterrupts(conversation, runner);
  tellAlong(runner, say);
  const asking: Asking = { conversation, runner, folder: run.folder, explained: new Set(), say, sayOpenly };
  const answering = answerAll(asking, unattended, walk.signal);
  try {
    // What breaks while it asks ends the walk; that it has no more to ask does not.
    const { code, why, isInterrupted } = await Promise.race([runner.ended, answering.then(() => runner.ended)]);
    say(showEnd({ state: runner.state(), why, folder: run.folder, startedAs }));
    return isInterrupted ? 130 : code;
  } finally {
    walk.giveUp('The walk has ended.');
    await answering.catch(() => {});
    await walk.close();
  }
}

/** Tells everything but questions, under the heading of the step it belongs to. */
function tellAlong(runner: Runner, say: (said: readonly Said[]) => void): void {
  let heading: string | undefined;
  const output = openOutputTeller(say, () => (runner.state().steps.find((step) => step.id === heading)?.perHost.length ?? 0) < 2);
  const lost = new Map<string, string | undefined>();
  // Each try to connect that fails again is told as a loss.
  const isToldAlready = ({ host, state, why }: Extract<Notice, { is: 'connection' }>): boolean => {
    if (state === 'reconnecting') return true;
    const isTold = state === 'lost' && lost.has(host) && lost.get(host) === why;
    if (state === 'lost') lost.set(host, why);
    else lost.delete(host);
    return isTold;
  };
  runner.subscribe((notice) => {
    const event = notice.is === 'event' ? notice.event : undefined;
    const step = stepOf(notice);
    if (step !== undefined && step !== heading) {
      heading = step;
      say(showHeading(runner.state(), step));
    }
    if (notice.is === 'connection' && isToldAlready(notice)) return;
    if (notice.is === 'output') output.take(notice);
    if (event?.type === 'part-ended') output.end(event.host);
    say(tellNotice(notice, runner.state()));
  });
}

/** The step under whose heading a notice belongs, where it may be another than the last. */
function stepOf(notice: Notice): string | undefined {
  if (notice.is === 'output' || notice.is === 'checking') return notice.step;
  if (notice.is === 'asked') return 'step' in notice.question ? notice.question.step.step.id : undefined;
  return notice.is === 'event' && notice.event.type === 'step-opened' ? notice.event.step : undefined;
}

/** Puts the open questions to whoever answers, one after the other; that of an interrupt goes first. */
async function answerAll(asking: Asking, unattended: Unattended | undefined, signal: AbortSignal): Promise<void> {
  const { runner } = asking;
  let wake = (): void => {};
  let current: { readonly question: Question; readonly withdraw: AbortController } | undefined;
  runner.subscribe((notice) => {
    if (notice.is === 'settled' && notice.question === current?.question.id) current.withdraw.abort(new Error('It has settled itself.'));
    if (notice.is === 'asked' && notice.question.is === 'interrupted') current?.withdraw.abort(new Error('An interrupt goes first.'));
    if (notice.is === 'asked') wake();
  });
  signal.addEventListener('abort', () => {
    current?.withdraw.abort(new Error('The walk has ended.'));
    wake();
  });
  while (!signal.aborted) {
    const open = runner.questions();
    const question = open.find((each) => each.is === 'interrupted') ?? open[0];
    if (question === undefined) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      continue;
    }
    if (unattended !== undefined) {
      asking.say(question.is === 'confirm' ? showConfirm(question, { revealsSecrets: false }) : showQuestion(question, asking.folder));
      runner.send({ do: 'answer', answer: answerUnattended(question, unattended) });
      continue;
    }
    current = { question, withdraw: new AbortController() };
    const answer = await askPlain(asking, question, current.withdraw.signal).catch((error: unknown) => {
      if (current?.withdraw.signal.aborted) return undefined;
      throw error;
    });
    current = undefined;
    if (answer !== undefined) runner.send({ do: 'answer', answer: answer === nobody ? answerForNobody(question) : answer });
  }
}

function listenForInterrupts(conversation: Conversation, runner: Runner): void {
  let last = Number.NEGATIVE_INFINITY;
  conversation.onInterrupt(() => {
    const now = performance.now();
    if (now - last >= onePress) runner.send({ do: 'interrupt' });
    last = now;
  });
}
