import type { PlannedHost, PlannedPart, PlannedStep } from '../../plan/plan.ts';
import type { Filled } from '../../runbook/scope.ts';
import { stateOf, type Walk } from './walk.ts';

/** The plan with the operator's edits of this run in it: the last one for a part and host wins over the last one for all hosts. */
export function withEdits(walk: Walk, planned: PlannedStep): PlannedStep {
  const edits = stateOf(walk, planned.step.id).edits;
  if (edits.length === 0) return planned;
  const textOf = (part: number, host: string): string | undefined => {
    const edit =
      edits.find((each) => each.part === part && each.host === host) ?? edits.find((each) => each.part === part && each.host === null);
    if (edit === undefined) return undefined;
    return edit.sealed === undefined ? edit.text : String(walk.run.reveal({ is: 'sealed', record: edit.sealed }));
  };
  const edited = (on: PlannedHost): PlannedHost => ({
    ...on,
    parts: on.parts.map((part, index) => {
      const text = textOf(index + 1, on.host.name);
      return text === undefined ? part : withText(part, text);
    }),
  });
  return { ...planned, hosts: planned.hosts.map(edited) };
}

/** The text of a part that an operator may edit; `undefined` where there is none (a copy's list, an instruction). */
export function editableText(part: PlannedPart): Filled | undefined {
  if (part.kind === 'command') return part.command;
  if (part.kind === 'file') return part.content;
  return part.kind === 'edit' ? part.filter : undefined;
}

function withText(part: PlannedPart, text: string): PlannedPart {
  const filled: Filled = { text, pieces: [] };
  if (part.kind === 'command') return { ...part, command: filled };
  if (part.kind === 'file') return { ...part, content: filled };
  return part.kind === 'edit' ? { ...part, filter: filled } : part;
}
