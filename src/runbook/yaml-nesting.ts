import type { CST } from 'yaml';

/** How deep YAML is nested, found without recursion: what reads the tokens further is recursive and would end the stack. */
export function nestingOf(tokens: readonly CST.Token[]): number {
  let deepest = 0;
  const waiting: { readonly token: unknown; readonly depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { token, depth } = next;
    deepest = Math.max(deepest, depth);
    if (!isRecord(token)) continue;
    if (isRecord(token['value'])) waiting.push({ token: token['value'], depth });
    const items = Array.isArray(token['items']) ? token['items'] : [];
    for (const item of items as readonly unknown[]) {
      if (!isRecord(item)) continue;
      for (const inner of [item['key'], item['value']]) if (isRecord(inner)) waiting.push({ token: inner, depth: depth + 1 });
    }
  }
  return deepest;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
