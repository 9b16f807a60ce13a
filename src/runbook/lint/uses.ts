import type { Place } from '../problem.ts';
import type { FenceOptions, Input, Part, Phase, Selector, Shell, Step, Template } from '../runbook.ts';
import { selectorOf } from '../selector.ts';
import type { Book } from './book.ts';
import { defaultsOf } from './inputs.ts';
import { servesOf } from './step-parts.ts';

/** A place where values are taken, and when. */
export type Use = Moment &
  (
    | { readonly is: 'template'; readonly template: Template; readonly mode: 'command' | 'text'; readonly shell?: Shell }
    | { readonly is: 'condition'; readonly source: string; readonly at: Place }
  );
/** Before anything runs, with or without a host at hand; or in a step, when some of its parts have run. */
export type Moment =
  | { readonly when: 'set-up'; readonly input?: Input; readonly on?: Selector }
  | { readonly when: 'step'; readonly step: Step; readonly partsDone: number; readonly on: Selector };

/** Every template and condition of a runbook. */
export function usesOf({ runbook, steps }: Book): readonly Use[] {
  return [
    ...runbook.rules.map(({ condition }): Use => ({ is: 'condition', ...condition, when: 'set-up' })),
    ...runbook.inputs.flatMap((input) => defaultsOf(input).map((template) => ofInput(input, template))),
    ...runbook.phases.flatMap(({ include }) => (include === undefined ? [] : ofInclude(include))),
    ...steps.flatMap(ofStep),
  ];
}

function ofInput(input: Input, template: Template): Use {
  const on = input.per === undefined ? {} : { on: selectorOf(input.per, input.at) };
  return { is: 'template', template, mode: 'text', when: 'set-up', input, ...on };
}

/** What is given to a runbook that is taken in is worked out for each of its hosts. */
function ofInclude({ inputs, on, at }: NonNullable<Phase['include']>): readonly Use[] {
  const moment = { when: 'set-up', on: on ?? selectorOf('all', at) } as const;
  return Object.values(inputs).map((template) => ({ is: 'template', template, mode: 'text', ...moment }));
}

function ofStep(step: Step): readonly Use[] {
  const { when, parts, on } = step;
  const before = { when: 'step', step, partsDone: 0, on } as const;
  const condition: Use[] = when === undefined ? [] : [{ is: 'condition', source: when.source, at: when.at, ...before }];
  const ofParts = parts.flatMap((part, index) => ofPart(part).map((use): Use => ({ is: 'template', ...use, ...before, partsDone: index })));
  const ofServes = servesOf(step).flatMap((serve) => {
    const moment = { when: 'step', step, partsDone: serve.kind === 'probe' ? 0 : parts.length, on: serve.on } as const;
    const body: Use = { is: 'template', template: serve.body, mode: 'command', shell: serve.shell, ...moment };
    return [...envOf(serve).map((use): Use => ({ is: 'template', ...use, ...moment })), body];
  });
  return [...condition, ...ofParts, ...ofServes];
}

type InPart = { readonly template: Template; readonly mode: 'command' | 'text'; readonly shell?: Shell };

function ofPart(part: Part): readonly InPart[] {
  const env = envOf(part);
  switch (part.kind) {
    case 'command':
      return [...env, { template: part.body, mode: 'command', shell: part.shell }];
    case 'edit':
      return [...env, ...texts(part.path, part.mode, part.owner), { template: part.filter, mode: 'command', shell: part.shell }];
    case 'file':
      return texts(part.path, part.mode, part.owner, part.content);
    case 'copy':
      return texts(part.list);
    case 'by-hand':
      return texts(part.instruction);
    default:
      return part satisfies never;
  }
}

function envOf({ env }: FenceOptions): readonly InPart[] {
  return texts(...Object.values(env));
}

function texts(...templates: readonly (Template | undefined)[]): readonly InPart[] {
  return templates.filter((template) => template !== undefined).map((template) => ({ template, mode: 'text' }));
}
