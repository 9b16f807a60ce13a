import { cleanLine } from '../output/clean.ts';
import { beginEditing, type Editing, finishEditing, replaceLine } from '../plan/masked-edit.ts';
import { maskedText } from '../plan/masked-text.ts';
import type { PlannedStep } from '../plan/plan.ts';
import { editableText } from '../run/walk/edits.ts';
import type { Answer, Question } from '../run/walk/question.ts';
import { riskOf } from '../run/walk/risk.ts';
import type { Runner } from '../run/walk/runner.ts';
import type { Filled } from '../runbook/scope.ts';
import { fixedLines } from '../words/fixed-lines.ts';
import { type Key, keysOf } from '../words/letters.ts';
import { listOf, type Said } from '../words/said.ts';
import { type Confirm, showConfirm, showHostParts } from '../words/show-confirm.ts';
import { hasSecrets } from '../words/show-part.ts';
import { showQuestion } from '../words/show-question.ts';
import type { Conversation } from './conversation.ts';
import { wrap } from './lines.ts';

export type Asking = {
  readonly conversation: Conversation;
  readonly runner: Runner;
  /** The run's folder, before the names of its files. */
  readonly folder: string;
  /** What was said of letters already: only what is new is said again. */
  readonly explained: Set<string>;
  /** Writes lines, cleaned and masked. */
  readonly say: (said: readonly Said[]) => void;
  /** Writes lines, cleaned, their secrets in clear. */
  readonly sayOpenly: (said: readonly Said[]) => void;
};

/** Nobody is there to answer: the input has ended. */
export const nobody: unique symbol = Symbol('nobody');
type Nobody = typeof nobody;

/** Asks one question line by line. Rejects when the question is withdrawn. */
export async function askPlain(asking: Asking, question: Question, signal: AbortSignal): Promise<Answer | Nobody> {
  const { say } = asking;
  say(question.is === 'confirm' ? showConfirm(question, { revealsSecrets: false }) : showQuestion(question, asking.folder));
  if (question.is === 'secret' || question.is === 'value') return askText(asking, question, signal);
  for (;;) {
    const keys = keysOf(question);
    const key = await askKey(asking, question, keys, signal);
    if (key === nobody) return nobody;
    const answer = await complete(asking, question, key, signal);
    if (answer !== undefined) return answer;
  }
}

/** What is said for the operator when nobody can be asked: the answer that stops, and leaves what runs running. */
export function answerForNobody(question: Question): Answer {
  const choices: readonly string[] = question.choices;
  const choice = ['stop', 'leave-running', 'no'].find((each) => choices.includes(each)) ?? choices[0] ?? '';
  return { question: question.id, choice };
}

/** Letters that only show more of a confirmation. */
function looksOf(question: Question): Readonly<Record<string, string>> {
  if (question.is !== 'confirm') return {};
  const parts = question.hosts.flatMap((host) => host.parts);
  return {
    ...(parts.some(hasSecrets) ? { x: 'show the secrets' } : {}),
    ...(question.hosts.length > 1 ? { h: 'show each host’s own text' } : {}),
    k: 'show what handrail wraps round it',
  };
}

/** Asks until one of the letters is typed: never Enter alone, never a digit. The letters are explained once, and at `?`. */
async function askKey(
  { conversation, say, sayOpenly, runner, explained }: Asking,
  question: Question,
  keys: readonly Key[],
  signal: AbortSignal,
): Promise<Key | Nobody> {
  const looks = looksOf(question);
  const meanings = [
    ...keys.map(({ letter, says }) => `  ${letter}  ${says}`),
    ...Object.entries(looks).map(([letter, says]) => `  ${letter}  ${says}`),
  ];
  say(meanings.filter((meaning) => !explained.has(meaning)));
  for (const meaning of meanings) explained.add(meaning);
  const letters = [...keys.map((key) => key.letter), ...Object.keys(looks), '?'].join(' ');
  for (;;) {
    const line = await conversation.ask(`${promptOf(question)} [${letters}] `, { signal });
    if (line === null) return nobody;
    const typed = line.trim();
    // Of a step that only reads the run key is the yes; `y` says it too.
    const key = keys.find((each) => each.letter === typed) ?? keys.find((each) => typed === 'y' && each.choice === 'yes');
    if (key !== undefined) return key;
    if (typed === '?') say(meanings);
    else if (question.is === 'confirm' && typed in looks) {
      (typed === 'x' ? sayOpenly : say)(look(question, typed));
      if (typed === 'x') runner.send({ do: 'reveal', what: `the secrets of “${question.step.step.title}”` });
    } else
      say(wrap(typed === '' ? 'Type one of the letters, then Enter.' : `“${cleanLine(typed)}” is none of the letters. Nothing was run.`));
  }
}

