import type { PreparedHost } from '../../run/walk/question.ts';
import { riskOf } from '../../run/walk/risk.ts';
import type { Common } from '../../scenes/scene.ts';
import type { WalkState } from '../../scenes/walk-state.ts';
import { fixedLines } from '../../words/fixed-lines.ts';
import { prose } from '../../words/said.ts';
import { sayHost } from '../../words/say-host.ts';
import { type Confirm, differing, saysDestroy, showDifferences, showOccasion } from '../../words/show-confirm.ts';
import { showBanner, showReads } from '../../words/show-step.ts';
import { closeUp } from '../pieces/close-up.ts';
import { exactLines } from '../pieces/exact-lines.ts';
import { type Line, line, linesOf } from '../pieces/line.ts';
import { heading, sections } from '../pieces/sections.ts';
import { addressOf, sayAs } from '../step/host-lines.ts';
import { originLines } from '../step/origin-lines.ts';
import { editedLines, maskNow, preparedText, revealedLines, showingNow } from '../step/step-view.ts';

/** How a confirmation is looked at. */
export type ConfirmLooking = {
  /** Each host with its own text in full, not only what differs. */
  readonly showsAll: boolean;
  readonly showsWrapped: boolean;
  /** The step up to which the yes is to reach. */
  readonly reach: string | null;
};

/** A confirmation as rows. Those before `end` must have been seen before a yes counts. */
export type ConfirmPage = { readonly lines: readonly Line[]; readonly end: number };

type Asked = { readonly state: WalkState & Common; readonly question: Confirm; readonly looking: ConfirmLooking };

/** As many hosts have a row each; more are named one behind the other. */
const mostRows = 6;

/** Everything that is said yes to. */
export function confirmPage(asked: Asked, width: number): ConfirmPage {
  const { state, question, looking } = asked;
  const needed = sections(headLines(asked, width), reachLines(asked, width), whereLines(asked, width), textsOf(asked, width));
  const [first] = question.hosts;
  const reads = question.isUndo || first === undefined ? [] : closeUp(showReads(question.step, first.host));
  const mask = maskNow(state);
  const lines = sections(
    needed,
    originLines(
      state,
      question.hosts.map((host) => preparedText(host, showingNow(state))),
      width,
    ),
    reads.length === 0 ? [] : [...heading('Checks, which only read', width), ...exactLines(reads, { width, mask })],
    looking.showsWrapped ? linesOf(closeUp(fixedLines(question.hosts.flatMap(({ parts }) => parts))), width) : [],
  );
  return { lines, end: needed.length };
}

/** The first row: what is asked. */
function sayQuestion({ step, isUndo, hosts, renews }: Confirm): string {
  const on = hosts.length === 1 ? (hosts[0]?.host === 'console' ? `on ${sayHost('console')}` : 'on 1 host') : `on ${hosts.length} hosts`;
  if (isUndo) return `Take “${step.step.title}” back ${on}?`;
  return `${renews === undefined ? 'Run' : 'Run first'} “${step.step.title}” ${on}?`;
}

function headLines({ state, question }: Asked, width: number): readonly Line[] {
  const record = state.run.steps.find(({ id }) => id === question.step.step.id);
  const risk = riskOf(question.step, question);
  const each =
    question.hosts.length < 2 ? '' : question.step.step.each === 'together' ? '   on all at once' : '   one host after the other';
  const beware = question.isUndo || risk === 'destroy';
  const banners = beware ? question.step.step.banners.filter(({ kind }) => kind === 'warning' || kind === 'caution') : [];
  return [
    ...heading(sayQuestion(question), width),
    [{ text: `risk: ${risk}`, tone: risk === 'destroy' ? 'bad' : undefined }, { text: each }],
    ...(record === undefined || question.isUndo ? [] : editedLines(record, width)),
    ...revealedLines(state),
    ...linesOf(question.isUndo ? [] : showOccasion(question), width),
    ...banners.flatMap((banner) => linesOf(showBanner(banner), width)),
    ...(risk === 'destroy' ? linesOf([{ prose: saysDestroy, indent: '', hanging: '', tone: 'bad' }], width) : []),
  ];
}

/** Every host, its address, as whom. */
function whereLines({ state, question, looking }: Asked, width: number): readonly Line[] {
  const { hosts } = question;
  if (hosts.length <= mostRows || looking.showsAll) return hostRows(state, hosts, width);
  const ways = new Map<string, string[]>();
  for (const host of hosts) {
    const way = sayAs(state, host);
    ways.set(way, [...(ways.get(way) ?? []), host.host]);
  }
  return [...ways].flatMap(([way, names]): readonly Line[] => {
    return [
      line(`  ${names.length} hosts, ${way} (h: each with its address):`),
      ...linesOf([{ prose: names.join('  '), indent: '    ', hanging: '    ' }], width),
    ];
  });
}

function hostRows(state: WalkState, hosts: readonly PreparedHost[], width: number): readonly Line[] {
  const names = widest(hosts.map(({ host }) => sayHost(host)));
  const addresses = widest(hosts.map(({ host }) => addressOf(state, host)));
  return linesOf(
    hosts.map((host) => ({
      exact: `  ${sayHost(host.host).padEnd(names)}  ${addressOf(state, host.host).padEnd(addresses)}  ${sayAs(state, host)}`,
    })),
    width,
  );
}

/** The final text: once where all hosts run the same, else that of the first and what differs on the others, or each whole. */
function textsOf({ state, question, looking }: Asked, width: number): readonly Line[] {
  const showing = showingNow(state);
  const mask = maskNow(state);
  const texts = question.hosts.map((host) => preparedText(host, showing));
  const [first] = question.hosts;
  const [text] = texts;
  const others = differing(question.hosts);
  if (first === undefined || text === undefined) return [];
  const own = (each: (typeof texts)[number]): readonly Line[] =>
    exactLines(closeUp(each.said), { width, mask, others: texts.filter((other) => other !== each).map(({ said }) => closeUp(said)) });
  if (others.length === 0) return own(text);
  if (looking.showsAll) return sections(...texts.map((each) => [...heading(`On ${sayHost(each.host)}`, width), ...own(each)]));
  return sections(own(text), exactLines(closeUp(showDifferences(first, others, showing)), { width, mask }));
}

/** Up to where the yes would reach. */
function reachLines({ state, looking }: Asked, width: number): readonly Line[] {
  const to = state.run.steps.find(({ id }) => id === looking.reach);
  if (to === undefined) return [];
  const says = `y runs this and, without asking again, all steps up to “${to.title}”. Steps that destroy ask all the same.`;
  return linesOf(prose(says, '', '', 'beware'), width);
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}
