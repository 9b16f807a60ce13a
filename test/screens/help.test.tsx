import { expect, it, onTestFinished } from 'vitest';
import type { Act } from '../../src/scenes/act.ts';
import { helpLines, helpOf, helpWith } from '../../src/screens/help/help-lines.ts';
import { HelpScreen } from '../../src/screens/help.tsx';
import { keyTables } from '../../src/screens/keys/key-tables.ts';
import { lineWidth } from '../../src/screens/pieces/line.ts';
import { marks } from '../../src/screens/pieces/theme.ts';
import { type OpenTerminal, openTerminal } from './open-terminal.tsx';

const common = { now: 0, told: null };

function show(): OpenTerminal & { readonly sent: readonly Act[] } {
  const sent: Act[] = [];
  const terminal = openTerminal(<HelpScreen state={common} size={{ columns: 80, rows: 24 }} send={(act) => sent.push(act)} of="failure" />);
  onTestFinished(() => terminal.close());
  return { ...terminal, sent };
}

it('begins with the keys of the screen on which it was asked for', () => {
  expect(helpOf('failure')[0]?.title).toBe('A failure');
  expect(helpOf('failure')[0]?.items).toContainEqual({ term: 'v', says: 'check, or probe, again; runs nothing else' });
});

it('tells the keys of every screen, on any of them, and what each mark means', () => {
  for (const where of Object.keys(keyTables)) {
    const sections = helpOf(where);
    expect(sections.map(({ title }) => title)).toEqual(expect.arrayContaining(['Everywhere', 'Marks', 'Words']));
    const told = sections.flatMap(({ items }) => items.map(({ term }) => term));
    for (const { mark } of Object.values(marks)) expect(told).toContain(mark);
  }
});

it('is never wider than the screen, and cuts nothing', () => {
  const whole = (columns: number): string =>
    helpLines(helpOf('question'), columns)
      .flatMap((row) => row.map(({ text }) => text))
      .join('')
      .replace(/\s+/g, '');
  for (const columns of [40, 60, 80, 140]) {
    expect(helpLines(helpOf('question'), columns).filter((row) => lineWidth(row) > columns)).toEqual([]);
    expect(whole(columns)).toBe(whole(80));
  }
});

it('shows only what has a word in it', () => {
  const found = helpWith(helpOf('failure'), 'SKIP');
  expect(found.flatMap(({ items }) => items.map(({ term }) => term))).toEqual(['s', '[--]']);
});

it('is searched, shown whole again, and closed', async () => {
  const help = show();
  await help.shows('A failure');
  help.type('/');
  await help.shows('Show only what has this in it:');
  help.type('fingerprint');
  await help.shows('Nothing has this in it.');
  help.type('\u001b');
  await help.shows('/ search');
  expect(help.text()).toContain('A failure');
  help.type('q');
  await expect.poll(() => help.sent).toEqual([{ do: 'back' }]);
});

it('moves by pages to its end, and says what is out of sight', async () => {
  const help = show();
  await help.shows(/rows 1 to 18 of \d+/);
  help.type('G');
  await help.shows('departure');
});
