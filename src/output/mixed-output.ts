import type { OutputDocument, OutputRow } from './output-document.ts';
import type { StepOutput } from './step-output.ts';

/** What all hosts of a step say, in the order in which it came: each row behind the name of its host. */
export type MixedOutput = OutputDocument & {
  /** A host may have said more: its rows that are whole now come behind what was there. */
  note(host: string, document: StepOutput): void;
};

/** Rows of one host that came one after the other; the first of them is row `first` of all. */
type Run = { readonly host: string; readonly document: StepOutput; readonly first: number; readonly from: number; to: number };

/** Of hosts that take turns for hours the beginning is let go: the output of each host has it. */
const mostRuns = 100_000;

export function openMixedOutput(): MixedOutput {
  let runs: Run[] = [];
  const noted = new Map<StepOutput, number>();
  const rows = (): number => {
    const last = runs.at(-1);
    return last === undefined ? 0 : last.first + last.to - last.from;
  };
  /** What of each run lies in a window, in rows of its host. */
  const within = (from: number, to: number): readonly { readonly run: Run; readonly from: number; readonly to: number }[] => {
    const found = [];
    for (let i = runAt(runs, from); i < runs.length; i++) {
      const run = runs[i];
      if (run === undefined || run.first >= to) break;
      const window = { run, from: Math.max(run.from, run.from + from - run.first), to: Math.min(run.to, run.from + to - run.first) };
      if (window.from < window.to) found.push(window);
    }
    return found;
  };
  const behindHost = ({ host }: Run, found: readonly OutputRow[]): readonly OutputRow[] => found.map((row) => ({ ...row, host }));

  return {
    note(host, document) {
      const to = document.whole();
      const from = noted.get(document) ?? 0;
      if (to <= from) return;
      noted.set(document, to);
      const last = runs.at(-1);
      if (last?.document === document && last.to === from) last.to = to;
      else runs.push({ host, document, first: rows(), from, to });
      if (runs.length > mostRuns) runs = runs.slice(mostRuns / 2);
    },
    rows,
    async load() {},
    recent(from, to) {
      const found: OutputRow[] = [];
      for (const window of within(from, to)) {
        const part = window.run.document.recent(window.from, window.to);
        if (part === null) return null;
        found.push(...behindHost(window.run, part));
      }
      return found;
    },
    async read(from, to, signal) {
      const found: OutputRow[] = [];
      for (const { run, ...window } of within(from, to)) {
        found.push(
          ...behindHost(run, run.document.recent(window.from, window.to) ?? (await run.document.read(window.from, window.to, signal))),
        );
      }
      return found;
    },
    hidden: () => ((runs[0]?.first ?? 0) === 0 ? [] : [{ from: 0, to: runs[0]?.first ?? 0 }]),
  };
}

/** The run in which a row is. */
function runAt(runs: readonly Run[], row: number): number {
  let low = 0;
  let high = Math.max(0, runs.length - 1);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((runs[middle]?.first ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}
