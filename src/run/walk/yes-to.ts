import type { PlannedStep } from '../../plan/plan.ts';
import { confirm } from './confirm.ts';
import { digestOf } from './digest.ts';
import type { Yes } from './gate.ts';
import type { ReadyHost } from './look-at-host.ts';
import { doOther } from './other-choice.ts';
import type { Walk } from './walk.ts';

type Before = {
  /** A yes given before in this turn: the same text on the same machine needs no other. */
  readonly before?: Yes;
  /** The value that the step makes anew. */
  readonly renews?: string;
};

/** The yes to what stands ready: one given before to exactly this, or one asked for now. */
export async function yesTo(
  walk: Walk,
  planned: PlannedStep,
  ready: readonly ReadyHost[],
  found: readonly string[],
  { before, renews }: Before,
): Promise<Yes | 'again' | 'elsewhere'> {
  const step = planned.step.id;
  if (before !== undefined && planned.step.risk !== 'destroy' && ready.every((each) => isSame(before, each))) {
    const hosts = ready.map((each) => each.host);
    await walk.record({ type: 'confirmed', step, hosts, digest: digestOf(step, false, ready), by: walk.yesBy });
    return { step, isUndo: false, hosts: ready };
  }
  const goesOn = ready.filter((each) => each.firstPart > 1).map((each) => each.host);
  const confirmed = await confirm(walk, {
    planned,
    hosts: ready,
    isUndo: false,
    found,
    goesOn,
    ...(renews === undefined ? {} : { renews }),
  });
  if (confirmed.is === 'yes') return confirmed.yes;
  return doOther(
    walk,
    planned,
    ready.map((each) => each.host),
    confirmed.answer,
  );
}

function isSame(before: Yes, now: ReadyHost): boolean {
  const then = before.hosts.find((each) => each.host === now.host);
  return (
    then !== undefined &&
    now.parts.every((part, index) =>
      then.parts.some((each, at) => each.digestText === part.digestText && then.machines[at] === now.machines[index]),
    )
  );
}
