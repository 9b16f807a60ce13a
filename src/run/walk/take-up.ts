import type { PlannedHost, PlannedStep } from '../../plan/plan.ts';
import type { AttemptRecord, StepHost } from '../events/run-state.ts';
import type { Outcome } from './run-attempt.ts';
import { verifyAttempt } from './run-attempt.ts';
import { takeUpPart } from './run-part.ts';
import { type Spot, spotOf } from './spot.ts';
import { undoSpot } from './undo.ts';
import { undoPartsOf } from './undo-parts.ts';
import type { Walk } from './walk.ts';

/** What came of a host that an earlier session left at work or in trouble. `goes-on`: parts are left that were never sent. */
export type TakenUp = Outcome | { readonly is: 'goes-on' };

/** Lines of a log in which known errors are looked for. */
const tailLines = 400;

/**
 * Takes up a host where the journal left it. An attempt in flight is followed to its end and counts as it ended; one whose parts have
 * all ended well is verified; a failure or a doubt is what it was.
 */
export async function takeUp(walk: Walk, planned: PlannedStep, on: PlannedHost, host: StepHost): Promise<TakenUp> {
  const attempt = host.attempts.at(-1);
  if (attempt === undefined) return { is: 'goes-on' };
  const last = [...attempt.parts].sort((a, b) => a.part - b.part).at(-1);
  if (last === undefined) return { is: 'goes-on' };
  if (last.ended === null) {
    const outcome = await takeUpPart(
      walk,
      attempt.isUndo
        ? undoSpotOf(walk, planned, host.name, attempt.number, last.part)
        : spotOf(walk, planned, on, attempt.number, last.part),
    );
    if (outcome.is === 'absent') return attempt.isUndo ? cutShort : { is: 'goes-on' };
    if (outcome.is !== 'ok') return attempt.isUndo ? ofUndo(outcome) : outcome;
    return attempt.isUndo ? endUndo(walk, planned, host.name, attempt, last.part) : goOn(walk, planned, on, attempt.number, last.part);
  }
  if (last.state === 'unknown' || last.state === 'failed') {
    const why = last.why ?? 'How it ended is not known.';
    const before: Outcome =
      last.state === 'unknown' ? { is: 'unknown', why } : failedBefore(walk, planned, host.name, attempt.number, last);
    return attempt.isUndo ? ofUndo(before) : before;
  }
  if (attempt.isUndo) return endUndo(walk, planned, host.name, attempt, last.part);
  if (attempt.verified === false) return { is: 'not-verified', exit: null, said: attempt.said ?? '' };
  return goOn(walk, planned, on, attempt.number, last.part);
}

const cutShort: Outcome = { is: 'unknown', why: 'Its undo was cut short.' };

/** Says that it is the undo which came out so: the step itself is as it was before, or half taken back. */
function ofUndo(outcome: Outcome): Outcome {
  return 'why' in outcome ? { ...outcome, why: `This was its undo. ${outcome.why}` } : outcome;
}

async function goOn(walk: Walk, planned: PlannedStep, on: PlannedHost, attempt: number, done: number): Promise<TakenUp> {
  return done < planned.step.parts.length ? { is: 'goes-on' } : verifyAttempt(walk, planned, on.host.name, attempt);
}

async function endUndo(walk: Walk, planned: PlannedStep, host: string, attempt: AttemptRecord, done: number): Promise<TakenUp> {
  if (done < undoPartsOf(walk, planned, host).length) return cutShort;
  await walk.record({ type: 'undone', step: planned.step.id, host, attempt: attempt.number });
  return { is: 'goes-on' };
}

function undoSpotOf(walk: Walk, planned: PlannedStep, host: string, attempt: number, number: number): Spot {
  const part = undoPartsOf(walk, planned, host)[number - 1];
  if (part === undefined) throw new Error(`The undo of ${planned.step.id} has no part ${number}.`);
  return undoSpot(walk, planned, host, part, attempt, number);
}

function failedBefore(walk: Walk, planned: PlannedStep, host: string, attempt: number, part: AttemptRecord['parts'][number]): Outcome {
  const log = walk.run.openLog({ step: planned.step.id, host, attempt, part: part.part });
  const tail = log.tail(tailLines);
  log.close();
  return {
    is: 'failed',
    kind: 'part',
    part: part.part,
    exit: part.exit,
    why: part.why ?? `It ended with exit code ${part.exit}.`,
    tail,
    log: part.log,
  };
}
