import { type ReactElement, useState } from 'react';
import { cleanLine } from '../output/clean.ts';
import type { Common } from '../scenes/scene.ts';
import type { WalkState } from '../scenes/walk-state.ts';
import { sayHost } from '../words/say-host.ts';
import { type Binding, bind } from './keys/key-table.ts';
import { mapKeys } from './keys/map-keys.ts';
import { runKeys } from './keys/run-keys.ts';
import { scrollKeys } from './keys/scroll-keys.ts';
import { asidePhase, foldedAtFirst, type MapRow, mapLine, mapRows, phaseLines, underWayLines } from './map/map-lines.ts';
import { Frame } from './pieces/frame.tsx';
import { cutLine, type Line, line, linesOf } from './pieces/line.ts';
import { Lines } from './pieces/lines.tsx';
import { runHead } from './pieces/run-head.ts';
import { seenLines } from './pieces/scroll.ts';
import { heading, sections } from './pieces/sections.ts';
import { between, sideBySide } from './pieces/side-by-side.ts';
import { marks } from './pieces/theme.ts';
import type { ScreenProps } from './screen-props.ts';
import { bodyOf, type Size, wide } from './size.ts';
import { attemptLines } from './step/attempt-lines.ts';
import { hostLines } from './step/host-lines.ts';
import { viewStep, whyOf } from './step/step-view.ts';

/** The phases and steps of a run, how each stands and how long it took; what is under way stands above. */
export function MapScreen({ state, size, send }: ScreenProps<WalkState>): ReactElement {
  const current = currentStep(state);
  const room = bodyOf(size);
  const [folded, setFolded] = useState(() => foldedAtFirst(state.run, current, room.rows - reserved(room)));
  const rows = mapRows(state.run, folded);
  const [chosen, setChosen] = useState(() => keyOf(rows.find((row) => row.is === 'step' && row.step.id === current) ?? rows[0]));
  // A phase that was folded takes the cursor of its steps.
  const rowOf = (key: string): number =>
    Math.max(
      0,
      rows.findIndex((row) => keyOf(row) === key),
    );
  const at = rowOf(chosen);
  const cursor = rows[at];
  const keyAt = (to: number): string => keyOf(rows[Math.max(0, Math.min(rows.length - 1, to))]);
  // From where it will stand: several keys may come before the next frame.
  const move = (by: number): void => setChosen((before) => keyAt(rowOf(before) + by));
  const fold = (isFolded: boolean): void => {
    if (cursor === undefined) return;
    const phase = phaseOf(cursor);
    const next = new Set(folded);
    if (isFolded) next.add(phase);
    else next.delete(phase);
    setFolded(next);
    if (isFolded) setChosen(`phase ${phase}`);
  };
  const page = Math.max(1, room.rows - reserved(room) - 1);
  const keys: readonly Binding[] = [
    ...bind(mapKeys, {
      open: () => {
        if (cursor?.is === 'phase') fold(!cursor.isFolded);
        else if (cursor !== undefined) send({ do: 'show', over: { is: 'step', step: cursor.step.id } });
      },
      fold: () => fold(true),
      unfold: () => fold(false),
      foldOne: () => cursor !== undefined && fold(!folded.has(phaseOf(cursor))),
      back: () => send({ do: 'back' }),
    }),
    ...bind(runKeys, {
      map: null,
      values: () => send({ do: 'show', over: { is: 'values' } }),
      hosts: () => send({ do: 'show', over: { is: 'hosts' } }),
      output: () => send({ do: 'show', over: { is: 'output' } }),
      note: null,
      leave: state.end === null ? () => send({ do: 'show', over: { is: 'leave' } }) : null,
    }),
    ...bind(scrollKeys, {
      up: () => move(-1),
      down: () => move(1),
      pageUp: () => move(-page),
      pageDown: () => move(page),
      top: () => setChosen(keyAt(0)),
      bottom: () => setChosen(keyAt(rows.length - 1)),
    }),
  ];
  const head = runHead(state, current);
  return (
    <Frame state={state} size={size} send={send} where="map" {...head} keys={keys}>
      {(body) => <Lines size={body} lines={layOutMap(state, rows, at, body)} />}
    </Frame>
  );
}

