import type { RunState, StepHost, StepState } from '../../run/events/run-state.ts';
import type { Common } from '../../scenes/scene.ts';
import type { WalkState } from '../../scenes/walk-state.ts';
import { sayDuration } from '../../words/durations.ts';
import { prose, type Said } from '../../words/said.ts';
import { type Line, line, linesOf } from '../pieces/line.ts';
import { timeOfDay } from '../pieces/time-of-day.ts';
import { wide } from '../size.ts';
import { valueRows } from '../values/value-rows.ts';
import { soon } from '../values/values-lines.ts';

/** What was recorded of something, and what was found of it now. */
export type Compared = { readonly recorded: string; readonly found: string };

/** What a resume has compared, a pair for each thing: what was found is told in sentences that begin with the step and the host. */
export function comparedAtResume(run: RunState, found: readonly string[], now: number): readonly Compared[] {
  return found.flatMap((sentence) => {
    const about = aboutOf(run, sentence);
    return about === undefined ? [] : [{ recorded: sayRecorded(about.step, about.host, now), found: sentence }];
  });
}

/** Values that have died or are about to. */
export function dyingValues(state: WalkState & Common): readonly string[] {
  return valueRows(state).flatMap(({ name, root, expires }) => {
    if (expires === undefined || expires - state.now > soon) return [];
    const life = expires <= state.now ? 'has expired' : `expires in ${sayDuration(expires - state.now)}`;
    const isRenewed = state.runbook.phases.some(({ steps }) =>
      steps.some(({ parts }) =>
        parts.some((part) => 'captures' in part && part.captures.some((capture) => capture.name === root && capture.renew !== undefined)),
      ),
    );
    return [
      `${name} ${life}; ${isRenewed ? 'it is made anew before it is used, after a yes of its own' : 'nothing makes it anew by itself'}.`,
    ];
  });
}

/** What is shown once when a run is taken up again: recorded and true side by side, then what else has changed. */
export function resumeLines(
  state: WalkState & Common,
  { found, runbookChanged }: NonNullable<WalkState['resumed']>,
  columns: number,
): readonly Line[] {
  const pairs = comparedAtResume(state.run, found, state.now);
  const changed = [
    ...dyingValues(state),
    ...(runbookChanged ? ['The runbook’s file has changed since; the run’s own copy is walked.'] : []),
  ];
  return [
    ...linesOf(prose('Handrail has compared its journal with the hosts, reading only.'), columns),
    ...linesOf(
      found.filter((sentence) => aboutOf(state.run, sentence) === undefined).flatMap((sentence) => prose(`In the journal: ${sentence}`)),
      columns,
    ),
    [],
    ...(pairs.length === 0 ? linesOf(prose('Nothing was under way or in doubt.'), columns) : compareLines(pairs, columns)),
    ...(changed.length === 0
      ? []
      : [
          [],
          line('Meanwhile', 'strong'),
          ...linesOf(
            changed.flatMap((each) => prose(each, '  - ', '    ')),
            columns,
          ),
        ]),
    [],
    ...linesOf(prose('Enter goes on to the first question. Nothing runs by it.'), columns),
  ];
}

function compareLines(pairs: readonly Compared[], columns: number): readonly Line[] {
  if (columns < wide) {
    const said: readonly Said[] = pairs.flatMap(({ recorded, found }) => [
      ...prose(recorded, 'recorded  ', ' '.repeat(10)),
      ...prose(found, 'true      ', ' '.repeat(10), 'strong'),
      '',
    ]);
    return linesOf(said.slice(0, -1), columns);
  }
  const left = Math.floor(columns / 2) - 2;
  const right = columns - left - 2;
  const beside = (a: readonly Line[], b: readonly Line[]): readonly Line[] =>
    Array.from({ length: Math.max(a.length, b.length) }, (_, row): Line => {
      const text = (a[row] ?? []).map((span) => span.text).join('');
      return [{ text: text.padEnd(left + 2) }, ...(b[row] ?? [])];
    });
  return [
    ...beside([line('recorded')], [line('true now', 'strong')]),
    ...pairs.flatMap(({ recorded, found }) => [[], ...beside(linesOf(prose(recorded), left), linesOf(prose(found), right))]),
  ];
}

/** The step and the host of which a sentence of the resume tells. */
function aboutOf({ steps }: RunState, sentence: string): { readonly step: StepState; readonly host: StepHost } | undefined {
  return steps
    .flatMap((step) => step.perHost.map((host) => ({ step, host })))
    .find(({ step, host }) => [',', ':'].some((mark) => sentence.startsWith(`“${step.title}” on ${host.name}${mark}`)));
}

function sayRecorded({ title }: StepState, { name, state, attempts }: StepHost, now: number): string {
  const part = attempts.at(-1)?.parts.at(-1);
  const sent = part === undefined ? '' : `, sent ${timeOfDay(part.started, now)}`;
  const end = part === undefined ? '' : part.ended === null ? ', no end recorded' : part.exit === null ? '' : `, exit code ${part.exit}`;
  return `“${title}” on ${name}: ${state}${sent}${end}`;
}
