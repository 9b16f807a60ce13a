import { maskedText } from '../plan/masked-text.ts';
import type { PlannedServe, PlannedStep } from '../plan/plan.ts';
import { usualPause } from '../plan/usual-pause.ts';
import type { RunState } from '../run/events/run-state.ts';
import type { Step } from '../runbook/runbook.ts';
import { showMarkdown } from './show-markdown.ts';
import { sayRepeats } from './show-part.ts';
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
export function showReads({ serves, hosts: stepHosts }: PlannedStep, host: string): readonly string[] {
  return serves
    .filter(({ serve }) => serve.kind === 'probe' || serve.kind === 'verify')
    .flatMap(({ serve, hosts }) => {
      const on = hosts.find((each) => each.host.name === host) ?? hosts[0];
      if (on === undefined) return [];
      const when = serve.kind === 'probe' ? 'Read before, to see whether it is done' : 'Read after, to see whether it worked';
      const repeats = serve.for === undefined ? undefined : { every: serve.every ?? usualPause, for: serve.for };
      return [...wrap(`${when}${sayElsewhere(on, stepHosts)}${sayRepeats(repeats)}:`, '  '), '', ...moveIn(maskedText(on.command)), ''];
    });
}

/** Where and as whom a fence that only reads runs, where that is not as the step does. */
function sayElsewhere({ host, as, at }: PlannedServe['hosts'][number], stepHosts: PlannedStep['hosts']): string {
  const step = stepHosts.find((each) => each.host.name === host.name);
  const machine = (at ?? host).name;
  const where = step !== undefined && machine === (step.at ?? step.host).name ? '' : `, on ${machine}`;
  return `${where}${as === step?.as || machine === 'console' ? '' : `, as ${as === 'login' ? 'the login user' : as}`}`;
}

/** A paragraph of Markdown on one line, wherever its author broke it; lists, tables and quotes keep their lines. */
export function joinLines(markdown: string): string {
  return markdown.replace(/([^\n])\n(?![\s>|#*+-]|\d+[.)]|$)/g, '$1 ');
}
