import { maskedText } from '../plan/masked-text.ts';
import type { PlannedServe, PlannedStep } from '../plan/plan.ts';
import { usualPause } from '../plan/usual-pause.ts';
import type { Step } from '../runbook/runbook.ts';
import { moveIn, prose, type Said } from './said.ts';
import { showMarkdown } from './show-markdown.ts';
import { sayRepeats } from './show-part.ts';

/** What the guide says of a step: its prose, its warnings, the pieces it explains. */
export function showProse({ prose: text, banners, explanations }: Step): readonly Said[] {
  const told = banners.flatMap((banner) => [...showMarkdown(`${banner.kind.toUpperCase()}: ${banner.text}`), '']);
  const pieces = explanations.flatMap(({ piece, text: says }) => prose(`${piece}  ${says.replace(/\s*\n\s*/g, ' ')}`, '  ', '      '));
  return [...(text.trim() === '' ? [] : [...showMarkdown(text.trim()), '']), ...told, ...pieces, ...(pieces.length === 0 ? [] : [''])];
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
