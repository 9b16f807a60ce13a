import type { Filled } from '../runbook/scope.ts';
import type { PlannedBody, PlannedHost, PlannedServe } from './plan.ts';

/** Names of values that are still missing where a step would run, as `join.token`, each once, in the order of the text. */
export function needsOf(hosts: readonly PlannedHost[], serves: readonly PlannedServe[]): readonly string[] {
  const texts = [
    ...hosts.filter(mayRun).flatMap((host) => host.parts.flatMap(textsOf)),
    ...serves
      .filter(({ serve }) => serve.kind === 'probe' || serve.kind === 'verify')
      .flatMap((serve) => serve.hosts.filter(mayRun).flatMap((host) => [host.command, ...Object.values(host.env)])),
  ];
  return [...new Set(texts.flatMap(missingIn))];
}

/** Names of the values that a text still lacks. */
export function missingIn(filled: Filled): readonly string[] {
  return filled.pieces.filter((piece) => piece.isMissing).map((piece) => piece.name);
}

/** All texts of a part that values were put into. */
export function textsOf(part: PlannedBody): readonly Filled[] {
  switch (part.kind) {
    case 'command':
      return [part.command, ...Object.values(part.env)];
    case 'file':
      return [part.path, part.content, part.mode, part.owner].filter((text) => text !== undefined);
    case 'edit':
      return [part.path, part.filter, ...Object.values(part.env), part.mode, part.owner].filter((text) => text !== undefined);
    case 'copy':
      return part.files.flatMap(({ from, to }) => [from, to]);
    case 'by-hand':
      return [part.instruction];
    default:
      return part satisfies never;
  }
}

function mayRun({ skipped }: { readonly skipped: string | null }): boolean {
  return skipped === null || skipped.startsWith('undecided: ');
}
