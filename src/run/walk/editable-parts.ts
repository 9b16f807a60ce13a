import type { PlannedStep } from '../../plan/plan.ts';
import type { Filled } from '../../runbook/scope.ts';
import { editableText } from './edits.ts';

/** A part whose text may be changed: for one host, or for all of them (`null`) where they run the same. `part` counts from 1. */
export type EditablePart = { readonly part: number; readonly host: string | null; readonly text: Filled };

/** What the operator may choose to edit of a step that is asked about for these hosts. */
export function editableParts(planned: PlannedStep, hosts: readonly string[]): readonly EditablePart[] {
  return planned.step.parts.flatMap((_, index): readonly EditablePart[] => {
    const texts = hosts.flatMap((name) => {
      const part = planned.hosts.find(({ host }) => host.name === name)?.parts[index];
      const text = part === undefined ? undefined : editableText(part);
      return text === undefined ? [] : [{ part: index + 1, host: name, text }];
    });
    const [first] = texts;
    if (first === undefined) return [];
    const isSame = texts.every(({ text }) => text.text === first.text.text);
    return isSame ? [{ ...first, host: texts.length > 1 ? null : first.host }] : texts;
  });
}
