import { cleanLine } from '../../output/clean.ts';
import type { Common } from '../../scenes/scene.ts';
import type { WalkState } from '../../scenes/walk-state.ts';
import { prose, type Said } from '../../words/said.ts';
import { sayHost } from '../../words/say-host.ts';
import { showOccasion } from '../../words/show-confirm.ts';
import { showMarkdown } from '../../words/show-markdown.ts';
import { showBanner, showExplanation, showReads } from '../../words/show-step.ts';
import { breakLine } from '../pieces/break-line.ts';
import { closeUp } from '../pieces/close-up.ts';
import { exactLines } from '../pieces/exact-lines.ts';
import { type Line, line, linesOf } from '../pieces/line.ts';
import { heading, sections } from '../pieces/sections.ts';
import { marks } from '../pieces/theme.ts';
import type { Size } from '../size.ts';
import { attemptLines } from './attempt-lines.ts';
import { hostLines } from './host-lines.ts';
import { originLines } from './origin-lines.ts';
import { editedLines, type HostText, maskNow, revealedLines, type StepView, whyOf } from './step-view.ts';

/** What of a step the operator looks at: whose text, and which of the explained pieces. */
export type Looking = { readonly host: number; readonly piece: number | null };

/** A step as rows. `needed`: those of its hosts and of its exact text, as [first, behind the last]. */
export type StepPage = { readonly lines: readonly Line[]; readonly needed: readonly [number, number] };

type Shown = { readonly state: WalkState & Common; readonly view: StepView; readonly looking: Looking };

/** Few rows: what a step is for gives way to what it does. */
const fewRows = 14;

/** All of a step under each other, what is needed for the yes first: what it is for gives way where only so that comes into sight. */
export function stepPage(shown: Shown, { columns: width, rows }: Size): StepPage {
  const head = headLines(shown, width);
  const lead = leadLines(shown, width);
  const needed = sections(hostLines(shown, width), textLines(shown, width));
  const withLead = sections(head, lead);
  // A row is left for the mark that more stands below.
  const hasRoom = (before: readonly Line[]): boolean => sections(before, needed).length < rows;
  const givesWay = rows < fewRows || (!hasRoom(withLead) && hasRoom(head));
  const told = sections(lastLines(shown, width), withLead);
  const before = givesWay ? head : hasRoom(told) ? told : withLead;
  const rest = sections(
    originsOf(shown, width),
    givesWay ? lead : [],
    moreLines(shown, width),
    pieceLines(shown, width),
    checkLines(shown, width),
    attemptLines(shown, width),
  );
  return { lines: sections(before, needed, rest), needed: [before.length + 1, before.length + 1 + needed.length] };
}

/** What a step is for, beside its work. */
export function aboutLines(shown: Shown, width: number): readonly Line[] {
  return sections(...[lastLines, headLines, leadLines, moreLines, pieceLines].map((each) => each(shown, width)));
}

/** What a step does: where, what, with which values, how it is checked. */
export function workPage(shown: Shown, width: number): StepPage {
  const needed = sections(hostLines(shown, width), textLines(shown, width));
  const rest = [originsOf, checkLines, attemptLines].map((each) => each(shown, width));
  return { lines: sections(needed, ...rest), needed: [0, needed.length] };
}

/** The text whose turn it is to be looked at. */
export function lookedAt({ hosts }: Pick<StepView, 'hosts'>, { host }: Looking): HostText | undefined {
  return hosts[host % Math.max(1, hosts.length)];
}

/** True where hosts have texts of their own. */
export function differs({ hosts }: Pick<StepView, 'hosts'>): boolean {
  return new Set(hosts.map(({ as, at, said, texts }) => JSON.stringify([as, at, said, texts.map(({ text }) => text)]))).size > 1;
}

function headLines({ view, state }: Shown, width: number): readonly Line[] {
  const { record, risk } = view;
  const { mark, word, tone } = marks[record.state];
  const isChecked = state.checking?.step === record.id && view.confirm === null;
  const by = record.by === 'found' ? ', found so' : record.by === 'marked' ? ', marked by you' : '';
  const why = whyOf(view);
  return [
    ...heading(record.title, width),
    ...breakLine(
      [
        { text: `${mark} ${word}${by}`, tone },
        { text: '   ' },
        { text: `risk: ${risk}`, tone: risk === 'destroy' ? 'bad' : undefined },
        { text: record.isAside ? '   out of the order' : '' },
      ],
      width,
    ),
    ...editedLines(record, width),
    ...revealedLines(state),
    ...(isChecked ? [line('Its hosts are being looked at now; that only reads.', 'busy')] : []),
    ...(why === undefined ? [] : linesOf(prose(sayWhy(why), '', '  '), width)),
    ...(view.confirm === null ? [] : linesOf(showOccasion(view.confirm), width)),
  ];
}

