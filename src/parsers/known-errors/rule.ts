/** An error whose cause we know. The match is in RE2's syntax, on one line; a frame ("some fatal errors occurred") is never an entry. */
export type KnownErrorRule = {
  readonly id: string;
  readonly match: string;
  readonly cause: string;
  /** What to do, in this order. */
  readonly fix: readonly string[];
  /** True where it only says that something went wrong: told after everything that says what. */
  readonly isGeneral?: boolean;
};
