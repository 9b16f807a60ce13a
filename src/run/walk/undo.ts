import type { PlannedPart, PlannedServe, PlannedStep } from '../../plan/plan.ts';
import type { CommandPart } from '../../runbook/runbook.ts';
import type { Prepared } from '../../steps/part-kind.ts';
import { confirm } from './confirm.ts';
import { reaching } from './contact.ts';
import { together, unlessLeftOut, WalkStopped } from './departure.ts';
import { openShell, type Yes } from './gate.ts';
import { planNow } from './plan-now.ts';
import { preparePart } from './prepare-part.ts';
import type { PreparedHost } from './question.ts';
import type { ServedHost } from './read-host.ts';
import { type PartOutcome, runPart } from './run-part.ts';
import type { Spot } from './spot.ts';
import { tellFailure } from './tell-failure.ts';
import { type UndoPart, undoPartsOf } from './undo-parts.ts';
import { hostStateOf, machineCalled, stateOf, type Walk } from './walk.ts';

type UndoHost = PreparedHost & { readonly undo: readonly UndoPart[] };

/** Hosts on which a step has done something that can be taken back. */
export function undoable(walk: Walk, id: string): readonly string[] {
  return stateOf(walk, id)
    .perHost.filter(({ state, attempts }) => attempts.length > 0 && state !== 'left-out' && state !== 'pending')
    .map(({ name }) => name);
}

/**
 * Takes a step back, after a yes of its own: an attempt of the step, its parts of kind `undo`. Then the host is pending again and what
 * was captured there is absent. Nothing happens where the operator says no.
 */
export async function undoStep(walk: Walk, id: string, hosts: readonly string[] = undoable(walk, id)): Promise<void> {
  for (;;) {
    const planned = await planNow(walk, id, hosts);
    const prepared: UndoHost[] = [];
    for (const host of hosts) prepared.push(await prepareUndo(walk, planned, host));
    if (prepared.every((each) => each.undo.length === 0)) return;
    const confirmed = await confirm(walk, { planned, hosts: prepared, isUndo: true, found: [], goesOn: [] });
    if (confirmed.is === 'yes') {
      return together(prepared.map((each) => unlessLeftOut(() => undoOn(walk, planned, each, confirmed.yes))));
    }
    const { choice, text = '' } = confirmed.answer;
    if (choice === 'stop') throw new WalkStopped(1, `Stopped before “${planned.step.title}” was undone.`);
    if (choice === 'note') await walk.record({ type: 'noted', step: id, text });
    else if (choice === 'shell')
      await openShell(walk, id, machineCalled(walk, confirmed.answer.hosts?.[0] ?? prepared[0]?.host ?? 'console'), 'root');
    else return;
  }
}

async function prepareUndo(walk: Walk, planned: PlannedStep, host: string): Promise<UndoHost> {
  const undo = undoPartsOf(walk, planned, host);
  const parts: Prepared[] = [];
  for (const part of undo) parts.push(await prepareOne(walk, part));
  const [first] = undo;
  const at = first === undefined || first.machine === host ? null : first.machine;
  return { host, as: first?.as ?? 'root', at, parts, machines: undo.map((part) => part.machine), users: undo.map((part) => part.as), undo };
}

async function prepareOne(walk: Walk, part: UndoPart): Promise<Prepared> {
  if (part.is === 'fence') {
    return reaching(walk, part.machine, (host) => preparePart(asCommand(part.serve, part.on), { host, as: part.as }, walk.signal));
  }
  const { send } = part;
  return {
    kind: 'command',
    shown: { is: 'command', shell: send.shell, text: { text: send.script, pieces: [] }, env: {} },
    isAlreadyDone: undefined,
    send,
    digestText: JSON.stringify(['put-back', send.as, send.script]),
  };
}

/** The text of an undo is that of a command; what sets it apart is that it is asked about by itself. */
function asCommand({ serve }: PlannedServe, on: ServedHost): PlannedPart & { kind: 'command' } {
  const { kind: _kind, on: _on, risk: _risk, ...fence } = serve;
  const part: CommandPart = { ...fence, kind: 'command', captures: [], isReboot: false, isInteractive: false };
  return { kind: 'command', part, shell: serve.shell, command: on.command, env: on.env, as: on.as, at: on.at };
}

async function undoOn(walk: Walk, planned: PlannedStep, host: UndoHost, yes: Yes): Promise<void> {
  const step = planned.step.id;
  const attempt = (hostStateOf(walk, step, host.host)?.attempts.at(-1)?.number ?? 0) + 1;
  for (const [index, part] of host.undo.entries()) {
    const prepared = host.parts[index];
    if (prepared === undefined) throw new Error(`The undo of ${step} on ${host.host} was not prepared.`);
    const spot = undoSpot(walk, planned, host.host, part, attempt, index + 1);
    const outcome = await walk.lanes.inTurn(part.machine, () => runPart(walk, yes, spot, prepared));
    if (outcome.is !== 'ok') return settleUndo(walk, planned, host, attempt, outcome);
  }
  await walk.record({ type: 'undone', step, host: host.host, attempt });
}

export function undoSpot(walk: Walk, planned: PlannedStep, host: string, undo: UndoPart, attempt: number, part: number): Spot {
  const machine = machineCalled(walk, undo.machine);
  return { planned, host, machine, attempt, part, kind: 'undo', fence: undo.fence, captures: [], isReboot: false, isInteractive: false };
}

/** An undo that did not end well: tried again with a yes of its own, taken as undone, or left as it is. */
async function settleUndo(walk: Walk, planned: PlannedStep, host: UndoHost, attempt: number, outcome: PartOutcome): Promise<void> {
  const step = planned.step.id;
  const failure =
    outcome.is === 'failed'
      ? await tellFailure(walk, planned, host.host, outcome)
      : ({ kind: 'part', exit: null, why: outcome.is === 'unknown' ? outcome.why : 'The undo did not end.', tail: [], known: [] } as const);
  for (;;) {
    const { choice, text = '' } = await walk.desk.ask(
      { is: 'failed', step: planned, host: host.host, failure, choices: ['retry', 'mark-done', 'skip', 'shell', 'note', 'stop'] },
      walk.signal,
    );
    if (choice === 'retry') return undoStep(walk, step, [host.host]);
    if (choice === 'mark-done') return walk.record({ type: 'undone', step, host: host.host, attempt });
    if (choice === 'skip') return walk.record({ type: 'skipped', step, host: host.host, why: text, by: 'operator' });
    if (choice === 'note') await walk.record({ type: 'noted', step, text });
    if (choice === 'shell') await openShell(walk, step, machineCalled(walk, host.machines[0] ?? host.host), host.as);
    if (choice === 'stop') throw new WalkStopped(1, `Stopped: the undo of “${planned.step.title}” failed on ${host.host}.`);
  }
}
