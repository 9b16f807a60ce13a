import type { SecretForm } from './secret-forms.ts';

/** Finds many texts at once in one pass over bytes, in linear time whatever they are (Aho and Corasick, 1975). Node 0 is the start. */
export type SecretMatcher = {
  next(node: number, byte: number): number;
  /** How many of the last bytes may be the beginning of a secret that has not ended yet. */
  depth(node: number): number;
  /** Length of the longest secret that ends here; 0 for none. */
  longest(node: number): number;
  /** Bit L is set where a short secret of L bytes ends here. */
  short(node: number): number;
};

export function createSecretMatcher(forms: readonly SecretForm[]): SecretMatcher {
  const edges = new Map<number, number>();
  const depths = [0];
  const longest = [0];
  const short = [0];
  const fallback = [0];
  const isLeaf = [false];
  const order: { readonly parent: number; readonly byte: number; readonly node: number }[] = [];

  for (const { bytes, isAlone } of forms) {
    let node = 0;
    for (const byte of bytes) {
      const known = edges.get(node * 256 + byte);
      if (known === undefined) {
        const made = depths.length;
        edges.set(node * 256 + byte, made);
        order.push({ parent: node, byte, node: made });
        depths.push((depths[node] ?? 0) + 1);
        for (const list of [longest, short, fallback]) list.push(0);
        isLeaf[node] = false;
        isLeaf.push(true);
        node = made;
      } else node = known;
    }
    if (isAlone) short[node] = (short[node] ?? 0) | (1 << bytes.length);
    else longest[node] = bytes.length;
  }

  const first = Array.from({ length: 256 }, (_, byte) => edges.get(byte) ?? 0);
  const next = (from: number, byte: number): number => {
    let node = from;
    while (node !== 0) {
      const child = edges.get(node * 256 + byte);
      if (child !== undefined) return child;
      node = fallback[node] ?? 0;
    }
    return first[byte] ?? 0;
  };

  // Nearest to the start first: a node's fallback is less deep than the node, and must be complete before it.
  order.sort((a, b) => (depths[a.node] ?? 0) - (depths[b.node] ?? 0));
  const open = [0];
  for (const { parent, byte, node } of order) {
    const back = parent === 0 ? 0 : next(fallback[parent] ?? 0, byte);
    fallback[node] = back;
    open[node] = isLeaf[node] === true ? (open[back] ?? 0) : (depths[node] ?? 0);
    longest[node] = Math.max(longest[node] ?? 0, longest[back] ?? 0);
    short[node] = (short[node] ?? 0) | (short[back] ?? 0);
  }
  return { next, depth: (node) => open[node] ?? 0, longest: (node) => longest[node] ?? 0, short: (node) => short[node] ?? 0 };
}
