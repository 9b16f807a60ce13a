import { between } from '../../reports/how-long.ts';
import type { AttemptRecord } from '../../run/events/run-state.ts';
import type { Common } from '../../scenes/scene.ts';
import { sayHost } from '../../words/say-host.ts';
import { breakLine } from '../pieces/break-line.ts';
import type { Line } from '../pieces/line.ts';
import { heading } from '../pieces/sections.ts';
import { marks } from '../pieces/theme.ts';
import { timeOfDay } from '../pieces/time-of-day.ts';
import type { StepView } from './step-view.ts';

/** The attempts so far, host by host: when, how long, with which exit code. */
export function attemptLines({ state, view }: { readonly state: Common; readonly view: StepView }, width: number): readonly Line[] {
  const { perHost } = view.record;
  const widest = Math.max(0, ...perHost.map(({ name }) => sayHost(name).length));
  const rows = perHost.flatMap(({ name, attempts }) =>
    attempts.flatMap((attempt): readonly Line[] => {
      const { mark, word, tone } = marks[attempt.state];
      return breakLine(
        [
          { text: `  ${sayHost(name).padEnd(widest)}  ` },
          { text: `${mark} ${word}`, tone },
          { text: `  ${sayAttempt(attempt, state.now)}` },
        ],
        width,
      );
    }),
  );
  return rows.length === 0 ? [] : [...heading('Attempts so far', width), ...rows];
}

function sayAttempt({ number, isUndo, parts, verified }: AttemptRecord, now: number): string {
  const first = parts[0];
  const last = parts.at(-1);
  const took = between(first?.started ?? null, last?.ended ?? null);
  const exit = last?.exit == null ? '' : `exit ${last.exit}${parts.length > 1 ? ` of part ${last.part}` : ''}`;
  return [
    `${isUndo ? 'undo, ' : ''}attempt ${number}`,
    first === undefined ? '' : timeOfDay(first.started, now),
    took === '' ? '' : `took ${took}`,
    exit,
    verified === false ? 'its check did not hold' : '',
  ]
    .filter((each) => each !== '')
    .join('  ');
}
