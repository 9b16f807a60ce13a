import { cleanLine } from '../output/clean.ts';
import type { RunState, StepHost, StepState } from '../run/events/run-state.ts';
import { between } from './how-long.ts';

/** A run for people, in lines of a terminal: where it stands, each step, what departed from the runbook, how to go on. */
export function showRun(state: RunState, { mask, startedAs }: { mask(text: string): string; readonly startedAs: string }): string {
  const walked = state.steps.filter((step) => !step.isAside);
  const done = walked.filter((step) => step.state === 'done' || step.state === 'skipped').length;
  const tell = (text: string): string => cleanLine(mask(text));
  return [
    `Run ${state.number}: ${tell(state.title)} (${state.runbook})`,
    `${state.state}, ${done} of ${walked.length} steps done. Began ${state.started}, changed ${state.changed}.`,
    `Hosts: ${state.hosts.map((host) => host.name).join(', ') || 'none'}.${state.leftOut.length === 0 ? '' : ` Left out: ${state.leftOut.join(', ')}.`}`,
    ...phases(state, tell),
    ...deviations(state, tell),
    '',
    state.state === 'finished' ? `Its report: ${startedAs} report ${state.number}` : goOn(state, startedAs),
    '',
  ].join('\n');
}

function goOn({ number, state }: RunState, startedAs: string): string {
  return state === 'running' ? 'A handrail has it open now.' : `Go on with it: ${startedAs} resume ${number}`;
}

function phases({ steps }: RunState, tell: (text: string) => string): readonly string[] {
  const lines: string[] = [];
  let phase: string | null = null;
  for (const step of steps) {
    // An aside that nothing called for has nothing to tell.
    if (step.isAside && !step.isOpened) continue;
    if (step.phase !== phase) lines.push('', tell(step.phase));
    phase = step.phase;
    lines.push(...showStep(step, tell));
  }
  return lines;
}

function showStep(step: StepState, tell: (text: string) => string): readonly string[] {
  const how = step.by === undefined || step.by === 'ran' ? '' : `, ${step.by}`;
  const reason = step.reason === undefined ? '' : `: ${tell(step.reason)}`;
  const head = `  ${step.state.padEnd(8)} ${step.id}  ${tell(step.title)}${how}${reason}`;
  const isSame = step.perHost.every((host) => host.state === step.state) && step.state !== 'failed' && step.state !== 'unknown';
  return isSame ? [head] : [head, ...step.perHost.map((host) => `           ${showHost(host, tell)}`)];
}

function showHost(host: StepHost, tell: (text: string) => string): string {
  const part = host.attempts.at(-1)?.parts.at(-1);
  if (part === undefined || (host.state !== 'failed' && host.state !== 'unknown' && host.state !== 'running'))
    return `${host.name}: ${host.state}`;
  const exit = part.exit === null ? '' : `, exit ${part.exit}`;
  const took = between(part.started, part.ended);
  const why = host.reason === undefined ? '' : `: ${tell(host.reason)}`;
  return `${host.name}: ${host.state}${exit}${took === '' ? '' : ` after ${took}`}${why} (${part.log})`;
}

function deviations({ deviations: all }: RunState, tell: (text: string) => string): readonly string[] {
  if (all.length === 0) return [];
  const lines = all.map(({ at, step, host, kind, why, text }) => {
    const where = [step, host].filter((name) => name !== null).join(' on ');
    const said = why ?? (kind === 'edited' ? null : text);
    return `  ${at}  ${kind}${where === '' ? '' : `  ${where}`}${said === null ? '' : `: ${tell(said)}`}`;
  });
  return ['', 'Departures from the runbook', ...lines];
}
