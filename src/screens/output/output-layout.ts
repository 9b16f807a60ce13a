import type { StepHost, StepState } from '../../run/events/run-state.ts';
import type { Common } from '../../scenes/scene.ts';
import type { WalkState } from '../../scenes/walk-state.ts';
import { sayPart } from '../../words/say-part.ts';
import { type Line, line, linesOf } from '../pieces/line.ts';
import { between, sideBySide } from '../pieces/side-by-side.ts';
import { type Size, wide } from '../size.ts';
import { hostColumn, hostNotices, hostStrip, lastPart, sayHosts } from './output-hosts.ts';
import { outputRows, whereRow } from './output-rows.ts';

/** The rows of the output screen, and how many of them show output. */
export type OutputLayout = { readonly lines: readonly Line[]; readonly pane: Size };

/** Lays the output out: the hosts above it, from 100 columns on at its left; below it, where the operator is. */
export function layOutput(state: WalkState & Common, body: Size, step: StepState | undefined, host: StepHost | undefined): OutputLayout {
  return body.columns >= wide ? besideHosts(state, body, step, host) : belowHosts(state, body, step, host);
}

function belowHosts(state: WalkState & Common, body: Size, step: StepState | undefined, host: StepHost | undefined): OutputLayout {
  const isLow = body.rows < 16;
  const strip =
    step === undefined ? [] : hostStrip(step.perHost, state.output.host, state.now, { columns: body.columns, most: isLow ? 1 : 2 });
  const title = step === undefined ? [] : [line(`${step.title}   ${sayHosts(step)}`, 'strong')];
  const above = [...title, ...strip, ...notices(state, step, host), ...commandRow(state, host), ...(isLow ? [] : [ruleRow(body.columns)])];
  return withPane(state, above, body);
}

function besideHosts(state: WalkState & Common, body: Size, step: StepState | undefined, host: StepHost | undefined): OutputLayout {
  const leftWidth = Math.min(48, Math.floor(body.columns * 0.4));
  const part = host === undefined ? null : lastPart(host);
  const left =
    step === undefined
      ? []
      : [
          line(step.title, 'strong'),
          line(sayHosts(step)),
          [],
          ...hostColumn(state, step.perHost),
          ...(part === null
            ? []
            : [
                [],
                line('What runs there', 'strong'),
                ...linesOf(
                  part.command.split('\n').map((exact) => ({ exact, tone: 'command' as const })),
                  leftWidth,
                ),
              ]),
        ];
  const right = { columns: body.columns - leftWidth - between, rows: body.rows };
  const layout = withPane(state, [...notices(state, step, host), ...commandRow(state, host), ruleRow(right.columns)], right);
  return { ...layout, lines: sideBySide(left, layout.lines, { leftWidth, rows: body.rows }) };
}

function withPane(state: WalkState & Common, above: readonly Line[], size: Size): OutputLayout {
  const pane = { columns: size.columns, rows: Math.max(1, size.rows - above.length - 1) };
  const rows = outputRows(state.output, pane);
  const blank: readonly Line[] = Array.from({ length: Math.max(0, pane.rows - rows.length) }, () => []);
  return {
    lines: [...above, ...rows, ...blank, whereRow(state.output, { width: size.columns, now: state.now })],
    pane,
  };
}

function notices(state: WalkState & Common, step: StepState | undefined, host: StepHost | undefined): readonly Line[] {
  const said = step === undefined || host === undefined ? [] : hostNotices(state, step.id, host);
  return said.map((each) => line(each, 'beware'));
}

function commandRow({ output }: WalkState, host: StepHost | undefined): readonly Line[] {
  const part = host === undefined ? null : lastPart(host);
  return part === null ? [] : [[{ text: `[${output.host}] ` }, { text: sayPart(part), tone: 'command' }]];
}

function ruleRow(width: number): Line {
  return line('─'.repeat(width));
}
