import { openSearch, type Search } from '../output/search.ts';
import { type Place, readSearchPattern, type SearchPattern } from '../output/search-pattern.ts';
import type { StepOutput } from '../output/step-output.ts';

/** What is looked for in the output, and how far that is. */
export type OutputSearch = {
  readonly typed: string;
  /** Why what was typed cannot be looked for. */
  readonly fault: string | null;
  readonly isLooking: boolean;
  /** The row that was found last, from 1; `isRound` where it was found from the other end. */
  readonly row: number | null;
  readonly isRound: boolean;
  /** How many rows have it; null until all was looked through. */
  readonly count: number | null;
};

/** The search of the output on the screen: one at a time. */
export type PaneSearch = {
  state(): OutputSearch | null;
  /** Looks for what was typed, from a row on; nothing typed ends the search. */
  begin(typed: string, document: StepOutput, row: number, by: 1 | -1): void;
  /** The next match from the last one, else from a row; in another document it begins anew. */
  next(document: StepOutput, row: number, by: 1 | -1): void;
  /** Where a line has what is looked for. */
  places(line: string): readonly Place[];
  close(): void;
};

export function openPaneSearch({ changed, onFound }: { changed(): void; onFound(row: number): void }): PaneSearch {
  let state: OutputSearch | null = null;
  let pattern: SearchPattern | null = null;
  let current: { readonly document: StepOutput; readonly search: Search; readonly stop: AbortController } | null = null;
  /** Which search this is: an answer to an earlier one is none. */
  let asked = 0;
  let looking: Promise<void> = Promise.resolve();

  const stop = (): void => {
    current?.stop.abort();
    current = null;
  };
  const searchIn = (document: StepOutput, pattern: SearchPattern): Search => {
    if (current?.document === document) return current.search;
    stop();
    const stopping = new AbortController();
    current = { document, search: openSearch(document, pattern, stopping.signal), stop: stopping };
    return current.search;
  };
  const look = async (document: StepOutput, pattern: SearchPattern, row: number, by: 1 | -1): Promise<void> => {
    const mine = asked;
    const isOther = current?.document !== document;
    const search = searchIn(document, pattern);
    const from = isOther || state?.row == null ? row : state.row - 1;
    change({ isLooking: true, count: null });
    const found = await search.next(from, by);
    if (mine !== asked) return;
    change({ row: found === null ? null : found.row + 1, isRound: found?.isRound ?? false });
    if (found !== null) onFound(found.row);
    void search.count().then(
      (count) => mine === asked && change({ isLooking: false, count }),
      () => undefined,
    );
  };
  const change = (part: Partial<OutputSearch>): void => {
    if (state === null) return;
    state = { ...state, ...part };
    changed();
  };
  /** Keys pressed quickly go from match to match, one after the other. */
  const lookFor = (document: StepOutput, row: number, by: 1 | -1): void => {
    const [looked, mine] = [pattern, asked];
    if (looked === null) return;
    looking = looking
      .then(() => (mine === asked ? look(document, looked, row, by) : undefined))
      .catch((error: unknown) => {
        if (mine === asked && !isAbort(error)) change({ isLooking: false, fault: error instanceof Error ? error.message : String(error) });
      });
  };

  return {
    state: () => state,
    begin(typed, document, row, by) {
      stop();
      pattern = null;
      asked += 1;
      const read = typed === '' ? null : readSearchPattern(typed);
      state = read === null ? null : { typed, fault: null, isLooking: false, row: null, isRound: false, count: null };
      if (typeof read === 'string') change({ fault: read });
      else if (read !== null) {
        pattern = read;
        lookFor(document, row, by);
      }
      changed();
    },
    next(document, row, by) {
      lookFor(document, row, by);
    },
    places: (line) => pattern?.places(line) ?? [],
    close: stop,
  };
}

/** Another host is shown, or the walk has ended: nobody waits for it any more. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
