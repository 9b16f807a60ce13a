import { describe, expect, onTestFinished, test } from 'vitest';
import type { Line } from '../../src/screens/pieces/line.ts';
import { line } from '../../src/screens/pieces/line.ts';
import { Screen } from '../../src/screens/screen.tsx';
import { checkTable, tableAround } from '../../src/screens/set-up/set-up-check-lines.ts';
import { widthOf } from '../../src/words/lay-out.ts';
import { openTerminal } from './open-terminal.tsx';
import { setUpSamples } from './samples/set-up-samples.ts';
import { checked, oddMachines, openSetUp, wholeSetup } from './set-up-states.ts';

const textOf = (row: Line): string =>
  row
    .map(({ text }) => text)
    .join('')
    .trimEnd();

test('the columns of a check give way where there is little room, those that decide last', async () => {
  const opened = await openSetUp({ given: wholeSetup, machines: oddMachines });
  await checked(opened);
  const head = (width: number): string =>
    textOf(checkTable(opened.scene.state(), width)[0] ?? [])
      .replace(/ +/g, ' ')
      .trim();
  expect(head(140)).toBe('HOST ADDRESS ROLES USER ROOT BY SYSTEM ARCH CLOCK SWAP FREE');
  expect(head(80)).toBe('HOST USER ROOT BY SYSTEM ARCH CLOCK SWAP FREE');
  expect(head(60)).toBe('HOST USER ROOT BY CLOCK SWAP FREE');
  expect(head(42)).toBe('HOST USER ROOT BY CLOCK');
});

test('the host that asks is in sight, however many there are', () => {
  const table = ['HOST', ...Array.from({ length: 40 }, (_, index) => `h${index}`)].map((text) => line(text));
  for (let host = 0; host < 40; host++) {
    const seen = tableAround(table, 6, host).map(textOf);
    expect(seen).toHaveLength(6);
    expect(seen).toContain(`h${host}`);
    expect([seen[0], seen.at(-1)]).toEqual(['HOST', '… 36 more hosts']);
  }
  expect(tableAround(table.slice(0, 5), 6, 2)).toHaveLength(5);
});

describe.each(setUpSamples)('the screen “$name”', ({ state }) => {
  test.each([
    { columns: 30, rows: 8 },
    { columns: 12, rows: 4 },
    { columns: 200, rows: 5 },
    { columns: 40, rows: 60 },
  ])('stays within $columns x $rows', async ({ columns, rows }) => {
    const terminal = openTerminal(<Screen state={await state()} size={{ columns, rows }} send={() => {}} />, {
      columns: columns + 20,
      rows: rows + 20,
    });
    onTestFinished(() => terminal.close());
    await terminal.settled();
    const all = Array.from({ length: rows + 20 }, (_, row) => terminal.line(row));
    expect(all.filter((row) => widthOf(row) > columns)).toEqual([]);
    expect(all.slice(rows).join('')).toBe('');
    expect(all.slice(0, rows).join('')).not.toBe('');
  });
});
