import type { Deviation, RunState, StepState } from '../../run/events/run-state.ts';
import type { WalkState } from '../../scenes/walk-state.ts';
import { sayDuration } from '../../words/durations.ts';
import { prose, type Said } from '../../words/said.ts';
import { sayDone, sayFiles, sayResult, sayWhere } from '../../words/say-end.ts';
import { type Line, linesOf } from '../pieces/line.ts';

/** What is left of a walk that has ended: the result, what departed from the runbook, where the time went, where everything is. */
function finishSaid(state: WalkState): readonly Said[] {
  const { run, end, folder, startedAs } = state;
  const isFinished = run.state === 'finished';
  const where = sayWhere(run);
  return [
    ...prose(sayResult({ state: run, why: end?.why ?? '' }), '', '', isFinished ? 'good' : 'beware'),
    ...prose(`${sayDone(run)} ${sayHow(run)}`),
    ...(where === undefined ? [] : prose(where)),
    '',
    ...sayDepartures(run),
    '',
    ...sayTime(run),
    '',
    ...sayFiles({ state: run, folder, startedAs }).map((exact) => ({ exact })),
  ];
}

export function finishLines(state: WalkState, columns: number): readonly Line[] {
  return linesOf(finishSaid(state), columns);
}

/** How the steps got done, and how often was tried. */
function sayHow({ steps }: RunState): string {
  const walked = steps.filter((step) => !step.isAside);
  const count = (is: (step: StepState) => boolean): number => walked.filter(is).length;
  const counts: readonly (readonly [number, string])[] = [
    [count(({ state }) => state === 'skipped'), 'skipped'],
    [count(({ state, by }) => state === 'done' && by === 'found'), 'found done'],
    [count(({ state, by }) => state === 'done' && by === 'marked'), 'marked as done'],
  ];
  const attempts = steps.flatMap(({ perHost }) => perHost.flatMap((host) => host.attempts));
  const failed = attempts.filter(({ state }) => state === 'failed').length;
  const parts = counts.flatMap(([many, what]) => (many === 0 ? [] : [`${many} ${what}`]));
  const tries = `${attempts.length} ${attempts.length === 1 ? 'attempt' : 'attempts'}${failed === 0 ? '' : `, ${failed} failed`}`;
  return `${[...parts, tries].join(', ')}.`;
}

function sayDepartures({ deviations, steps, state }: RunState): readonly Said[] {
  if (deviations.length === 0)
    return prose(state === 'finished' ? 'It went as the runbook says.' : 'Nothing departs from the runbook so far.');
  const titleOf = (id: string): string => steps.find((step) => step.id === id)?.title ?? id;
  return [
    { exact: `Departures from the runbook (${deviations.length})`, tone: 'strong' },
    ...deviations.flatMap((each) => prose(sayDeparture(each, titleOf), '  ', '    ')),
  ];
}

const departures: Readonly<Record<Deviation['kind'], string>> = {
  skipped: 'skipped',
  'marked-done': 'marked as done',
  edited: 'edited',
  'host-left-out': 'left out',
  undone: 'undone',
  noted: 'note',
  revealed: 'secrets shown',
  'replaced-machine': 'another machine taken as right',
  'typed-value': 'value typed',
  reopened: 'walked again',
};

function sayDeparture({ kind, step, host, why, text }: Deviation, titleOf: (id: string) => string): string {
  const where = [...(step === null ? [] : [`“${titleOf(step)}”`]), ...(host === null ? [] : [`on ${host}`])].join(' ');
  // The text of an edit is long and stands in the report.
  const said = why ?? (kind === 'edited' ? null : text);
  return `${departures[kind]}${where === '' ? '' : `  ${where}`}${said === null ? '' : `: ${said}`}`;
}

/** How long it took, how long something ran, and what ran longest. */
function sayTime({ started, ended, changed, steps }: RunState): readonly Said[] {
  const whole = Date.parse(ended ?? changed) - Date.parse(started);
  const spans = steps.map((step) => ({ title: step.title, spans: spansOf(step) }));
  const ran = lengthOf(spans.flatMap((step) => step.spans));
  const slowest = spans
    .map((step) => ({ title: step.title, ms: lengthOf(step.spans) }))
    .filter(({ ms }) => ms >= 1000)
    .sort((a, b) => b.ms - a.ms)
    .slice(0, 3);
  return [
    ...prose(`It took ${sayDuration(whole)}; for ${sayDuration(ran)} of it something ran on a host.`),
    ...(slowest.length === 0 ? [] : prose(`Longest: ${slowest.map(({ title, ms }) => `“${title}” ${sayDuration(ms)}`).join(', ')}.`)),
  ];
}

type TimeSpan = { readonly from: number; readonly to: number };

function spansOf({ perHost }: StepState): readonly TimeSpan[] {
  return perHost
    .flatMap(({ attempts }) => attempts.flatMap(({ parts }) => parts))
    .flatMap(({ started, ended }) => (ended === null ? [] : [{ from: Date.parse(started), to: Date.parse(ended) }]));
}

/** The time in which at least one of them went on. */
function lengthOf(spans: readonly TimeSpan[]): number {
  let length = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    length += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return length;
}
