import type { HostState, StepHost } from '../../run/events/run-state.ts';
import type { WalkState } from '../../scenes/walk-state.ts';
import { sayHost } from '../../words/say-host.ts';
import { sayUser } from '../../words/show-confirm.ts';
import { breakLine } from '../pieces/break-line.ts';
import { type Line, linesOf } from '../pieces/line.ts';
import { heading } from '../pieces/sections.ts';
import { marks } from '../pieces/theme.ts';
import { recordOf, type StepView, whyOf } from './step-view.ts';

/** As many hosts have a row each; more are told by state. */
const mostRows = 6;

type Row = { readonly name: string; readonly state: HostState; readonly more: string; readonly address: string; readonly as: string };

/** For which hosts a step is: their addresses, as whom it runs there, how each stands. */
export function hostLines({ state, view }: { readonly state: WalkState; readonly view: StepView }, width: number): readonly Line[] {
  const rows = rowsOf(state, view);
  if (rows.length === 0) return [];
  const { length } = rows;
  const how = view.planned.step.each === 'together' ? 'all at once' : 'one after the other';
  return [
    ...heading(length === 1 ? 'For one host' : `For ${length} hosts, ${how}`, width),
    ...(length > mostRows ? grouped(rows, width) : each(rows, width)),
  ];
}

function each(rows: readonly Row[], width: number): readonly Line[] {
  const names = widest(rows.map(({ name }) => name));
  const addresses = widest(rows.map(({ address }) => address));
  const users = widest(rows.map(({ as }) => as));
  return rows.flatMap(({ name, state, more, address, as }): readonly Line[] => {
    const where = [address.padEnd(addresses), as.padEnd(users)].filter((text) => text !== '').join('  ');
    const { mark, word, tone } = marks[state];
    const first: Line = [{ text: '  ' }, { text: mark, tone }, { text: ` ${name.padEnd(names)}  ${where}  ` }, { text: word, tone }];
    if (more === '') return breakLine(first, width);
    const used = first.reduce((sum, { text }) => sum + text.length, 0);
    return used + 2 + more.length <= width
      ? [[...first, { text: `, ${more}` }]]
      : [...breakLine(first, width), ...linesOf([{ prose: more, indent: '         ', hanging: '         ' }], width)];
  });
}

/** One row a state, with the names. */
function grouped(rows: readonly Row[], width: number): readonly Line[] {
  const groups = new Map<string, { readonly state: HostState; readonly as: string; readonly names: string[] }>();
  for (const { name, state, as } of rows) {
    const group = groups.get(`${state} ${as}`) ?? { state, as, names: [] };
    groups.set(`${state} ${as}`, { ...group, names: [...group.names, name] });
  }
  return [...groups.values()].flatMap(({ state, as, names }): readonly Line[] => {
    const { mark, word, tone } = marks[state];
    return [
      ...breakLine([{ text: '  ' }, { text: `${mark} ${word}`, tone }, { text: `: ${names.length}, ${as} (h: their addresses)` }], width),
      ...linesOf([{ prose: names.join('  '), indent: '       ', hanging: '       ' }], width),
    ];
  });
}

function rowsOf(state: WalkState, view: StepView): readonly Row[] {
  const { record, planned, hosts } = view;
  const names = record.perHost.length > 0 ? record.perHost.map(({ name }) => name) : planned.hosts.map(({ host }) => host.name);
  // Said once, above.
  const common = whyOf(view);
  return names.map((name): Row => {
    const known = recordOf(view, name);
    const text = hosts.find((each) => each.host === name) ?? plannedOn(view, name);
    const skipped = planned.hosts.find(({ host }) => host.name === name)?.skipped ?? null;
    const why = known?.reason ?? (known?.state === 'pending' ? skipped : null) ?? undefined;
    return {
      name: sayHost(name),
      state: known?.state ?? 'pending',
      more: [sayBy(known), why === common ? '' : (why ?? '')].filter((text) => text !== '').join(': '),
      address: addressOf(state, name),
      as: text === undefined ? '' : sayAs(state, { ...text, host: name }),
    };
  });
}

function plannedOn({ planned }: StepView, name: string): { readonly as: string; readonly at: string | null } | undefined {
  const on = planned.hosts.find(({ host }) => host.name === name);
  return on === undefined ? undefined : { as: on.as, at: on.at?.name ?? null };
}

/** Where the other hosts reach a host. */
export function addressOf({ run }: WalkState, name: string): string {
  return run.hosts.find((host) => host.name === name)?.address ?? '';
}

/** As whom something runs on a host; where the login user is another, it is done through sudo. */
export function sayAs(
  { run }: WalkState,
  { as, at, host }: { readonly as: string; readonly at: string | null; readonly host: string },
): string {
  const machine = at ?? host;
  const login = run.pins.find((pin) => pin.host === machine)?.user;
  const isSudo = machine !== 'console' && as !== 'login' && login !== undefined && login !== as;
  return `as ${sayUser({ as, at, host })}${isSudo ? ' by sudo' : ''}${at === null ? '' : `, run at ${at}`}`;
}

function sayBy(host: StepHost | undefined): string {
  if (host?.state !== 'done') return '';
  return host.by === 'found' ? 'found so' : host.by === 'marked' ? 'marked by you' : '';
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}
