/**
 * A row of output: what a host has said, or what is said of it. `line` counts the lines of its part, from 1; `host` stands where rows of
 * several hosts are together.
 */
export type OutputRow = { readonly text: string; readonly host?: string } & (
  | { readonly is: 'said'; readonly line: number }
  | { readonly is: 'told' }
);

/** Output as rows that can be looked at anywhere. Rows count from 0; none ever moves. */
export type OutputDocument = {
  rows(): number;
  /** Counts what is on the disk and was not counted yet. Does nothing where all is counted. */
  load(signal: AbortSignal): Promise<void>;
  /** The rows from one to before another, where they are in memory. */
  recent(from: number, to: number): readonly OutputRow[] | null;
  /** The same from the disk. */
  read(from: number, to: number, signal: AbortSignal): Promise<readonly OutputRow[]>;
  /** Rows that are not shown, in their order: one behind them stands for all. */
  hidden(): readonly Span[];
};

/** Rows from one to before another. */
export type Span = { readonly from: number; readonly to: number };

/** The row some shown rows below another (or above, where `by` is negative); not before the first, not behind the last. */
export function moved(document: OutputDocument, from: number, by: number): number {
  const hidden = document.hidden();
  const last = Math.max(0, document.rows() - 1);
  const seen = (row: number): number => hidden.find((span) => row >= span.from && row < span.to)?.to ?? row;
  let at = seen(Math.min(Math.max(0, from), last));
  let left = Math.abs(by);
  const spans = by < 0 ? hidden.toReversed() : hidden;
  for (const span of spans) {
    const way = by < 0 ? at - span.to : span.from - 1 - at;
    if (by < 0 ? at < span.to : at >= span.to) continue;
    if (left <= way) break;
    left -= Math.max(0, way) + 1;
    at = by < 0 ? span.from - 1 : span.to;
  }
  return seen(Math.min(Math.max(0, by < 0 ? at - left : at + left), last));
}

/** The spans of up to `count` shown rows from a row on. */
export function windowFrom(document: OutputDocument, from: number, count: number): readonly Span[] {
  const spans: Span[] = [];
  let at = from;
  let left = count;
  for (const hidden of [...document.hidden(), { from: document.rows(), to: Number.POSITIVE_INFINITY }]) {
    if (at < hidden.from && left > 0) {
      const to = Math.min(hidden.from, at + left);
      spans.push({ from: at, to });
      left -= to - at;
    }
    at = Math.max(at, hidden.to);
  }
  return spans;
}
