/** What a program's command line says. */
export type Options = {
  readonly words: readonly string[];
  /** The first option that the program does not have, as it was written. */
  readonly unknown: string | null;
  /** An option that lacks its value. */
  readonly incomplete: string | null;
  has(name: string): boolean;
  /** The last value given. */
  value(name: string): string | undefined;
  /** All values given, each split at its commas. */
  values(name: string): readonly string[];
};
/** The options a program has: those with a value, those without, and one-letter names for them. */
export type OptionNames = {
  readonly valued: readonly string[];
  readonly switches: readonly string[];
  readonly short?: Readonly<Record<string, string>>;
};

/** Reads options as Go's pflag and GNU's getopt_long do: anywhere, `--name value`, `--name=value`, `-n value`, `-nvalue`, `-abc`; `--` ends them. */
export function readOptions(args: readonly string[], names: OptionNames): Options {
  const found = new Map<string, string[]>();
  const words: string[] = [];
  let unknown: string | null = null;
  let incomplete: string | null = null;
  const add = (name: string, value: string): void => {
    found.set(name, [...(found.get(name) ?? []), value]);
  };
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      words.push(...rest);
      break;
    }
    if (word.startsWith('--')) {
      const [name = '', ...value] = word.slice(2).split('=');
      if (names.switches.includes(name)) add(name, value.length > 0 ? value.join('=') : 'true');
      else if (!names.valued.includes(name)) unknown ??= `--${name}`;
      else if (value.length > 0) add(name, value.join('='));
      else if (rest.length > 0) add(name, rest.shift() ?? '');
      else incomplete ??= `--${name}`;
    } else if (word.startsWith('-') && word.length > 1) {
      for (let at = 1; at < word.length; at++) {
        const letter = word.charAt(at);
        const name = names.short?.[letter];
        if (name === undefined) {
          unknown ??= `-${letter}`;
          break;
        }
        if (names.switches.includes(name)) add(name, 'true');
        else {
          const value = at + 1 < word.length ? word.slice(at + 1).replace(/^=/, '') : rest.shift();
          if (value === undefined) incomplete ??= `-${letter}`;
          else add(name, value);
          break;
        }
      }
    } else words.push(word);
  }
  return {
    words,
    unknown,
    incomplete,
    has: (name) => (found.get(name)?.at(-1) ?? 'false') !== 'false',
    value: (name) => found.get(name)?.at(-1),
    values: (name) => (found.get(name) ?? []).flatMap((value) => value.split(',')).filter((value) => value !== ''),
  };
}
