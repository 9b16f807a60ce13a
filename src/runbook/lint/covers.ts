import type { Selector, SelectorTerm } from '../runbook.ts';
import type { Book } from './book.ts';

/** True where every host that `inner` takes is surely one that `outer` takes, whatever the set-up. */
export function covers(outer: Selector, inner: Selector, book: Book): boolean {
  if (written(outer) === written(inner)) return true;
  const [takenAway, innerTerms] = [termsOf(outer).filter(({ takes }) => !takes), termsOf(inner)];
  const alsoTakenAway = (term: SelectorTerm) => innerTerms.some((other) => !other.takes && holds(other, term, book));
  if (!takenAway.every(alsoTakenAway)) return false;
  const taking = innerTerms.filter(({ takes }) => takes);
  return taking.length > 0 && taking.every((term) => termsOf(outer).some((other) => other.takes && holds(other, term, book)));
}

/** What begins by taking away takes away from all hosts. */
function termsOf({ terms }: Selector): readonly SelectorTerm[] {
  return terms[0]?.takes === false ? [{ takes: true, name: 'all' }, ...terms] : terms;
}

function written({ source }: Selector): string {
  return source.replace(/\s/g, '');
}

/** One term takes at least what another does. */
function holds(outer: SelectorTerm, inner: SelectorTerm, { runbook, roles }: Book): boolean {
  if (outer.name === 'all') return inner.name !== 'console';
  if (outer.name === inner.name) {
    if (outer.slice === undefined) return true;
    const { from, to = Number.POSITIVE_INFINITY } = outer.slice;
    return inner.slice !== undefined && inner.slice.from >= from && (inner.slice.to ?? Number.POSITIVE_INFINITY) <= to;
  }
  if (outer.slice !== undefined) return false;
  if (runbook.roles.some(({ name, from }) => name === inner.name && from === outer.name)) return true;
  return (
    !roles.has(inner.name) && (runbook.example?.hosts ?? []).some(({ name, roles }) => name === inner.name && roles.includes(outer.name))
  );
}
