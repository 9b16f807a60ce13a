import { distance } from 'fastest-levenshtein';

/** The right name that a wrong one was most likely meant to be; none where every one is far from it. */
export function nearest(wrong: string, names: Iterable<string>): string | undefined {
  // A name of this length is no slip of the finger, and comparing it costs its square.
  if (wrong.length > 64) return undefined;
  const word = plain(wrong);
  let best: { readonly name: string; readonly far: number } | undefined;
  for (const name of names) {
    const far = steps(word, plain(name));
    if (far <= Math.max(1, Math.floor(Math.min(word.length, name.length) / 3)) && far < (best?.far ?? Number.POSITIVE_INFINITY))
      best = { name, far };
  }
  return best?.name;
}

/** ` Did you mean \`worker\`?`, or nothing. */
export function didYouMean(wrong: string, names: Iterable<string>): string {
  const name = nearest(wrong, names);
  return name === undefined ? '' : ` Did you mean \`${name}\`?`;
}

/** Two letters that changed places count as one step. */
function steps(word: string, name: string): number {
  const far = distance(word, name);
  return far === 2 && word.length === name.length && [...word].sort().join('') === [...name].sort().join('') ? 1 : far;
}

/** Upper and lower case, `-` and `_` are often mistaken for each other. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll('-', '_');
}
