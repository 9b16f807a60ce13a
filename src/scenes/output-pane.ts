/** What of a step's output stands on the screen: one host's, followed at its end or at a line of it, found and marked. */
export type OutputPane = {
  /** The step and the host shown; null where nothing has been said yet. */
  readonly step: string | null;
  readonly host: string | null;
  /** True while the last lines are shown as they come. */
  readonly isFollowing: boolean;
  /** The rows shown, clean, as many as the pane has; `first` is the number of the first one, from 1. */
  readonly lines: readonly string[];
  readonly first: number;
  /** All lines so far. */
  readonly total: number;
  /** When something was heard last (milliseconds since 1970). */
  readonly heard: number | null;
};

export function openOutputPane(_options: { readonly folder: string; readonly clock: unknown; changed(): void }): {
  state(): OutputPane;
  take(notice: unknown): void;
  act(act: unknown): void;
  close(): Promise<void>;
} {
  return {
    state: () => ({ step: null, host: null, isFollowing: true, lines: [], first: 1, total: 0, heard: null }),
    take() {},
    act() {},
    close: async () => {},
  };
}
