import { parseAllDocuments } from 'yaml';

/** A value of a YAML file, of which nothing is known yet. */
export type Yaml = null | string | number | boolean | readonly Yaml[] | { readonly [key: string]: Yaml };
export type YamlDocuments = { readonly documents: readonly Yaml[]; readonly error: string | null };

/** All documents of a file that are not empty, or the first error in the words of Go's reader. */
export function readYamlDocuments(text: string): YamlDocuments {
  const found = parseAllDocuments(text);
  const documents: Yaml[] = [];
  for (const document of 'empty' in found ? [] : found) {
    const [error] = document.errors;
    if (error) return { documents: [], error: `yaml: line ${error.linePos?.[0].line ?? 1}: ${error.message.split(' at line')[0] ?? ''}` };
    const value: Yaml = document.toJS({ maxAliasCount: 100 });
    if (value !== null) documents.push(value);
  }
  return { documents, error: null };
}

/** The value at a path of keys (and places of lists); undefined where there is none. */
export function at(value: Yaml | undefined, ...path: readonly (string | number)[]): Yaml | undefined {
  let found: Yaml | undefined = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Object.entries(found).find(([name]) => name === String(key))?.[1];
  }
  return found;
}

/** The text at a path; undefined where there is none or an empty one. */
export function textAt(value: Yaml | undefined, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? String(found) || undefined : undefined;
}

/** The list at a path; empty where there is none. */
export function listAt(value: Yaml | undefined, ...path: readonly (string | number)[]): readonly Yaml[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}
