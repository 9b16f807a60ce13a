import { maskedText } from '../plan/masked-text.ts';
import type { PlannedServe, PlannedStep } from '../plan/plan.ts';
import { usualPause } from '../plan/usual-pause.ts';
import type { Banner, Explanation, Step } from '../runbook/runbook.ts';
import { moveIn, prose, type Said } from './said.ts';
import { showMarkdown } from './show-markdown.ts';
import { sayRepeats } from './show-part.ts';

/** What the guide says of a step: its prose, its warnings, the pieces it explains. */
export function showProse({ prose: text, banners, explanations }: Step): readonly Said[] {
  const told = banners.flatMap((banner) => [...showBanner(banner), '']);
  const pieces = explanations.flatMap((explanation) => showExplanation(explanation));
  return [...(text.trim() === '' ? [] : [...showMarkdown(text.trim()), '']), ...told, ...pieces, ...(pieces.length === 0 ? [] : [''])];
}

/** A banner behind its kind; one that warns in the tone of it. */
export function showBanner({ kind, text }: Banner): readonly Said[] {
  const told = showMarkdown(`${kind.toUpperCase()}: ${text}`);
  if (kind !== 'warning' && kind !== 'caution') return told;
  return told.map((said) => (typeof said === 'string' ? said : { ...said, tone: 'beware' }));
}

/** A piece of the command and what it is for. */
export function showExplanation({ piece, text }: Explanation, lead = '  '): readonly Said[] {
  return prose(`${piece}  ${text.replace(/\s*\n\s*/g, ' ')}`, lead, '      ');
}

/** The fences that only read, as they run before and after the step. */
export function showReads({ serves, hosts: stepHosts }: PlannedStep, host: string): readonly Said[] {
  return serves
    .filter(({ serve }) => serve.kind === 'probe' || serve.kind === 'verify')
    .flatMap(({ serve, hosts }) => {
      const on = hosts.find((each) => each.host.name === host) ?? hosts[0];
      if (on === undefined) return [];
      const when = serve.kind === 'probe' ? 'Read before, to see whether it is done' : 'Read after, to see whether it worked';
      const repeats = serve.for === undefined ? undefined : { every: serve.every ?? usualPause, for: serve.for };
      return [...prose(`${when}${sayElsewhere(on, stepHosts)}${sayRepeats(repeats)}:`, '  '), '', ...moveIn(maskedText(on.command)), ''];
    });
}

/** Where and as whom a fence that only reads runs, where that is not as the step does. */
function sayElsewhere({ host, as, at }: PlannedServe['hosts'][number], stepHosts: PlannedStep['hosts']): string {
  const step = stepHosts.find((each) => each.host.name === host.name);
  const machine = (at ?? host).name;
  const where = step !== undefined && machine === (step.at ?? step.host).name ? '' : `, on ${machine}`;
  return `${where}${as === step?.as || machine === 'console' ? '' : `, as ${as === 'login' ? 'the login user' : as}`}`;
}
