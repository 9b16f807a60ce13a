import type { Yaml } from '../yaml-documents.ts';

/** What a template makes of a value, or why it cannot. */
export type Filled = { readonly text: string } | { readonly error: string };

/** Fills one of kubectl's JSON-path templates: text, `{.path}`, `{"text"}`, `{range .path}…{end}`. */
export function fillJsonPath(template: string, root: Yaml): Filled {
  const pieces = template.match(/\{[^{}]*\}|[^{}]+/g) ?? [];
  let at = 0;
  const render = (current: Yaml): string => {
    let text = '';
    for (; at < pieces.length; at++) {
      const piece = pieces[at] ?? '';
      if (!piece.startsWith('{')) {
        text += piece;
        continue;
      }
      const inside = piece.slice(1, -1).trim();
      if (inside === 'end') return text;
      if (inside.startsWith('range ')) {
        const body = ++at;
        const found = select(inside.slice(6).trim(), root, current);
        for (const item of found) {
          at = body;
          text += render(item);
        }
        if (found.length === 0) {
          render(null);
        }
        continue;
      }
      const quoted = /^"([\s\S]*)"$|^'([\s\S]*)'$/.exec(inside);
      text += quoted
        ? (quoted[1] ?? quoted[2] ?? '').replace(/\\n/g, '\n').replace(/\\t/g, '\t')
        : select(inside, root, current).map(shown).join(' ');
    }
    return text;
  };
  try {
    return { text: render(root) };
  } catch (error) {
    if (error instanceof PathError) return { error: error.message };
    throw error;
  }
}

/** The values that a path selects, from the whole (`$`) or from the item at hand. */
export function select(path: string, root: Yaml, current: Yaml = root): Yaml[] {
  let found: Yaml[] = [path.startsWith('$') ? root : current];
  let rest = path.replace(/^[$@]/, '');
  while (rest !== '') {
    const step =
      /^\.\.|^\.?\[\?\(([\s\S]*?)\)\]|^\.?\[(\*|-?\d*:-?\d*|-?\d+|'[^']*'|"[^"]*")\]|^\.(\*)|^\.((?:\\.|[^.[\]])+)|^((?:\\.|[^.[\]])+)/.exec(
        rest,
      );
    if (!step || step[0] === '..')
      throw new PathError(`error parsing jsonpath ${path}, unrecognized character in action: ${rest.slice(0, 10)}`);
    const [whole, filter, index, star, name, bare] = step;
    rest = rest.slice(whole.length);
    if (filter !== undefined) found = found.flatMap((value) => children(value).filter((child) => passes(filter, root, child)));
    else if (star !== undefined || index === '*') found = found.flatMap(children);
    else if (index !== undefined && /^-?\d+$/.test(index))
      found = found.flatMap((value) => (Array.isArray(value) ? (value.at(Number(index)) ?? []) : []));
    else if (index?.includes(':')) {
      const [from, to] = index.split(':');
      found = found.flatMap((value) => (Array.isArray(value) ? value.slice(Number(from || 0), to ? Number(to) : undefined) : []));
    } else found = found.flatMap((value) => member(value, (index?.slice(1, -1) ?? name ?? bare ?? '').replace(/\\(.)/g, '$1')));
  }
  return found;
}

class PathError extends Error {}

const children = (value: Yaml): Yaml[] => (value !== null && typeof value === 'object' ? Object.values(value) : []);

function member(value: Yaml, name: string): Yaml[] {
  if (value === null || typeof value !== 'object') return [];
  const found = Object.entries(value).find(([key]) => key === name);
  return found ? [found[1]] : [];
}

function passes(filter: string, root: Yaml, item: Yaml): boolean {
  const [, left = '', operator, right = ''] = /^\s*([\s\S]*?)\s*(?:(==|!=|<=|>=|<|>)\s*([\s\S]*?))?\s*$/.exec(filter) ?? [];
  const value = select(left.replace(/^@/, ''), root, item)[0];
  if (operator === undefined) return value !== undefined && value !== null;
  const wanted = right.replace(/^(['"])([\s\S]*)\1$/, '$2');
  const known = value === undefined ? undefined : String(value);
  if (operator === '==') return known === wanted;
  if (operator === '!=') return known !== wanted;
  const difference = Number(known) - Number(wanted);
  if (operator === '<') return difference < 0;
  if (operator === '>') return difference > 0;
  return operator === '<=' ? difference <= 0 : difference >= 0;
}

/** A value as it is printed: objects as JSON. */
export const shown = (value: Yaml): string =>
  value !== null && typeof value === 'object' ? JSON.stringify(value) : value === null ? '' : String(value);
