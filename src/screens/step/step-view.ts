import { maskedText } from '../../plan/masked-text.ts';
import { textsOf } from '../../plan/needs.ts';
import type { PlannedHost, PlannedStep } from '../../plan/plan.ts';
import type { StepHost, StepState } from '../../run/events/run-state.ts';
import { editableText } from '../../run/walk/edits.ts';
import type { PreparedHost, Question } from '../../run/walk/question.ts';
import { riskOf } from '../../run/walk/risk.ts';
import type { Risk } from '../../runbook/runbook.ts';
import type { Filled } from '../../runbook/scope.ts';
import type { Common } from '../../scenes/scene.ts';
import type { WalkState } from '../../scenes/walk-state.ts';
import { prose, type Said } from '../../words/said.ts';
import { type Confirm, showTexts } from '../../words/show-confirm.ts';
import { hasSecrets, type Showing } from '../../words/show-part.ts';
import { showPlanned } from '../../words/show-planned.ts';
import { type Line, line, linesOf } from '../pieces/line.ts';

/** What runs on one host of a step, as the screens show it. */
export type HostText = {
  readonly host: string;
  readonly as: string;
  /** The host where it is run instead. */
  readonly at: string | null;
  readonly said: readonly Said[];
  /** As whom each part runs. */
  readonly users: readonly string[];
  /** Commands, filters and instructions, to be copied; secrets masked. */
  readonly commands: readonly string[];
  /** The texts that values were put into. */
  readonly texts: readonly Filled[];
};

/** A step as the walk has it now: asked about, under way, or only planned. */
export type StepView = {
  readonly planned: PlannedStep;
  readonly record: StepState;
  readonly risk: Risk;
  /** The question that is open for it. */
  readonly confirm: Confirm | null;
  /** `final`: exactly this is asked about or runs; `planned`: what is not known yet stands as `‹…›`. */
  readonly texts: 'final' | 'planned';
  readonly hosts: readonly HostText[];
  readonly hasSecrets: boolean;
};

export function viewStep(state: WalkState & Common, id: string): StepView {
  const record = state.run.steps.find((each) => each.id === id);
  if (record === undefined) throw new Error(`The run has no step ${id}.`);
  const confirm = confirmOf(state.questions, id);
  const under = confirm ?? (record.state === 'running' && state.underWay?.step.step.id === id ? state.underWay : null);
  const planned = under?.step ?? state.plan(id);
  const showing = showingNow(state);
  const common = { planned, record, risk: riskOf(planned, { isUndo: under?.isUndo === true }), confirm };
  if (under !== null) {
    return {
      ...common,
      texts: 'final',
      hosts: under.hosts.map((host) => preparedText(host, showing)),
      hasSecrets: under.hosts.some(({ parts }) => parts.some(hasSecrets)),
    };
  }
  const hosts = toRun(planned).map((host) => plannedText(host, showing));
  const isSecret = hosts.some(({ texts }) => texts.some(({ pieces }) => pieces.some((piece) => piece.isSecret)));
  return { ...common, texts: 'planned', hosts, hasSecrets: isSecret };
}

/** Secrets are in clear for ten seconds after the operator has asked for them. */
export function showingNow({ revealedUntil, now }: Pick<WalkState, 'revealedUntil'> & Common): Showing {
  return { revealsSecrets: revealedUntil !== null && now < revealedUntil };
}

/** Said while secrets are in clear. */
export function revealedLines({ revealedUntil, now }: Pick<WalkState, 'revealedUntil'> & Common): readonly Line[] {
  if (revealedUntil === null || now >= revealedUntil) return [];
  return [line(`Secrets are shown for ${Math.ceil((revealedUntil - now) / 1000)} s more.`, 'beware')];
}

/** Said of a step whose text the operator has changed. */
export function editedLines({ edits }: Pick<StepState, 'edits'>, width: number): readonly Line[] {
  return edits.length === 0 ? [] : linesOf(prose('Its text is not the runbook’s: it was edited in this run.', '', '', 'beware'), width);
}

/** Why a step stands as it does, where it is the same on all its hosts. */
export function whyOf({ record, planned }: Pick<StepView, 'record' | 'planned'>): string | undefined {
  const reasons = new Set(record.perHost.map(({ reason }) => reason));
  if (reasons.size > 1) return undefined;
  return record.reason ?? (record.state === 'pending' ? planned.skipped : null) ?? undefined;
}

/** What hides the run's secrets in texts without places for them; while secrets are revealed nothing does. */
export function maskNow(state: WalkState & Common): (text: string) => string {
  return showingNow(state).revealsSecrets ? (text) => text : state.mask;
}

/** The host as the run's record has it. */
export function recordOf({ record }: Pick<StepView, 'record'>, host: string): StepHost | undefined {
  return record.perHost.find(({ name }) => name === host);
}

export function preparedText(host: PreparedHost, showing: Showing): HostText {
  return {
    host: host.host,
    as: host.as,
    at: host.at,
    said: showTexts(host, showing),
    users: host.users,
    commands: host.parts.flatMap(({ shown }) => {
      if (shown.is === 'command' || shown.is === 'instruction') return [maskedText(shown.text)];
      return shown.is === 'diff' && shown.filter !== undefined ? [maskedText(shown.filter.text)] : [];
    }),
    texts: host.parts.flatMap((part) => part.texts ?? []),
  };
}

/** The question before this step that is open, an undo of it included. */
function confirmOf(questions: readonly Question[], id: string): Confirm | null {
  return questions.find((question): question is Confirm => question.is === 'confirm' && question.step.step.id === id) ?? null;
}

function plannedText({ host, as, at, parts }: PlannedHost, showing: Showing): HostText {
  return {
    host: host.name,
    as,
    at: at?.name ?? null,
    said: parts.flatMap((part) => showPlanned(part, showing)),
    users: parts.map((part) => part.as),
    commands: parts.flatMap((part) => {
      if (part.kind === 'by-hand') return [maskedText(part.instruction)];
      const text = part.kind === 'file' ? undefined : editableText(part);
      return text === undefined ? [] : [maskedText(text)];
    }),
    texts: parts.flatMap(textsOf),
  };
}

/** Hosts for which it may run; where it is skipped on all of them, all: what would have run. */
function toRun({ hosts }: PlannedStep): readonly PlannedHost[] {
  const meant = hosts.filter(({ skipped }) => skipped === null || skipped.startsWith('undecided: '));
  return meant.length === 0 ? hosts : meant;
}
