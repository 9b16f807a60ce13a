import { cleanLine } from '../../output/clean.ts';
import { maskedText } from '../../plan/masked-text.ts';
import type { StepState } from '../../run/events/run-state.ts';
import { type EditablePart, editableParts } from '../../run/walk/editable-parts.ts';
import type { Answer, ConfirmChoice, Question } from '../../run/walk/question.ts';
import type { Step } from '../../runbook/runbook.ts';
import type { WalkState } from '../../scenes/walk-state.ts';
import { partKinds } from '../../steps/index.ts';
import { sayHost } from '../../words/say-host.ts';
import type { Confirm } from '../../words/show-confirm.ts';
import type { Choice } from '../pieces/choices.tsx';
import { marks } from '../pieces/theme.ts';
import type { StepView } from './step-view.ts';

/** What an answer needs besides its choice. */
export type More = Omit<Answer, 'question' | 'choice'>;

/** A choice that takes the walk to a step, and which. */
export type ElsewhereChoice = 'undo' | 'go-back' | 'aside';

/** The open question that lets the walk go to another step, whichever step is being read. */
export function elsewhereQuestion(questions: readonly Question[], choice: ElsewhereChoice): Confirm | undefined {
  return questions.find((each): each is Confirm => each.is === 'confirm' && !each.isUndo && each.choices.includes(choice));
}

/** Why a choice about the walk's own question does nothing on the screen of a step; null where it does. */
export function whyNot(state: WalkState, { record, confirm }: StepView, choice: ConfirmChoice): string | null {
  if (confirm !== null) return confirm.choices.includes(choice) ? null : whyNotOffered(confirm, choice);
  if (state.end !== null) return 'the run has ended';
  if (state.checking?.step === record.id) return 'its hosts are being looked at; wait a moment';
  if (record.state === 'running') return 'it runs now';
  const asked = state.questions.find((question) => 'step' in question);
  if (asked !== undefined && 'step' in asked && asked.step.step.id !== record.id) return `the run is at “${asked.step.step.title}”`;
  if (asked !== undefined) return 'another question about it is open: esc goes to it';
  return state.questions.length === 0 ? 'nothing is asked yet; wait a moment' : 'the run is not at this step';
}

/** Why a question does not offer a choice. */
export function whyNotOffered(confirm: Confirm, choice: ConfirmChoice): string {
  if (choice === 'edit') return 'it has no text that could be changed';
  if (confirm.isUndo) return 'this is the undo of a step';
  if (choice === 'undo') return 'no step that was run can be undone';
  if (choice === 'go-back') return 'no earlier step was run';
  if (choice === 'aside') return confirm.step.step.isAside ? 'this step is out of the order itself' : 'the runbook has no such step';
  if (choice.startsWith('yes-to')) return confirm.step.step.risk === 'destroy' ? 'it destroys: each one asks' : 'it is out of the order';
  return 'it is not possible here';
}

/** The steps that a choice may take the walk to, the nearest first where it goes back. */
export function elsewhereItems(state: WalkState, choice: ElsewhereChoice): readonly Choice<More>[] {
  switch (choice) {
    case 'aside':
      return state.run.steps.filter(({ isAside }) => isAside).map(itemOf);
    case 'go-back': {
      const at = state.run.steps.findIndex(({ id }) => id === elsewhereQuestion(state.questions, choice)?.step.step.id);
      const before = state.run.steps.slice(0, Math.max(0, at));
      return before
        .filter((step) => !step.isAside && step.isOpened && step.state !== 'pending')
        .toReversed()
        .map(itemOf);
    }
    case 'undo':
      return undoItems(state);
    default:
      return choice satisfies never;
  }
}

/** Steps up to which a yes may reach: this one and all behind it. */
export function reachItems(state: WalkState, from: string): readonly Choice<string>[] {
  const walked = state.run.steps.filter(({ isAside }) => !isAside);
  const at = walked.findIndex(({ id }) => id === from);
  return walked.slice(Math.max(0, at) + 1).map((step) => ({
    key: step.id,
    label: `${cleanLine(step.title)}${step.risk === 'destroy' ? ' (asks by itself: it destroys)' : ''}`,
    value: step.id,
  }));
}

/** The texts that may be edited, each behind what tells it from the others. */
export function editItems(state: WalkState, confirm: Confirm): readonly Choice<EditablePart>[] {
  const parts = editableParts(
    confirm.step,
    confirm.hosts.map(({ host }) => host),
  );
  return partItems(state, parts);
}

/** Parts to choose from by the beginning of their texts, the secrets in them masked. */
export function partItems({ mask }: Pick<WalkState, 'mask'>, parts: readonly EditablePart[]): readonly Choice<EditablePart>[] {
  return parts.map((part) => {
    const first =
      maskedText(part.text)
        .split('\n')
        .find((line) => line.trim() !== '') ?? '';
    const whose = part.host === null ? 'all hosts' : sayHost(part.host);
    return { key: `${part.part} ${part.host}`, label: `part ${part.part}, ${whose}: ${cleanLine(mask(first))}`, value: part };
  });
}

/** The hosts of a question. */
export function hostItems(confirm: Confirm): readonly Choice<string>[] {
  return confirm.hosts.map(({ host, at }) => ({
    key: host,
    label: at === null || at === host ? sayHost(host) : `${sayHost(host)} (run at ${at})`,
    value: host,
  }));
}

/** The hosts of a question, with the user as whom a shell opens there. */
export function shellItems(confirm: Confirm): readonly Choice<string>[] {
  return hostItems(confirm).map((item, index) => ({ ...item, label: `${item.label} as ${confirm.hosts[index]?.as}` }));
}

/** Steps whose doing can be taken back, newest first, and phases with several of them. */
function undoItems({ run, runbook }: WalkState): readonly Choice<More>[] {
  const phases = runbook.phases.map(({ title, steps }) => ({
    title,
    steps: steps.flatMap((step) => run.steps.filter((record) => record.id === step.id && canTakeBack(step, record))),
  }));
  const steps = phases.flatMap((phase) => phase.steps).toReversed();
  const whole = phases.filter((phase) => phase.steps.length > 1).toReversed();
  return [
    ...steps.map(itemOf),
    ...whole.map(({ title, steps }): Choice<More> => {
      const last = steps.at(-1)?.id ?? '';
      return {
        key: `phase ${last}`,
        label: `the ${steps.length} steps of “${cleanLine(title)}”, what was done last first`,
        value: { step: last, text: 'phase' },
      };
    }),
  ];
}

/** The step has done something on a host that can be taken back: by a text of the runbook, or because what was there before was kept. */
function canTakeBack({ parts, undos }: Step, { perHost }: StepState): boolean {
  const keeps = (part: number): boolean => {
    const kind = parts[part - 1]?.kind;
    return kind !== undefined && partKinds[kind].undo !== undefined;
  };
  return perHost
    .filter(({ state }) => state !== 'left-out' && state !== 'pending')
    .flatMap(({ attempts }) => attempts.filter(({ isUndo }) => !isUndo))
    .some((attempt) => undos.length > 0 || attempt.parts.some(({ part }) => keeps(part)));
}

function itemOf(step: StepState): Choice<More> {
  return { key: step.id, label: `${marks[step.state].mark} ${cleanLine(step.title)}`, value: { step: step.id } };
}
