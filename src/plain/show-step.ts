import { maskedText } from '../plan/masked-text.ts';
import type { PlannedStep } from '../plan/plan.ts';
import type { RunState } from '../run/run-state.ts';
import type { Step } from '../runbook/runbook.ts';
import { showMarkdown } from './show-markdown.ts';
import { moveIn, wrap } from './wrap.ts';

/** The line under which everything of a step stands. */
export function showHeading(state: RunState, id: string): readonly string[] {
  const step = state.steps.find((each) => each.id === id);
  if (step === undefined) return [];
  const walked = state.steps.filter((each) => !each.isAside);
  const place = step.isAside ? 'In between' : `Step ${walked.indexOf(step) + 1} of ${walked.length}`;
  const heading = wrap(`${place}: ${step.title}`);
  return [
    '',
    ...heading,
    '-'.repeat(Math.min(80, Math.max(...heading.map((line) => line.length)))),
    ...wrap(`Phase: ${step.phase}. Risk: ${step.risk}.`),
    '',
  ];
}

/** What the guide says of a step: its prose, its warnings, the pieces it explains. */
export function showProse({ prose, banners, explanations }: Step): readonly string[] {
  const told = banners.flatMap(({ kind, text }) => [...showMarkdown(`${kind.toUpperCase()}: ${text}`), '']);
  const pieces = explanations.flatMap(({ piece, text }) => wrap(`${piece}  ${text.replace(/\s*\n\s*/g, ' ')}`, '  ', '      '));
  return [...(prose.trim() === '' ? [] : [...showMarkdown(prose.trim()), '']), ...told, ...pieces, ...(pieces.length === 0 ? [] : [''])];
}

/** The fences that only read, as they run before and after the step. */
export function showReads({ serves }: PlannedStep, host: string): readonly string[] {
  return serves
    .filter(({ serve }) => serve.kind === 'probe' || serve.kind === 'verify')
    .flatMap(({ serve, hosts }) => {
      const on = hosts.find((each) => each.host.name === host) ?? hosts[0];
      if (on === undefined) return [];
      const when = serve.kind === 'probe' ? 'Read before, to see whether it is done' : 'Read after, to see whether it worked';
      return [`  ${when}:`, '', ...moveIn(maskedText(on.command)), ''];
    });
}

/** A paragraph of Markdown on one line, wherever its author broke it; lists, tables and quotes keep their lines. */
export function joinLines(markdown: string): string {
  return markdown.replace(/([^\n])\n(?![\s>|#*+-]|\d+[.)]|$)/g, '$1 ');
}