/** Several hosts may be asked about, and others go on meanwhile: the question says which it is about. */
function promptOf(question: Question): string {
  switch (question.is) {
    case 'confirm':
      return 'Run it?';
    case 'failed':
    case 'unknown':
    case 'half-done':
    case 'too-long':
    case 'lost':
      return `What now on ${question.host}?`;
    default:
      return 'What now?';
  }
}

function look(question: Confirm, letter: string): readonly Said[] {
  if (letter === 'x') return ['', ...question.hosts.flatMap((host) => [`${host.host}:`, ...showHostParts(host, { revealsSecrets: true })])];
  if (letter === 'h')
    return [
      '',
      ...question.hosts.flatMap((host) => [`${host.host}, as ${host.as}:`, '', ...showHostParts(host, { revealsSecrets: false })]),
    ];
  return ['', ...fixedLines(question.hosts.flatMap((host) => host.parts)), ''];
}

/** Asks for what a choice needs besides: a reason, a host, a step, a text. `undefined`: the operator thought better of it. */
async function complete(asking: Asking, question: Question, { choice }: Key, signal: AbortSignal): Promise<Answer | Nobody | undefined> {
  const answer: Answer = { question: question.id, choice };
  const ask = (prompt: string): Promise<string | null> => asking.conversation.ask(prompt, { signal });
  const withText = async (prompt: string): Promise<Answer | Nobody | undefined> => {
    const text = await ask(prompt);
    if (text === null) return nobody;
    return text.trim() === '' ? undefined : { ...answer, text: text.trim() };
  };
  if (question.is === 'confirm' && choice.startsWith('yes')) return completeYes(asking, question, answer, signal);
  if (choice === 'edit') return editPart(asking, question, answer, signal);
  if (choice === 'skip' || choice === 'mark-done') return withText('Why? (empty: not) ');
  if (choice === 'note') return withText('The note: ');
  if (choice === 'leave-host-out')
    return question.is === 'confirm' ? completeHost(asking, question, answer, signal) : withText('Why? (empty: not) ');
  if (question.is === 'confirm' && choice === 'shell') return completeHost(asking, question, answer, signal);
  if (question.is === 'failed' && choice === 'fix') return { ...answer, ...fixOf(question) };
  const isOfAStep = choice === 'aside' || choice === 'undo' || (choice === 'go-back' && question.is === 'confirm' && !question.isUndo);
  return question.is === 'confirm' && isOfAStep ? completeStep(asking, answer, signal) : answer;
}

async function completeYes(asking: Asking, question: Confirm, answer: Answer, signal: AbortSignal): Promise<Answer | Nobody | undefined> {
  const { conversation, say } = asking;
  if (riskOf(question.step, question) === 'destroy') {
    for (const { host } of question.hosts) {
      const typed = await conversation.ask(`Type the host's name, ${host}, to run it there: `, { signal });
      if (typed === null) return nobody;
      if (typed.trim() !== host) {
        say(wrap(`That is not ${host}. Nothing was run.`));
        return undefined;
      }
    }
    return { ...answer, hosts: question.hosts.map((each) => each.host) };
  }
  if (answer.choice !== 'yes-to-here') return answer;
  return completeStep(asking, answer, signal);
}

/** Asks which step of the run is meant, by its id. */
async function completeStep(
  { conversation, say, runner }: Asking,
  answer: Answer,
  signal: AbortSignal,
): Promise<Answer | Nobody | undefined> {
  const steps = runner
    .state()
    .steps.filter((step) => (answer.choice === 'aside' ? step.isAside : answer.choice === 'undo' || !step.isAside));
  say(steps.map((step) => `  ${step.id}  ${step.title} (${step.state})`));
  const also = answer.choice === 'undo' ? ', or `phase ID` for its whole phase' : '';
  const typed = await conversation.ask(`Which step? (its id${also}; empty: none) `, { signal });
  if (typed === null) return nobody;
  const [, phase, id = ''] = /^(phase\s+)?(.*)$/.exec(typed.trim()) ?? [];
  if (id === '') return undefined;
  if (!steps.some((step) => step.id === id)) {
    say(wrap(`There is no step ${cleanLine(id)} to choose.`));
    return undefined;
  }
  return { ...answer, step: id, ...(phase === undefined ? {} : { text: 'phase' }) };
}

async function completeHost(asking: Asking, question: Confirm, answer: Answer, signal: AbortSignal): Promise<Answer | Nobody | undefined> {
  const { conversation, say } = asking;
  const names = question.hosts.map((each) => each.host);
  const typed = names.length === 1 && answer.choice === 'shell' ? names[0] : await askHost(asking, `It is for ${listOf(names)}.`, signal);
  if (typed === null || typed === undefined) return nobody;
  if (typed.trim() === '') return undefined;
  if (!names.includes(typed.trim())) {
    say(wrap(`There is no host ${cleanLine(typed.trim())} in this step.`));
    return undefined;
  }
  if (answer.choice === 'shell') return { ...answer, hosts: [typed.trim()] };
  const why = await conversation.ask('Why? (empty: not) ', { signal });
  if (why === null) return nobody;
  return why.trim() === '' ? undefined : { ...answer, hosts: [typed.trim()], text: why.trim() };
}