/** The step that is asked about, else the one opened last. */
function currentStep({ questions, run }: WalkState): string | null {
  return questions.flatMap((question) => ('step' in question ? [question.step.step.id] : []))[0] ?? run.step;
}

/** Rows above and below the list. */
function reserved({ columns, rows }: Size): number {
  return columns < wide && rows >= 14 ? 4 : 2;
}

/** The list with what is under way above it; what the cursor is on stands at the right, or in the last rows. */
function layOutMap(state: WalkState & Common, rows: readonly MapRow[], at: number, { columns, rows: height }: Size): readonly Line[] {
  const leftWidth = columns < wide ? columns : Math.floor(columns * 0.55);
  const above = [...underWayLines(state, columns).slice(0, 2), []];
  const cursor = rows[at];
  const detail = columns < wide && height >= 14 ? [[], ...shortLines(state, cursor, columns)].slice(0, 2) : [];
  const room = Math.max(1, height - above.length - detail.length);
  const list = around(
    rows.map((row, index) => mapLine(row, leftWidth, index === at)),
    at,
    room,
  );
  if (columns < wide) return [...above, ...list, ...Array.from({ length: room - list.length }, (): Line => []), ...detail];
  const right = seenLines(detailLines(state, cursor, columns - leftWidth - between), room, 0, 'enter shows all of it');
  return [...above, ...sideBySide(list, right, { leftWidth, rows: room })];
}

/** The rows round the cursor that there is room for; a cut end says how many more there are. */
function around(lines: readonly Line[], at: number, rows: number): readonly Line[] {
  if (lines.length <= rows) return lines;
  const from = Math.max(0, Math.min(at - Math.floor(rows / 2), lines.length - rows));
  const seen = lines.slice(from, from + rows);
  const below = lines.length - from - rows;
  // The cursor is never what a mark stands for.
  if (rows < 3) return seen;
  return seen.map((each, index) => {
    if (index === 0 && from > 0) return line(`  … ${from + 1} rows more above`);
    return index === rows - 1 && below > 0 ? line(`  … ${below + 1} rows more below`) : each;
  });
}

/** What the cursor is on, in one row. */
function shortLines(state: WalkState, row: MapRow | undefined, width: number): readonly Line[] {
  if (row?.is !== 'step')
    return [line(row?.is === 'phase' ? `${cleanLine(row.title)}: enter ${row.isFolded ? 'shows' : 'hides'} its steps` : '')];
  const hosts = row.step.perHost.map(({ name, state }) => `${sayHost(name)} ${marks[state].word}`).join(', ');
  const told = row.step.perHost.length > 0 ? hosts : `for ${row.step.hosts.map(sayHost).join(', ') || 'no host'}`;
  return [cutLine(line(`${row.number === null ? '' : `${row.number} `}${sayNext(currentStep(state), row.step.id)}${told}`), width)];
}

function sayNext(current: string | null, id: string): string {
  return current === id ? 'the run is here: ' : '';
}

/** What the cursor is on, with the hosts of a step as rows. */
function detailLines(state: WalkState & Common, row: MapRow | undefined, width: number): readonly Line[] {
  if (row === undefined) return [];
  if (row.is === 'phase') return phaseLines(row, state.runbook, width);
  const view = viewStep(state, row.step.id);
  const { mark, word, tone } = marks[row.step.state];
  const why = whyOf(view);
  return sections(
    [
      ...heading(row.step.title, width),
      [{ text: `${mark} ${word}`, tone }, { text: `   risk: ${view.risk}${row.step.isAside ? '   out of the order' : ''}` }],
      ...(why === undefined ? [] : linesOf([{ prose: why, indent: '', hanging: '  ' }], width)),
    ],
    hostLines({ state, view }, width),
    attemptLines({ state, view }, width),
    [line('enter reads all of the step')],
  );
}

function keyOf(row: MapRow | undefined): string {
  if (row === undefined) return '';
  return row.is === 'phase' ? `phase ${row.title}` : `step ${row.step.id}`;
}

function phaseOf(row: MapRow): string {
  if (row.is === 'phase') return row.title;
  return row.step.isAside ? asidePhase : row.step.phase;
}
