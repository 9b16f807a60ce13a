import type { OutputPane, ShownRow } from '../../scenes/output-state.ts';
import { sayDuration } from '../../words/durations.ts';
import { widthOf } from '../../words/lay-out.ts';
import { type Line, line, spread } from '../pieces/line.ts';
import { type Mark, markText } from '../pieces/marks.ts';
import { fitRemote } from '../pieces/remote-line.ts';

/** The rows of the output that stand in a pane: the last ones while they are followed, else those from the first on. */
export function outputRows({ rows, isFollowing }: OutputPane, size: { readonly columns: number; readonly rows: number }): readonly Line[] {
  const seen = isFollowing ? rows.slice(-size.rows) : rows.slice(0, size.rows);
  return seen.map((row) => outputRow(row, size.columns));
}

function outputRow(row: ShownRow, width: number): Line {
  if (row.is === 'told') {
    const { text, cut } = fitRemote(`── ${row.host === undefined ? '' : `${row.host}: `}${row.text}`, width);
    return line(text + cut, 'strong');
  }
  const before = row.host === undefined ? '' : `${row.host} | `;
  const { text, cut } = fitRemote(row.text, width - before.length);
  const places = row.places.filter(({ start }) => start < text.length);
  const marked = markText(
    text,
    places.map((place): Mark => ({ ...place, end: Math.min(place.end, text.length), isReversed: true })),
  );
  return [{ text: before }, ...marked, { text: cut }].filter((span) => span.text !== '');
}

/** The row below the output: where the operator is in it, and when something was heard last. */
export function whereRow(pane: OutputPane, { width, now }: { readonly width: number; readonly now: number }): Line {
  const left = `── ${sayWhere(pane)} `;
  const right = pane.heard === null ? '' : ` heard ${sayDuration(Math.max(0, now - pane.heard))} ago ──`;
  const between = Math.max(0, width - widthOf(left) - widthOf(right));
  return line(between > 0 ? left + '─'.repeat(between) + right : spread(left, '', width));
}

function sayWhere(pane: OutputPane): string {
  const { rows, isFollowing, first, total, search, view } = pane;
  if (pane.host === null) return 'nothing was said yet';
  const host = view === 'one' ? pane.host : view === 'all' ? 'all hosts' : 'differences';
  if (view === 'all' && isFollowing) return 'following all hosts';
  const last = rows.findLast((row) => row.is === 'said');
  const place = isFollowing
    ? `following ${host}, line ${last?.line ?? 0}`
    : `${host}, rows ${first} to ${first + rows.length - 1} of ${total}; f follows`;
  return search === null || view !== 'one' ? place : `${host}: ${saySearch(search)}`;
}

function saySearch({ typed, fault, isLooking, row, isRound, count }: NonNullable<OutputPane['search']>): string {
  if (fault !== null) return fault;
  if (row === null) return isLooking ? `looking for “${typed}”` : `“${typed}” is nowhere`;
  const many = count === null ? 'looking for more' : `${count} ${count === 1 ? 'row has' : 'rows have'} it`;
  return `“${typed}” in row ${row}${isRound ? ' (round the end)' : ''}, ${many}`;
}
