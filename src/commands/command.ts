/** What a command is given: its words, checked against its own table of options. */
export type Call = {
  readonly words: readonly string[];
  readonly flags: ReadonlySet<string>;
  /** Options with a value, each as often as it was given. */
  readonly options: Readonly<Record<string, readonly string[]>>;
};

/** Does one thing and resolves with the exit code (design.md, "Command line"). */
export type Command = (call: Call) => Promise<number>;

/** The last value of an option, as later ones win. */
export function optionOf(call: Call, name: string): string | undefined {
  return call.options[name]?.at(-1);
}
