import { type Ended, HostError } from '../../hosts/host.ts';
import type { Prepared } from '../../steps/part-kind.ts';
import { logPath } from '../disk/attempt-id.ts';
import type { Log } from '../disk/log.ts';
import { holdFor, takeCaptures } from './captures.ts';
import { overLosses } from './connection-loss.ts';
import { WalkStopped } from './departure.ts';
import { followPart, type Over } from './follow-part.ts';
import { type Passed, passGate, textOf, type Yes } from './gate.ts';
import { idOf, nameOf, type Spot } from './spot.ts';
import type { Walk } from './walk.ts';

/** How one part's try on one host came out. `output` is what to look for known errors in. */
export type PartOutcome =
  | { readonly is: 'ok' }
  | { readonly is: 'skipped' }
  | {
      readonly is: 'failed';
      readonly kind: 'part' | 'capture' | 'compare' | 'prepare';
      readonly part: number;
      readonly exit: number | null;
      readonly why: string;
      readonly tail: readonly string[];
      readonly log: string;
    }
  | { readonly is: 'unknown'; readonly why: string };

/** Lines of output in which known errors are looked for. */
const tailLines = 400;

/** Runs a part, once, and follows it to its end. Where nothing differs there is nothing to do. */
export async function runPart(walk: Walk, yes: Yes, spot: Spot, prepared: Prepared): Promise<PartOutcome> {
  if (prepared.kind === 'by-hand') return tick(walk, spot, prepared);
  if (spot.isInteractive) return lendTerminal(walk, yes, spot, prepared);
  if (prepared.send === undefined) return { is: 'ok' };
  try {
    await passGate(walk, yes, spot, prepared);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    const found = await overLosses(walk, spot, () => spot.machine.look(idOf(walk, spot), walk.signal));
    if (found.is === 'absent' || found.is === 'not-started') {
      return fail(walk, spot, { kind: 'prepare', exit: null, why: `${error.message} ${error.advice}`.trim() });
    }
  }
  return followToEnd(walk, spot);
}

/** A part that an earlier session sent: `absent` where it never reached the host, and so may be sent again under the same id. */
export async function takeUpPart(walk: Walk, spot: Spot): Promise<PartOutcome | { readonly is: 'absent' }> {
  if (spot.kind === 'by-hand') return { is: 'absent' };
  if (spot.isInteractive) return doubt(walk, spot, 'It had the terminal when handrail ended; how it ended was not seen.');
  const found = await overLosses(walk, spot, () => spot.machine.look(idOf(walk, spot), walk.signal));
  return found.is === 'absent' ? found : followToEnd(walk, spot);
}

async function followToEnd(walk: Walk, spot: Spot): Promise<PartOutcome> {
  const { step, host } = nameOf(spot);
  const hold = holdFor(walk, spot.captures);
  let failure: Error | undefined;
  const log = walk.run.openLog({
    ...nameOf(spot),
    ...(hold === undefined ? {} : { hold }),
    onOutput: (bytes, stream) => walk.tell({ is: 'output', step, host, bytes, stream }),
    onFailure: (error) => {
      failure = error;
    },
  });
  try {
    const found = await followPart(walk, spot, log);
    await log.end();
    if (failure !== undefined) await walk.record({ type: 'noted', step, text: `The log ${log.path} is not whole: ${failure.message}` });
    return await conclude(walk, spot, found, log);
  } finally {
    log.close();
  }
}

async function conclude(walk: Walk, spot: Spot, found: Over, log: Log): Promise<PartOutcome> {
  switch (found.is) {
    case 'ended':
      return end(walk, spot, found, log);
    case 'rebooted':
      if (spot.isReboot) return end(walk, spot, null, log);
      return doubt(walk, spot, `${spot.machine.name} was started anew while it ran; how far it came is not known.`);
    case 'lost':
      return doubt(
        walk,
        spot,
        found.childrenAlive
          ? 'What watched over it is gone without an exit code, and something of it still runs.'
          : 'What watched over it is gone without an exit code.',
      );
    case 'not-started':
    case 'absent':
      return fail(walk, spot, { kind: 'part', exit: null, why: 'It was never started.' });
    default:
      return found satisfies never;
  }
}

