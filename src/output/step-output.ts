import type { OutputDocument, OutputRow } from './output-document.ts';
import { openPartOutput, type PartOutput, type PartOutputOptions } from './part-output.ts';

/** A part of the step, as it was sent: `key` is never that of another part. */
export type SentPart = PartOutputOptions & { readonly key: string; readonly title: string };

/**
 * All that one host has said in one step: its parts one after the other, attempt by attempt, each between a row that says what ran and
 * one that says how it ended. Rows count from 0; none ever moves.
 */
export type StepOutput = OutputDocument & {
  /** A part begins; one that is known already goes on. */
  begin(part: SentPart): void;
  /** Output of the part begun last. */
  take(bytes: Uint8Array): void;
  /** The part begun last is over. */
  end(how: string): void;
  /** Lines of all its parts. */
  lines(): number;
  /** Rows that will not change any more. */
  whole(): number;
  /** True between a part's beginning and its end. */
  isRunning(): boolean;
  /** The parts and the row of each one's first line. */
  parts(): readonly { readonly output: PartOutput; readonly first: number }[];
  /** Gives the memory of the last bytes back. */
  settle(): void;
};

type Part = { readonly key: string; readonly title: string; readonly output: PartOutput; ended: string | null };

export function openStepOutput(): StepOutput {
  const parts: Part[] = [];
  const rowsOf = ({ output, ended }: Part): number => 1 + output.lines() + (ended === null ? 0 : 1);
  const rows = (): number => parts.reduce((sum, part) => sum + rowsOf(part), 0);

  /** The rows of each part that lie in a window, counted from the part's own first row. */
  const within = (from: number, to: number): readonly { readonly part: Part; readonly from: number; readonly to: number }[] => {
    let first = 0;
    return parts.flatMap((part) => {
      const begin = first;
      first += rowsOf(part);
      const window = { part, from: Math.max(from, begin) - begin, to: Math.min(to, first) - begin };
      return window.from < window.to ? [window] : [];
    });
  };
  /** Puts what is told of a part round its lines. */
  const around = (
    { part, from, to }: { readonly part: Part; readonly from: number; readonly to: number },
    lines: readonly string[],
  ): readonly OutputRow[] => {
    const last = rowsOf(part) - 1;
    const lost = part.output.lost();
    const first = Math.max(0, from - 1);
    const said = lines.map((text, i): OutputRow => {
      const isLost = lost !== null && first + i >= lost.from && first + i < lost.to;
      return isLost
        ? { is: 'told', text: `lines ${lost.from + 1} to ${lost.to} are left out of the log` }
        : { is: 'said', text, line: first + i + 1 };
    });
    const title: readonly OutputRow[] = from === 0 ? [{ is: 'told', text: part.title }] : [];
    const end: readonly OutputRow[] = part.ended !== null && to > last ? [{ is: 'told', text: part.ended }] : [];
    return [...title, ...said, ...end];
  };
  const linesIn = ({ part, from, to }: { readonly part: Part; readonly from: number; readonly to: number }): readonly [number, number] => [
    Math.max(0, from - 1),
    Math.min(part.output.lines(), Math.max(0, to - 1)),
  ];

  return {
    begin({ key, title, ...options }) {
      if (parts.some((part) => part.key === key)) return;
      // Of the part before, some rows may still be on the screen; of earlier ones hardly.
      parts.at(-2)?.output.settle();
      parts.push({ key, title, output: openPartOutput(options), ended: null });
    },
    take(bytes) {
      parts.at(-1)?.output.take(bytes);
    },
    end(how) {
      const part = parts.at(-1);
      if (part !== undefined) part.ended ??= how;
    },
    rows,
    lines: () => parts.reduce((sum, { output }) => sum + output.lines(), 0),
    whole: () => {
      const last = parts.at(-1);
      return last === undefined || last.ended !== null ? rows() : rows() - (last.output.lines() - last.output.whole());
    },
    isRunning: () => parts.length > 0 && parts.at(-1)?.ended === null,
    async load(signal) {
      for (const { output } of parts) await output.load(signal);
    },
    recent(from, to) {
      const found: OutputRow[] = [];
      for (const window of within(from, to)) {
        const [first, behind] = linesIn(window);
        const lines = first < behind ? window.part.output.recent(first, behind) : [];
        if (lines === null) return null;
        found.push(...around(window, lines));
      }
      return found;
    },
    async read(from, to, signal) {
      const found: OutputRow[] = [];
      for (const window of within(from, to)) {
        const [first, behind] = linesIn(window);
        found.push(...around(window, first < behind ? await window.part.output.read(first, behind, signal) : []));
      }
      return found;
    },
    hidden() {
      let first = 0;
      return parts.flatMap((part) => {
        const lost = part.output.lost();
        const begin = first + 1;
        first += rowsOf(part);
        return lost === null ? [] : [{ from: begin + lost.from, to: begin + lost.to - 1 }];
      });
    },
    parts() {
      let first = 0;
      return parts.map((part) => {
        const begin = first + 1;
        first += rowsOf(part);
        return { output: part.output, first: begin };
      });
    },
    settle() {
      for (const { output } of parts) output.settle();
    },
  };
}
