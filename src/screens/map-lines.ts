import type { RunState, StepState } from '../run/events/run-state.ts';
import { type Line, line } from './pieces/line.ts';
import { marks } from './pieces/theme.ts';
import type { Size } from './size.ts';

/** All steps as a narrow list, phase by phase, the one of `id` in sight and marked. */
export function stepListLines({ steps }: Pick<RunState, 'steps'>, id: string, { rows }: Size): readonly Line[] {
  const lines: Line[] = [];
  let at = 0;
  let phase: string | undefined;
  for (const step of steps) {
    if (step.phase !== phase) lines.push(line(step.phase, 'strong'));
    phase = step.phase;
    if (step.id === id) at = lines.length;
    lines.push(listRow(step, step.id === id));
  }
  const from = Math.max(0, Math.min(at - Math.floor(rows / 2), lines.length - rows));
  return lines.slice(from, from + rows);
}

function listRow({ state, title }: StepState, isCurrent: boolean): Line {
  const { mark, tone } = marks[state];
  return [
    { text: isCurrent ? '> ' : '  ' },
    { text: mark, tone },
    { text: ` ${title}`, ...(isCurrent ? { tone: 'strong' as const } : {}) },
  ];
}
