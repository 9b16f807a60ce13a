import { expect, test } from 'vitest';
import type { StepHost } from '../../src/run/events/run-state.ts';
import { hostStrip, sayHosts } from '../../src/screens/output/output-hosts.ts';
import { lineWidth } from '../../src/screens/pieces/line.ts';

const hosts = (count: number): readonly StepHost[] =>
  Array.from({ length: count }, (_, i) => ({ name: `worker${i + 1}`, state: i % 3 === 0 ? 'done' : 'running', attempts: [] }));
const strip = (count: number, shown: string, most = 2): readonly string[] =>
  hostStrip(hosts(count), shown, 0, { columns: 80, most }).map((row) =>
    row
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  );

test('a few hosts stand one behind the other', () => {
  expect(strip(3, 'worker2')).toEqual([' [ok] done worker1 -  >[~~] running worker2 -   [~~] running worker3 -']);
});

test('of many hosts the shown one is seen, and it is said how many are not', () => {
  const rows = strip(30, 'worker17');
  expect(rows.join('\n')).toContain('>[~~] running worker17');
  expect(rows).toHaveLength(2);
  expect(rows[1]).toMatch(/… 2\d more: h$/);
  for (const count of [5, 7, 30, 200]) {
    for (const row of hostStrip(hosts(count), 'worker1', 0, { columns: 60, most: 1 })) expect(lineWidth(row)).toBeLessThanOrEqual(62);
  }
});

test('how many stand how is said in words', () => {
  expect(sayHosts({ perHost: hosts(6) })).toBe('6 hosts   4 running   2 done');
});
