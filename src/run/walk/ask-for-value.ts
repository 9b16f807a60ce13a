import { checkValue } from '../../parsers/value-type.ts';
import type { PlannedStep } from '../../plan/plan.ts';
import type { InputType } from '../../runbook/runbook.ts';
import { WalkStopped } from './departure.ts';
import type { Walk } from './walk.ts';

export type WantedValue = {
  readonly host: string | null;
  readonly name: string;
  readonly field: string;
  readonly why: string;
  readonly isSecret: boolean;
  readonly type?: InputType;
};

/** Asks for a value until one of its type is typed; a secret is masked from then on. */
export async function askForValue(walk: Walk, step: PlannedStep, wanted: WantedValue): Promise<string> {
  const { host, name, field, isSecret, type } = wanted;
  let { why } = wanted;
  for (;;) {
    const { choice, text } = await walk.desk.ask(
      { is: 'value', step, host, name, field, why, isSecret, choices: ['answer', 'stop'] },
      walk.signal,
    );
    if (choice === 'stop') throw new WalkStopped(1, `Nobody gave ${name}${field === '' ? '' : `.${field}`}.`);
    const typed = (text ?? '').trim();
    const problem = typed === '' ? 'is empty' : type === undefined ? null : checkValue(type, typed);
    if (problem === null) {
      if (isSecret) walk.run.secrets.add(typed);
      return typed;
    }
    why = `What was typed ${problem}. ${wanted.why}`;
  }
}
