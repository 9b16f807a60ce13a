import type xterm from '@xterm/headless';
import { expect, vi } from 'vitest';
import { layOutput } from '../../src/screens/output/output-layout.ts';
import { lineWidth } from '../../src/screens/pieces/line.ts';
import { bodyOf, type Size } from '../../src/screens/size.ts';
import { openTalkingHosts } from '../scenes/talking-hosts.ts';
import { type OutputOnScreen, putOnScreen } from '../screens/output-on-screen.tsx';
import { chunksOf, hostileStream } from './hostile-streams.ts';

/** Lets a host print hostile streams, from one number to before another, and looks at the screen after each. */
export async function drawHostile(from: number, to: number, size: Size): Promise<void> {
  const hosts = await openTalkingHosts();
  hosts.sends('join', 'server77');
  hosts.says('server77', 'a plain line\n'.repeat(100));
  const on = await putOnScreen(hosts, size);
  await on.draw();
  const before = look(on);
  for (let seed = from; seed < to; seed++) {
    hosts.ends('server77');
    hosts.sends('join', 'server77', { attempt: seed - from + 2 });
    for (const chunk of chunksOf(hostileStream(seed), seed)) hosts.says('server77', chunk);
    await looksRight(on, before, size, `stream ${seed}, its end`);
    if (seed % 5 !== 0) continue;
    hosts.act({ how: 'page', by: -1 });
    await looksRight(on, before, size, `stream ${seed}, a page above its end`);
    hosts.act({ how: 'view', view: 'all' });
    await looksRight(on, before, size, `stream ${seed}, among all hosts`);
    hosts.act({ how: 'view', view: 'one' });
  }
}

/** What is read from the log comes a moment later. */
async function looksRight(on: OutputOnScreen, before: Seen, size: Size, where: string): Promise<void> {
  await on.draw();
  await vi.waitFor(() => check(on, before, size, where), { interval: 2, timeout: 5000 });
}

type Seen = {
  readonly written: number;
  readonly type: string;
  readonly modes: xterm.IModes;
  readonly isCursorHidden: boolean;
  readonly events: readonly string[];
  readonly rows: readonly string[];
};

/** All of a terminal that output could change without a cell of its own. */
function look({ terminal }: OutputOnScreen): Seen {
  const { screen } = terminal;
  const events: string[] = [];
  screen.onTitleChange(() => events.push('title'));
  screen.onBell(() => events.push('bell'));
  screen.onScroll(() => events.push('scroll'));
  screen.onData((data) => events.push(`answer ${JSON.stringify(data)}`));
  for (const kind of [0, 1, 2, 4, 7, 8, 9, 10, 11, 12, 52, 104, 133, 777, 1337]) {
    screen.parser.registerOscHandler(kind, () => events.push(`OSC ${kind}`) > 0);
  }
  return { ...state(screen), written: terminal.written().length, events, rows: rowsOf(screen) };
}

function state(screen: xterm.Terminal): Pick<Seen, 'type' | 'modes' | 'isCursorHidden'> {
  // Not told by xterm otherwise.
  const core = (screen as unknown as { readonly _core: { readonly coreService: { readonly isCursorHidden: boolean } } })._core;
  return { type: screen.buffer.active.type, modes: { ...screen.modes }, isCursorHidden: core.coreService.isCursorHidden };
}

function check(on: OutputOnScreen, before: Seen, size: Size, where: string): void {
  const { terminal } = on;
  expect(state(terminal.screen), where).toEqual({ type: before.type, modes: before.modes, isCursorHidden: before.isCursorHidden });
  expect(before.events, where).toEqual([]);
  checkWritten(terminal.written().slice(before.written), where);
  checkCells(on, before, size, where);
}

/** Nothing but what Ink draws with: moves, erasures, and the attributes that the screens use. */
function checkWritten(written: string, where: string): void {
  const rest = written
    .replace(/\x1b\[(?:[0-9]+(?:;[0-9]+)?)?[ABCDEGHJK]/g, '')
    .replace(/\x1b\[(?:0|1|7|22|27|3[0-79]|9[0-7])?m/g, '')
    .replace(/\x1b\[\?2026[hl]/g, '')
    .replace(/\r?\n/g, '');
  expect(/[\x00-\x1f\x7f-\x9f]/.exec(rest)?.[0] ?? null, `${where}: ${JSON.stringify(rest.slice(0, 200))}`).toBeNull();
}

/** Every cell outside the pane is what the screen itself puts there. */
function checkCells(on: OutputOnScreen, before: Seen, size: Size, where: string): void {
  const { screen } = on.terminal;
  const body = bodyOf(size);
  const now = on.state();
  const step = now.run.steps.find(({ id }) => id === 'join');
  const layout = layOutput(now, body, step, step?.perHost[0]);
  const top = 2;
  const rows = rowsOf(screen);
  const outside = (row: number): boolean => row < top || row >= top + body.rows;
  for (const [row, seen] of rows.entries()) if (outside(row)) expect(seen, `${where}, row ${row}`).toBe(before.rows[row]);
  for (const [index, line] of layout.lines.entries()) {
    const isPane = index >= body.rows - 1 - layout.pane.rows && index < body.rows - 1;
    const own = line.map(({ text }) => text).join('');
    const left = isPane ? own.slice(0, size.columns - layout.pane.columns) : own;
    const width = isPane ? left.length : lineWidth(line);
    const seen = screen.buffer.active.getLine(top + index)?.translateToString(false, 0, width);
    expect(seen, `${where}, row ${top + index}`).toBe(left);
  }
  expect(strangeCells(screen), where).toEqual([]);
}

/** Each row with the attributes of its cells. */
function rowsOf(screen: xterm.Terminal): readonly string[] {
  return Array.from({ length: screen.rows }, (_, row) => {
    const line = screen.buffer.active.getLine(row);
    return Array.from({ length: screen.cols }, (_each, column) => {
      const cell = line?.getCell(column);
      return cell === undefined ? '' : `${cell.getChars()}${cell.isBold()}${cell.isInverse()}${cell.getFgColor()}`;
    }).join('|');
  });
}

/** Cells with an attribute that no screen uses. */
function strangeCells(screen: xterm.Terminal): readonly string[] {
  const strange: string[] = [];
  for (let row = 0; row < screen.rows; row++) {
    const line = screen.buffer.active.getLine(row);
    for (let column = 0; column < screen.cols; column++) {
      const cell = line?.getCell(column);
      if (cell === undefined) continue;
      const marks = [
        cell.isBlink(),
        cell.isInvisible(),
        cell.isDim(),
        cell.isItalic(),
        cell.isUnderline(),
        cell.isStrikethrough(),
        cell.isOverline(),
        cell.isBgPalette(),
        cell.isBgRGB(),
        cell.isFgRGB(),
      ];
      if (marks.some((mark) => mark !== 0 && mark !== false)) strange.push(`${row}:${column}`);
    }
  }
  return strange;
}
