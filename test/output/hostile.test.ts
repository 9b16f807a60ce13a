import { test } from 'vitest';
import { sayHostile } from './hostile-lines.ts';
import { drawHostile } from './hostile-on-screen.tsx';

test.each([
  { columns: 80, rows: 24, from: 0, to: 350 },
  { columns: 140, rows: 40, from: 350, to: 475 },
  { columns: 60, rows: 16, from: 475, to: 500 },
])('at $columns x $rows the output of hostile streams $from to $to changes no cell outside its pane', async ({ from, to, ...size }) => {
  for (let at = from; at < to; at += 50) await drawHostile(at, Math.min(at + 50, to), size);
});

test('500 hostile streams let nothing out that a terminal could take as a command, in plain mode, stream, pager, summary and report', async () => {
  for (let at = 0; at < 500; at += 100) await sayHostile(at, at + 100);
});
