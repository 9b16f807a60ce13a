import { cleanLine } from '../../output/clean.ts';
import { typedHost } from '../../plan/typed-host.ts';
import type { SetupHost } from '../../runbook/runbook.ts';
import { withoutRole } from '../../scenes/set-up-hosts.ts';
import type { RoleHosts, SetUpState } from '../../scenes/set-up-state.ts';
import { widthOf } from '../../words/lay-out.ts';
import { prose, type Said } from '../../words/said.ts';
import { sayNeed } from '../../words/say-need.ts';
import { showProblems } from '../../words/show-problems.ts';
import { type Line, linesOf, pad } from '../pieces/line.ts';

/** A row of the hosts' part that the cursor can stand on. */
export type HostItem = { readonly key: string } & (
  | { readonly is: 'file' }
  | { readonly is: 'host'; readonly role: string; readonly host: RoleHosts['hosts'][number] }
  /** A host of another role, to which this one can be given. */
  | { readonly is: 'candidate'; readonly role: string; readonly name: string; readonly isChosen: boolean }
  | { readonly is: 'add'; readonly role: string }
);

/** Rows of the hosts' part: those the cursor stands on, and the headings between them. */
export type HostRow = { readonly item: HostItem } | { readonly heading: RoleHosts };

/** True where hosts are typed here, and not read from a file. */
export function areTyped({ file, areHostsGiven }: SetUpState): boolean {
  return !areHostsGiven && (file === null || file.hosts === null);
}

/** The file, then each role with its hosts. */
export function hostRows(state: SetUpState): readonly HostRow[] {
  const isTyped = areTyped(state);
  return [
    { item: { key: 'file', is: 'file' } },
    ...state.roles.flatMap((each): readonly HostRow[] => {
      const role = each.role.name;
      const items: readonly HostItem[] =
        each.among === null
          ? [
              ...each.hosts.map((host): HostItem => ({ key: `${role} ${host.name}`, is: 'host', role, host })),
              ...(isTyped ? [{ key: `${role} +`, is: 'add', role } as const] : []),
            ]
          : each.among.map((host): HostItem => ({ key: `${role} ${host.name}`, is: 'candidate', role, ...host }));
      return [{ heading: each }, ...items.map((item) => ({ item }))];
    }),
  ];
}

/** A row as it is drawn. */
export function hostLine(
  state: SetUpState,
  row: HostRow,
  { isCurrent, columns }: { readonly isCurrent: boolean; readonly columns: number },
): Line {
  if ('heading' in row) return headingLine(row.heading, columns);
  const pointer = isCurrent ? '> ' : '  ';
  const draft = state.drafts[draftOf(row.item)];
  const text = draft === undefined ? textOf(state, row.item) : `    not taken yet: ${cleanLine(draft)}`;
  return [{ text: pad(pointer + text, columns), ...(isCurrent ? { tone: 'strong' as const } : {}) }];
}

/** What is typed into a row is kept under this name until it is taken. */
export function draftOf({ key }: HostItem): string {
  return `hosts ${key}`;
}

/** The host as a line to be changed. */
export function lineOfHost({ name, address, user }: RoleHosts['hosts'][number]): string {
  return [name, address, ...(user === null ? [] : [user])].join(' ');
}

/** The host that a line gives in place of one typed before, or what is wrong with the line. */
export function hostTyped(
  { runbook, setup }: SetUpState,
  { role, line, before }: { readonly role: string; readonly line: string; readonly before?: string },
): SetupHost | string {
  const known = before === undefined ? setup.hosts : withoutRole(setup.hosts, before, role);
  return typedHost(line, role, { runbook, known });
}

/** What is to be known of the row under the cursor, with what is wrong there. */
export function aboutHosts(state: SetUpState, item: HostItem | undefined, columns: number): readonly Line[] {
  return linesOf(saidOf(state, item), columns);
}

function headingLine({ role, hosts, wrong }: RoleHosts, columns: number): Line {
  const need = `  ${role.name}   ${sayNeed(role)}`;
  const note = wrong === null ? `${hosts.length} given` : 'not yet right';
  const room = Math.max(1, columns - widthOf(note) - 1);
  return [{ text: `${pad(need, room)} ` }, { text: note, ...(wrong === null ? {} : { tone: 'beware' as const }) }];
}

function textOf({ file, areHostsGiven }: SetUpState, item: HostItem): string {
  switch (item.is) {
    case 'file':
      if (file === null) return areHostsGiven ? 'the hosts were given' : 'from a hosts file: none named';
      // A long path is cut, what came of it is not.
      return `from a hosts file, ${sayFile(file.hosts)}: ${cleanLine(file.path)}`;
    case 'host':
      return `    ${item.host.name}   ${item.host.address}${item.host.user === null ? '' : `   ${item.host.user}`}`;
    case 'candidate':
      return `    [${item.isChosen ? 'x' : ' '}] ${item.name}`;
    case 'add':
      return '    add a host';
    default:
      return item satisfies never;
  }
}

function sayFile(hosts: number | null): string {
  return hosts === null ? 'which cannot be used' : hosts === 1 ? '1 host' : `${hosts} hosts`;
}

function saidOf(state: SetUpState, item: HostItem | undefined): readonly Said[] {
  const { file, roles } = state;
  if (item === undefined || item.is === 'file') {
    if (file?.wrong != null) return prose(cleanLine(file.wrong), '', '', 'bad');
    if (file !== null && file.problems.length > 0) return showProblems(file.problems);
    return prose(
      file === null
        ? 'The path of a hosts file, if you have one. Else add the hosts below, role by role.'
        : 'The hosts are those of this file. Change them there; an empty path goes back to typed hosts.',
    );
  }
  const role = roles.find((each) => each.role.name === item.role);
  return [
    ...prose(
      cleanLine(role?.role.ask ?? `Hosts of the role ${item.role}: ${role === undefined ? '' : sayNeed(role.role)}.`),
      '',
      '',
      'strong',
    ),
    ...(role?.wrong == null ? [] : prose(cleanLine(role.wrong), '', '', 'beware')),
    ...(item.is === 'candidate' ? prose('enter gives it this role, or takes it away.') : []),
  ];
}
