import { describe, expect, onTestFinished, test } from 'vitest';
import { Screen } from '../../src/screens/screen.tsx';
import { footerHeight, type Size } from '../../src/screens/size.ts';
import { toAscii } from '../../src/terminal/ascii-output.ts';
import { widthOf } from '../../src/words/lay-out.ts';
import { openTerminal } from './open-terminal.tsx';
import { failureSamples } from './samples/failure-samples.ts';
import { questionSamples } from './samples/question-samples.ts';
import type { ScreenSample } from './samples/screen-sample.ts';
import { setUpSamples } from './samples/set-up-samples.ts';
import { walkSamples } from './samples/walk-samples.ts';

const samples: readonly ScreenSample[] = [...setUpSamples, ...questionSamples, ...failureSamples, ...walkSamples];
const sizes: readonly Size[] = [
  { columns: 80, rows: 24 },
  { columns: 60, rows: 16 },
  { columns: 140, rows: 40 },
];

/** How much larger than the screen the emulator is: what is drawn beyond the screen's edges is seen there. */
const beyond = 20;

/** All rows of the emulator, those beyond the screen too. */
async function drawn({ state, keys = [] }: ScreenSample, { columns, rows }: Size): Promise<readonly string[]> {
  const terminal = openTerminal(<Screen state={await state()} size={{ columns, rows }} send={() => {}} />, {
    columns: columns + beyond,
    rows: rows + beyond,
  });
  onTestFinished(() => terminal.close());
  await terminal.settled();
  for (const key of keys) {
    const before = terminal.text();
    terminal.type(key);
    await expect.poll(terminal.text, { interval: 5 }).not.toBe(before);
    await terminal.settled();
  }
  return Array.from({ length: rows + beyond }, (_, row) => terminal.line(row));
}

describe.each(samples)('the screen “$name”', (sample) => {
  test.each(sizes)('fills $columns x $rows exactly, from its title to its keys', async ({ columns, rows }) => {
    const all = await drawn(sample, { columns, rows });
    expect(all.filter((row) => widthOf(row) > columns)).toEqual([]);
    expect(all.slice(rows)).toEqual(Array.from({ length: beyond }, () => ''));
    const rule = '─'.repeat(columns);
    expect([all[0], all[1], all[rows - footerHeight(rows) - 1]]).toEqual([expect.stringMatching(/\S/), rule, rule]);
    expect(all.slice(rows - footerHeight(rows), rows).join('')).toMatch(/\S/);
  });

  test('is at 80 x 24 as it was', async () => {
    const [size = { columns: 80, rows: 24 }] = sizes;
    const all = await drawn(sample, size);
    await expect(`${all.slice(0, size.rows).join('\n').trimEnd()}\n`).toMatchFileSnapshot(`./every-screen/${sample.name}.txt`);
  });

  test('is as wide, and has no sign without a likeness, where the terminal knows ASCII alone', async () => {
    const rows = (await drawn(sample, { columns: 80, rows: 24 })).filter(
      (row) => !/[^\x00-\x7f]/.test(row.replaceAll(/[─│…•↪→‹›“”‘’–·]/g, '')),
    );
    expect(rows.length).toBeGreaterThan(24);
    expect(rows.map(toAscii).filter((row, index) => row.includes('?') && !rows[index]?.includes('?'))).toEqual([]);
    expect(rows.map((row) => widthOf(toAscii(row)))).toEqual(rows.map(widthOf));
  });
});