/** The names stand in a line of their own: a question that is wider than the terminal cannot be drawn again. */
function askHost({ conversation, say }: Asking, among: string, signal: AbortSignal): Promise<string | null> {
  say(wrap(among));
  return conversation.ask('Which host? (empty: none) ', { signal });
}

function fixOf({ failure }: Extract<Question, { is: 'failed' }>): { readonly step: string } {
  return { step: failure.known.find((each) => each.aside !== undefined)?.aside ?? '' };
}

async function askText(
  { conversation, say }: Asking,
  question: Extract<Question, { is: 'secret' | 'value' }>,
  signal: AbortSignal,
): Promise<Answer | Nobody> {
  const isSecret = question.is === 'secret' ? !question.echo : question.isSecret;
  const choices: readonly string[] = question.choices;
  for (;;) {
    const text = await conversation.ask(isSecret ? 'It is not shown while you type (empty: stop): ' : 'Your answer (empty: stop): ', {
      isSecret,
      signal,
    });
    if (text === null) return nobody;
    if (text === '') return { question: question.id, choice: 'stop' };
    if (!choices.includes('answer-for-all')) return { question: question.id, choice: 'answer', text };
    const all = await conversation.ask('Is it the same on all hosts? [y n] ', { signal });
    if (all === null) return nobody;
    if (all.trim() === 'y') return { question: question.id, choice: 'answer-for-all', text };
    if (all.trim() === 'n') return { question: question.id, choice: 'answer', text };
    say(wrap('Type y or n.'));
  }
}

/** Edits the text of a part line by line. Where the hosts' texts differ it is that of one host. */
async function editPart(asking: Asking, question: Question, answer: Answer, signal: AbortSignal): Promise<Answer | Nobody | undefined> {
  if (question.is !== 'confirm' && question.is !== 'failed' && question.is !== 'unknown') return undefined;
  const hosts = question.is === 'confirm' ? question.hosts.map((each) => each.host) : [question.host];
  const chosen = await choosePart(asking, question.step, hosts, signal);
  if (chosen === undefined || chosen === nobody) return chosen;
  const edited = await editLines(asking, beginEditing(maskedText(chosen.text), chosen.text), signal);
  if (edited === undefined || edited === nobody) return edited;
  return { ...answer, part: chosen.part, text: edited, ...(chosen.host === undefined ? {} : { hosts: [chosen.host] }) };
}

type Chosen = { readonly part: number; readonly text: Filled; readonly host: string | undefined };

async function choosePart(
  asking: Asking,
  step: PlannedStep,
  hosts: readonly string[],
  signal: AbortSignal,
): Promise<Chosen | Nobody | undefined> {
  const textOf = (host: string | undefined, part: number): Filled | undefined => {
    const planned = step.hosts.find((each) => each.host.name === host)?.parts[part - 1];
    return planned === undefined ? undefined : editableText(planned);
  };
  const parts = step.step.parts.map((_, index) => index + 1).filter((part) => textOf(hosts[0], part) !== undefined);
  const typedPart =
    parts.length < 2 ? String(parts[0]) : await asking.conversation.ask(`Which part? (${parts.join(', ')}; empty: none) `, { signal });
  if (typedPart === null) return nobody;
  const part = parts.find((each) => String(each) === typedPart.trim());
  if (part === undefined) return undefined;
  const isSame = new Set(hosts.map((host) => textOf(host, part)?.text)).size < 2;
  const typedHost = isSame ? hosts[0] : await askHost(asking, `The text differs on ${listOf(hosts)}.`, signal);
  if (typedHost === null) return nobody;
  const host = hosts.find((each) => each === typedHost?.trim());
  const text = textOf(host, part);
  return text === undefined ? undefined : { part, text, host: isSame && hosts.length > 1 ? undefined : host };
}

async function editLines(
  { conversation, say }: Pick<Asking, 'conversation' | 'say'>,
  first: Editing,
  signal: AbortSignal,
): Promise<string | Nobody | undefined> {
  let editing = first;
  for (;;) {
    say(['', ...editing.lines.map((line, index) => `  ${String(index + 1).padStart(3)}  ${line}`), '']);
    const typed = await conversation.ask('Which line? (its number; `done` when the text is right; empty: leave it) ', { signal });
    if (typed === null) return nobody;
    if (typed.trim() === '') return undefined;
    if (typed.trim() === 'done') {
      const finished = finishEditing(editing);
      if (finished.is === 'text') return finished.text;
      say(wrap(finished.why));
      continue;
    }
    const text = await conversation.ask('The new line (empty: take it away): ', { signal });
    if (text === null) return nobody;
    const edited = replaceLine(editing, Number(typed.trim()), text);
    if (edited.is === 'wrong') say(wrap(edited.why));
    else editing = edited.editing;
  }
}
