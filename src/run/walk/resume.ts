import type { Found } from '../../hosts/host.ts';
import type { PartRecord, StepState } from '../events/run-state.ts';
import { contact } from './contact.ts';
import { HostLeftOut, together } from './departure.ts';
import type { Walk } from './walk.ts';

/** A part that was sent and whose end is not in the journal. */
type Sent = { readonly step: StepState; readonly host: string; readonly part: PartRecord };

/**
 * Looks at everything that an earlier session left in flight, and puts on the disk what was found, a sentence each: what is done, what
 * failed, what ended meanwhile, what is unknown. Brings nothing to an end: that is for each step's turn.
 */
export async function reportResumed(walk: Walk, { runbookChanged }: { readonly runbookChanged: boolean }): Promise<void> {
  const { steps } = walk.run.state();
  const looked = new Map<Sent, string>();
  const sent = steps.flatMap(inFlightOf);
  await together(sent.map(async (each) => looked.set(each, await look(walk, each))));
  const found = [countDone(steps), ...sent.map((each) => `${whereOf(each)}: ${looked.get(each)}`), ...steps.flatMap(troublesOf)];
  await walk.record({ type: 'resumed', found, runbookChanged });
}

function inFlightOf(step: StepState): readonly Sent[] {
  return step.perHost.flatMap(({ name, state, attempts }) => {
    if (state === 'left-out' || state === 'skipped' || state === 'done') return [];
    return (attempts.at(-1)?.parts ?? []).filter((part) => part.ended === null).map((part) => ({ step, host: name, part }));
  });
}

async function look(walk: Walk, { host, part }: Sent): Promise<string> {
  if (part.kind === 'by-hand') return 'it was not ticked.';
  try {
    const machine = await contact(walk, part.at ?? host);
    return say(await machine.look(part.id, walk.signal));
  } catch (error) {
    if (error instanceof HostLeftOut) return 'the host was left out.';
    throw error;
  }
}

function say(found: Found): string {
  switch (found.is) {
    case 'absent':
    case 'not-started':
      return 'it was never started there.';
    case 'running':
      return 'it is still running there.';
    case 'ended':
      return `it ended meanwhile with exit code ${found.code}.`;
    case 'lost':
      return 'how it ended is unknown: what watched over it is gone.';
    case 'rebooted':
      return 'the machine was started anew while it ran.';
    default:
      return found satisfies never;
  }
}

function countDone(steps: readonly StepState[]): string {
  const walked = steps.filter((step) => !step.isAside);
  const done = walked.filter((step) => step.state === 'done' || step.state === 'skipped').length;
  return `${done} of ${walked.length} steps are done.`;
}

function troublesOf(step: StepState): readonly string[] {
  return step.perHost.flatMap(({ name, state, attempts }) => {
    if (state !== 'failed' && state !== 'unknown') return [];
    if (attempts.at(-1)?.parts.some((part) => part.ended === null)) return [];
    return [`“${step.title}” on ${name}: ${state === 'failed' ? 'it failed.' : 'how it ended is unknown.'}`];
  });
}

function whereOf({ step, host, part }: Sent): string {
  return `“${step.title}” on ${host}, part ${part.part}`;
}
