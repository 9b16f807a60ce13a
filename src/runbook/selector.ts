import type { Place } from './problem.ts';
import type { HostReference, Selector, SelectorTerm } from './runbook.ts';
import { type Shape, textAs } from './shape.ts';

/** `on`: hosts by role, slice or name. Whether there are such roles is not asked here. */
export const selectorShape: Shape<Selector> = textAs('control_plane[0]', (source, { at }) => {
  const terms = source.split(',').map((term) => parseTerm(term.trim()));
  const wrong = terms.find((term) => typeof term === 'string');
  return wrong === undefined ? { value: { source, at, terms: terms.filter((term) => typeof term !== 'string') } } : { wrong };
});

/** `at` and `copy`: one host. */
export const hostShape: Shape<HostReference> = textAs('control_plane[0]', (source, { at }) => {
  const [, name, index] = /^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[(\d{1,4})\])?$/.exec(source) ?? [];
  if (name === undefined) return { wrong: `\`${source}\` does not name one host.` };
  return { value: { source, at, name, ...(index === undefined ? {} : { index: Number(index) }) } };
});

/** The selector that takes what an author would write as `source`. */
export function selectorOf(source: string, at: Place): Selector {
  return { source, at, terms: [{ takes: true, name: source }] };
}

/** True where the selector can take one host at most, whatever the set-up. */
export function takesOneHost({ terms }: Selector): boolean {
  const [term, ...others] = terms;
  return term !== undefined && others.every((other) => !other.takes) && isOneHost(term);
}

/** A named host cannot be told from a role here: ask only with names that are no role. */
function isOneHost({ takes, name, slice }: SelectorTerm): boolean {
  if (!takes || name === 'all') return false;
  return name === 'console' || (slice?.to !== undefined && slice.to - slice.from <= 1);
}

function parseTerm(source: string): SelectorTerm | string {
  const [, not, name, inside] = /^(!?)([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[([^\]]*)\])?$/.exec(source) ?? [];
  if (name === undefined) return source === '' ? 'A name is missing between the commas.' : `\`${source}\` names no hosts.`;
  const takes = not === '';
  if (inside === undefined) return { takes, name };
  const [, from, colon, to] = /^(\d{0,4})(:?)(\d{0,4})$/.exec(inside) ?? [];
  if (from === undefined || (from === '' && (colon === '' || to === '')) || (colon === '' && to !== ''))
    return `\`[${inside}]\` is no place in a role.`;
  const start = Number(from);
  if (colon === '') return { takes, name, slice: { from: start, to: start + 1 } };
  if (to !== '' && Number(to) <= start) return `\`[${inside}]\` takes no host.`;
  return { takes, name, slice: { from: start, ...(to === '' ? {} : { to: Number(to) }) } };
}