/** What ended just before this step was asked about: it went on to the next one by itself. */
function lastLines({ state, view }: Shown, width: number): readonly Line[] {
  if (view.confirm === null || view.confirm.isUndo) return [];
  const ends = state.run.steps.flatMap((step) =>
    step.perHost.flatMap(({ attempts }) =>
      attempts.flatMap(({ parts }) => parts.flatMap(({ ended }) => (ended === null ? [] : [{ step, ended }]))),
    ),
  );
  const last = ends.reduce<(typeof ends)[number] | undefined>(
    (latest, each) => (latest === undefined || each.ended >= latest.ended ? each : latest),
    undefined,
  );
  if (last === undefined || last.step.id === view.record.id) return [];
  const { mark, word, tone } = marks[last.step.state];
  return breakLine(
    [{ text: 'Just before:  ' }, { text: `${mark} ${word}`, tone }, { text: `  ${cleanLine(last.step.title)}  (o: what it said)` }],
    width,
  );
}

function sayWhy(why: string): string {
  return why.startsWith('undecided: ') ? `Not decided yet: ${why.slice('undecided: '.length)}.` : `Why: ${why}`;
}

/** The first paragraph of the guide's prose. */
function leadLines({ view }: Shown, width: number): readonly Line[] {
  return linesOf(paragraphs(view)[0] ?? [], width);
}

/** What else the guide says, its warnings first. */
function moreLines({ view }: Shown, width: number): readonly Line[] {
  const { banners } = view.planned.step;
  const warning = banners.filter(({ kind }) => kind === 'warning' || kind === 'caution');
  const others = banners.filter((banner) => !warning.includes(banner));
  const told = [...warning.map(showBanner), ...paragraphs(view).slice(1), ...others.map(showBanner)];
  return sections(...told.map((said) => linesOf(said, width)));
}

function paragraphs({ planned }: StepView): readonly (readonly Said[])[] {
  const split: Said[][] = [[]];
  for (const said of showMarkdown(planned.step.prose.trim())) {
    if (said === '') split.push([]);
    else split.at(-1)?.push(said);
  }
  return split.filter((paragraph) => paragraph.length > 0);
}

/** The exact text for the host that is looked at, and below it what the piece under the cursor is for. */
function textLines({ state, view, looking }: Shown, width: number): readonly Line[] {
  const text = lookedAt(view, looking);
  if (text === undefined) return [];
  const explanation = looking.piece === null ? undefined : view.planned.step.explanations[looking.piece];
  const others = view.hosts.filter((each) => each !== text).map(({ said }) => said);
  return [
    ...heading(`${headingOf(view)}${whoseText(view, text)}`, width),
    ...(view.texts === 'final' || !text.texts.some(hasMissing)
      ? []
      : linesOf(prose('‹…› stands where a value is not known yet.', '  '), width)),
    ...exactLines(closeUp(text.said), { width, mask: maskNow(state), piece: explanation?.piece, others }),
    ...(explanation === undefined ? [] : linesOf(['', ...showExplanation(explanation, '> ')], width)),
  ];
}

function headingOf({ texts, record, confirm }: StepView): string {
  if (texts === 'planned') return record.state === 'pending' ? 'Planned text' : 'Text as it would run now';
  return confirm === null ? 'What runs now' : 'Exact text';
}

function whoseText(view: StepView, { host }: HostText): string {
  const { hosts } = view;
  if (hosts.length < 2) return '';
  if (!differs(view)) return `, the same on all ${hosts.length} hosts`;
  return ` for ${sayHost(host)}, ${hosts.findIndex((each) => each.host === host) + 1} of ${hosts.length} (tab: the next host’s)`;
}

function hasMissing({ pieces }: HostText['texts'][number]): boolean {
  return pieces.some(({ isMissing }) => isMissing);
}

function originsOf({ state, view, looking }: Shown, width: number): readonly Line[] {
  const text = lookedAt(view, looking);
  return text === undefined ? [] : originLines(state, [text], width);
}

function pieceLines({ view, looking }: Shown, width: number): readonly Line[] {
  const { explanations } = view.planned.step;
  if (explanations.length === 0) return [];
  return [
    ...heading('Piece by piece (left and right mark one)', width),
    ...explanations.flatMap((explanation, index) => linesOf(showExplanation(explanation, index === looking.piece ? '> ' : '  '), width)),
  ];
}

/** What is read before and after, and what that has said last. */
function checkLines({ state, view, looking }: Shown, width: number): readonly Line[] {
  const host = lookedAt(view, looking)?.host ?? '';
  const reads = view.confirm?.isUndo === true ? [] : closeUp(showReads(view.planned, host));
  const said = state.said.filter(({ step }) => step === view.record.id);
  if (reads.length === 0 && said.length === 0) return [];
  const mask = maskNow(state);
  return [
    ...heading('Checks, which only read', width),
    ...exactLines(reads, { width, mask }),
    ...said.flatMap(({ host, what, exit, text }) => [
      ...linesOf(prose(`${sayHost(host)}: the ${what} said last, exit ${exit}${text.trim() === '' ? '' : ':'}`, '  '), width),
      ...text
        .split('\n')
        .filter((each) => each.trim() !== '')
        .slice(-3)
        .flatMap((each) => linesOf([{ exact: `    | ${mask(each)}` }], width)),
    ]),
  ];
}
