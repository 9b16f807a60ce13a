import type { PreparedHost, Question, ToConfirm } from '../run/walk/question.ts';
import { riskOf } from '../run/walk/risk.ts';
import { listOf, prose, type Said, wordsOf } from './said.ts';
import { comparable, type Showing, showOrigins, showPart } from './show-part.ts';
import { showProse, showReads } from './show-step.ts';

export type Confirm = Extract<Question, { is: 'confirm' }>;

/** Everything the operator says yes to: final texts, hosts, user, origins; where hosts differ, what differs. */
export function showConfirm(question: ToConfirm, showing: Showing): readonly Said[] {
  const { step, isUndo, hosts } = question;
  const [first] = hosts;
  if (first === undefined) return [];
  const others = differing(hosts);
  const risk = riskOf(step, question);
  return [
    ...(isUndo ? [] : showProse(step.step)),
    ...showOccasion(question),
    ...prose(whereItRuns(question)),
    '',
    ...showHostParts(first, showing),
    ...(others.length === 0 ? [] : showDifferences(first, others, showing)),
    ...(isUndo ? [] : showReads(step, first.host)),
    ...(risk === 'destroy' ? prose(saysDestroy) : []),
  ];
}

/** Said of a step of risk `destroy`. */
export const saysDestroy = 'This step destroys: the name of each host is to be typed.';

/** What is particular about this question: an undo, a value made anew, hosts that are not asked about. */
export function showOccasion({ step, isUndo, renews, found, goesOn = [] }: ToConfirm): readonly Said[] {
  return [
    ...(isUndo ? prose(`This takes “${step.step.title}” back.`) : []),
    ...(renews === undefined ? [] : prose(`The next step needs ${renews}, which is absent or about to expire: this makes it anew first.`)),
    ...(found.length === 0 ? [] : prose(`Found done: ${listOf(found)}.`)),
    ...(goesOn.length === 0 ? [] : prose(`Goes on with the parts that are left: ${listOf(goesOn)}.`)),
  ];
}

/** The parts of one host in full, and where their values come from. */
export function showHostParts(prepared: PreparedHost, showing: Showing): readonly Said[] {
  return [...showTexts(prepared, showing), ...showOrigins(prepared.parts, showing)];
}

/** The parts of one host in full. */
export function showTexts(prepared: PreparedHost, showing: Showing): readonly Said[] {
  return prepared.parts.flatMap((part, index) => [...showWhereElse(prepared, index), ...showPart(part, showing)]);
}

/** Said of a part that runs on another machine, or as somebody else, than the step says as a whole. */
function showWhereElse({ host, as, at, parts, machines, users }: PreparedHost, index: number): readonly Said[] {
  const machine = machines[index];
  const user = users[index];
  if (machine === undefined || user === undefined || parts[index]?.kind === 'by-hand') return [];
  const isElsewhere = machine !== (at ?? host);
  if (!isElsewhere && user === as) return [];
  const where = isElsewhere ? `On ${machine}, as` : 'As';
  return [`  ${where} ${sayUser({ as: user, at: machine, host })}:`];
}

function whereItRuns({ step, hosts }: ToConfirm): string {
  const users = [...new Set(hosts.map(sayUser))];
  const how = hosts.length === 1 ? '' : step.step.each === 'together' ? ', on all at once' : ', one after the other';
  const at = [...new Set(hosts.flatMap((each) => (each.at === null ? [] : [each.at])))];
  const where = at.length === 0 ? '' : ` (run at ${listOf(at)})`;
  return `For ${listOf(hosts.map((each) => each.host))}${where}, as ${listOf(users)}${how}.`;
}

/** As whom something runs; on the console it is always the operator. */
export function sayUser({ as, at, host }: Pick<PreparedHost, 'as' | 'at' | 'host'>): string {
  if ((at ?? host) === 'console') return 'you';
  return as === 'login' ? 'the login user' : as;
}

/** Per host that differs from the first one, the lines that it has instead; where these are fewer, those of the first host that it has not. */
export function showDifferences(first: PreparedHost, others: readonly PreparedHost[], showing: Showing): readonly Said[] {
  const lines = others.flatMap((other) => [
    `  ${other.host}${other.as === first.as ? '' : ` (as ${other.as})`}:`,
    ...showDifference(first, other, showing),
  ]);
  return [
    ...prose(`Above is the text for ${first.host}. It differs on ${listOf(others.map((each) => each.host))} (h shows each whole):`),
    '',
    ...lines,
    '',
  ];
}

function showDifference(first: PreparedHost, other: PreparedHost, showing: Showing): readonly Said[] {
  const linesOf = (host: PreparedHost): readonly Said[] => showHostParts(host, showing).filter((line) => wordsOf(line).trim() !== '');
  const [base, lines] = [linesOf(first), linesOf(other)];
  const without = (all: readonly Said[], known: readonly Said[]): readonly Said[] => {
    const words = new Set(known.map(wordsOf));
    return all.filter((line) => !words.has(wordsOf(line)));
  };
  const own = without(lines, base);
  const missing = without(base, lines);
  // A line for each line says itself what stands in whose place.
  if (missing.length > own.length) return [...own, '    without:', ...missing];
  if (own.length > 0) return own;
  const isInOrder = lines.map(wordsOf).join('\n') === base.map(wordsOf).join('\n');
  if (!isInOrder) return ['    has the same lines in another order, or more or fewer times'];
  return isSame({ ...other, as: first.as, users: first.users }, first) ? [] : ['    differs in a secret'];
}

/** Hosts on which something else runs than on the first one. */
export function differing([first, ...others]: readonly PreparedHost[]): readonly PreparedHost[] {
  return first === undefined ? [] : others.filter((each) => !isSame(first, each));
}

function isSame(a: PreparedHost, b: PreparedHost): boolean {
  const parts = (host: PreparedHost): string => JSON.stringify([host.as, host.users, host.parts.map(comparable)]);
  return parts(a) === parts(b);
}
