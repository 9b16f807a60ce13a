import { prose, type Said } from '../../words/said.ts';
import { keyTables, type Where } from '../keys/key-tables.ts';
import { namesOfKey } from '../keys/keys-page.ts';
import { type Line, linesOf } from '../pieces/line.ts';
import { marks } from '../pieces/theme.ts';

/** What is told in the help: a key or a word, and what it means. */
export type HelpItem = { readonly term: string; readonly says: string };
export type HelpSection = { readonly title: string; readonly items: readonly HelpItem[] };

/** The keys of a screen, those of every screen, and what the marks and words mean. */
export function helpOf(where: string): readonly HelpSection[] {
  const own = isWhere(where) ? [sectionOf(where)] : [];
  return [...own, sectionOf('everywhere'), marksSection, wordsSection];
}

/** Those with a text in them; a section without any is left out. */
export function helpWith(sections: readonly HelpSection[], text: string): readonly HelpSection[] {
  const wanted = text.trim().toLowerCase();
  return sections
    .map(({ title, items }) => ({ title, items: items.filter(({ term, says }) => `${term} ${says}`.toLowerCase().includes(wanted)) }))
    .filter(({ items }) => items.length > 0);
}

export function helpLines(sections: readonly HelpSection[], columns: number): readonly Line[] {
  const widest = Math.min(14, Math.max(0, ...sections.flatMap(({ items }) => items.map(({ term }) => term.length))));
  const said: readonly Said[] = sections.flatMap(({ title, items }, index) => [
    ...(index === 0 ? [] : ['']),
    { exact: title, tone: 'strong' as const },
    ...items.flatMap(({ term, says }) => prose(says, `  ${term.padEnd(widest)}  `, ' '.repeat(widest + 4))),
  ]);
  return linesOf(said.length === 0 ? prose('Nothing has this in it.') : said, Math.min(columns, 100));
}

function sectionOf(where: Where): HelpSection {
  const { title, tables } = keyTables[where];
  return {
    title,
    items: tables.flatMap((table) => Object.values(table).map((record) => ({ term: namesOfKey(record).join(' '), says: record.says }))),
  };
}

function isWhere(where: string): where is Where {
  return where in keyTables;
}

const marksSection: HelpSection = {
  title: 'Marks',
  items: [
    { term: marks.pending.mark, says: 'not yet, or waiting for its turn' },
    { term: marks.running.mark, says: 'running; of a step also: done on some of its hosts' },
    { term: marks.done.mark, says: 'done: it ran, was found done, or was marked as done' },
    { term: marks.failed.mark, says: 'failed: it ended badly, or its check was not reached' },
    { term: marks.unknown.mark, says: 'unknown: how it ended cannot be told; handrail asks' },
    { term: marks.skipped.mark, says: 'skipped, or the host was left out' },
    { term: '…', says: 'something is cut off or out of sight here' },
    { term: '↪', says: 'the line above goes on here' },
    { term: '••••••••', says: 'a secret' },
    { term: '(key)', says: 'does nothing now; press it to be told why' },
  ],
};

const wordsSection: HelpSection = {
  title: 'Words',
  items: [
    { term: 'LIVE', says: 'the hosts are real machines' },
    { term: 'LAB', says: 'the hosts are simulated; nothing real is touched' },
    { term: 'runbook', says: 'the guide that is walked' },
    { term: 'step', says: 'a part of the guide that is asked about and run at once; it has one or more parts' },
    { term: 'run', says: 'one walk through a runbook; it can be left and resumed at any time' },
    { term: 'attempt', says: 'one try of one step on one host' },
    { term: 'probe', says: 'looks whether a step is done already; only reads' },
    { term: 'verify', says: 'checks whether a step did what it should; only reads' },
    { term: 'value', says: 'something given, or read from what a host printed, for later steps' },
    { term: 'in between', says: 'a step out of the order, that makes a value anew or mends a failure' },
    { term: 'departure', says: 'what was done otherwise than the runbook says; it stands in the report' },
  ],
};
