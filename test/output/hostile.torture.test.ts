import { test } from 'vitest';
import { sayHostile } from './hostile-lines.ts';
import { drawHostile } from './hostile-on-screen.tsx';

test.each([
  { columns: 80, rows: 24, from: 1000, to: 7000 },
  { columns: 140, rows: 40, from: 7000, to: 9000 },
  { columns: 60, rows: 16, from: 9000, to: 11_000 },
])('at $columns x $rows the output of hostile streams $from to $to changes no cell outside its pane', async ({ from, to, ...size }) => {
  for (let at = from; at < to; at += 50) await drawHostile(at, Math.min(at + 50, to), size);
});

test('ten thousand hostile streams let nothing out that a terminal could take as a command, in plain mode, stream, pager, summary and report', async () => {
  for (let at = 1000; at < 11_000; at += 100) await sayHostile(at, at + 100);
});