/** `ended` is null for a reboot whose command had no time to leave an exit code. */
async function end(walk: Walk, spot: Spot, ended: Ended | null, log: Log): Promise<PartOutcome> {
  const tail = log.tail(tailLines);
  const times = ended === null ? undefined : { started: onConsole(walk, spot, ended.started), ended: onConsole(walk, spot, ended.ended) };
  if (ended !== null && !spot.fence.exits.includes(ended.code)) {
    return fail(walk, spot, { kind: 'part', exit: ended.code, why: `It ended with exit code ${ended.code}.`, tail, ...times });
  }
  // What was printed may be large: it is not even read where nobody asks for it.
  const asked = spot.captures.length > 0;
  const problems = asked ? await takeCaptures(walk, spot, log.original(), ended?.started ?? walk.clock.now()) : [];
  if (problems.length > 0) {
    return fail(walk, spot, { kind: 'capture', exit: ended?.code ?? null, why: problems.join(' '), tail, ...times });
  }
  await recordEnd(walk, spot, { exit: ended?.code ?? null, isOk: true, ...times });
  return { is: 'ok' };
}

/** By hand: the operator does it, then says so. Only then it is in the journal, so that a crash in between asks again. */
async function tick(walk: Walk, spot: Spot, prepared: Prepared): Promise<PartOutcome> {
  const instruction = textOf(prepared);
  const started = new Date(walk.clock.now()).toISOString();
  const { choice, text } = await walk.desk.ask(
    { is: 'tick', step: spot.planned, host: spot.host, instruction, choices: ['ticked', 'skip', 'stop'] },
    walk.signal,
  );
  if (choice === 'stop') throw new WalkStopped(1, 'The operator stopped.');
  if (choice === 'skip') {
    await walk.record({ type: 'skipped', step: spot.planned.step.id, host: spot.host, why: text ?? '', by: 'operator' });
    return { is: 'skipped' };
  }
  await recordSent(walk, spot, instruction);
  await takeCaptures(walk, spot, { out: new Uint8Array(), err: new Uint8Array() }, walk.clock.now());
  await recordEnd(walk, spot, { exit: 0, isOk: true, started });
  return { is: 'ok' };
}

async function lendTerminal(walk: Walk, yes: Yes, spot: Spot, prepared: Prepared): Promise<PartOutcome> {
  const passed: Passed = await walk.lanes.inTurn('terminal', async () => {
    const { choice } = await walk.desk.ask(
      { is: 'interactive', step: spot.planned, host: spot.host, choices: ['open', 'stop'] },
      walk.signal,
    );
    if (choice === 'stop') throw new WalkStopped(1, 'The operator stopped.');
    return passGate(walk, yes, spot, prepared);
  });
  const code = passed.is === 'ended' ? passed.code : null;
  if (code === null) return doubt(walk, spot, 'It was cut off; how far it came is not known.');
  if (!spot.fence.exits.includes(code)) return fail(walk, spot, { kind: 'part', exit: code, why: `It ended with exit code ${code}.` });
  await recordEnd(walk, spot, { exit: code, isOk: true });
  return { is: 'ok' };
}

async function recordSent(walk: Walk, spot: Spot, command: string): Promise<void> {
  const { kind, host, machine } = spot;
  const atHost = machine.name === host ? {} : { atHost: machine.name };
  const log = logPath(nameOf(spot));
  await walk.record({ type: 'part-sent', ...nameOf(spot), kind, id: idOf(walk, spot), command, ...atHost, log, streams: 'one' });
}

type PartEnd = {
  readonly exit: number | null;
  readonly isOk: boolean;
  readonly why?: string;
  readonly unknown?: true;
  readonly started?: string;
  readonly ended?: string;
};

async function recordEnd(walk: Walk, spot: Spot, { started, ended, ...how }: PartEnd): Promise<void> {
  const now = new Date(walk.clock.now()).toISOString();
  await walk.record({ type: 'part-ended', ...nameOf(spot), kind: spot.kind, ...how, started: started ?? now, ended: ended ?? now });
}

async function doubt(walk: Walk, spot: Spot, why: string): Promise<PartOutcome> {
  await recordEnd(walk, spot, { exit: null, isOk: false, unknown: true, why });
  return { is: 'unknown', why };
}

type Failing = Omit<PartEnd, 'isOk' | 'why'> & {
  readonly kind: 'part' | 'capture' | 'prepare';
  readonly why: string;
  readonly tail?: readonly string[];
};

async function fail(walk: Walk, spot: Spot, { kind, tail = [], ...end }: Failing): Promise<PartOutcome> {
  await recordEnd(walk, spot, { ...end, isOk: false });
  return { is: 'failed', kind, part: spot.part, exit: end.exit, why: end.why, tail, log: logPath(nameOf(spot)) };
}

/** A time of the host's clock, by the console's. */
function onConsole(walk: Walk, spot: Spot, time: number): string {
  const difference = walk.run.state().pins.find((pin) => pin.host === spot.machine.name)?.clockDifference ?? 0;
  return new Date(time - difference).toISOString();
}
