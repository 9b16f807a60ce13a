import { cleanLine } from '../../output/clean.ts';
import type { CheckedHost, HostsCheckState, SetUpState } from '../../scenes/set-up-state.ts';
import { widthOf } from '../../words/lay-out.ts';
import { prose, type Said, type Tone } from '../../words/said.ts';
import { type Line, line, linesOf, pad } from '../pieces/line.ts';
import { marks } from '../pieces/theme.ts';

/** What is told of each host that is reached, and how early it gives way where there is little room. */
const columns = [
  { head: 'USER', givesWay: 0 },
  { head: 'ROOT BY', givesWay: 0 },
  { head: 'SYSTEM', givesWay: 2 },
  { head: 'ARCH', givesWay: 3 },
  { head: 'CLOCK', givesWay: 0 },
  { head: 'SWAP', givesWay: 1 },
  { head: 'FREE', givesWay: 1 },
] as const;

/** Why a host is not ready, in a word. */
const failures: Readonly<Record<string, string>> = {
  unreachable: 'not reached',
  untrusted: 'not trusted',
  refused: 'login refused',
  sudo: 'no sudo',
  lost: 'connection lost',
  timeout: 'no answer in time',
  disk: 'no room on its disk',
  unsupported: 'cannot be used',
};

/** Columns of the mark and of the blanks before the cells. */
const beforeCells = 7;

/** The hosts, a row each, in their order; never in another one, whichever answers first. */
export function checkTable({ check, questions }: SetUpState, width: number): readonly Line[] {
  if (check === null) return [];
  const named = check.hosts.map((host) => [host.name, ...(width >= 100 ? [host.address, host.roles.join(' ')] : [])]);
  const lead = layColumns([['HOST', ...(width >= 100 ? ['ADDRESS', 'ROLES'] : [])], ...named]);
  const room = width - beforeCells - widthOf(lead[0] ?? '');
  const cells = fitted(check, room);
  const asked = new Map(questions.map((question) => ['host' in question ? question.host : '', question.is]));
  return [
    [{ text: `     ${lead[0] ?? ''}  ${cells.head}`, tone: 'strong' }],
    ...check.hosts.map((host, index): Line => {
      const { mark, tone, text } = standOf(host, asked.get(host.name), cells.rows[index] ?? '');
      return [{ text: `${mark} `, tone }, { text: `${lead[index + 1] ?? ''}  ` }, { text, tone: host.is === 'reached' ? undefined : tone }];
    }),
  ];
}

/** What was found that the operator should read: each way to fail in its own sentences, then what is told of all hosts. */
export function checkFindings({ check }: SetUpState, width: number): readonly Line[] {
  if (check === null) return [];
  const said = check.hosts.flatMap(sayHost);
  const all = check.said.flatMap((each) => prose(each, '', '', check.hosts.some(({ is }) => is === 'failed') ? 'beware' : undefined));
  const waiting = check.isRunning ? prose('The hosts are being looked at. Nothing is changed on them.', '', '', 'busy') : [];
  return linesOf([...said, ...waiting, ...all], width);
}

function sayHost(host: CheckedHost): readonly Said[] {
  const lead = `${host.name}: `;
  if (host.is === 'failed') return [...prose(cleanLine(host.message), '', '  ', 'bad'), ...prose(cleanLine(host.advice), '  '), ''];
  if (host.is !== 'reached') return [];
  return [
    ...(host.wrong === null ? [] : [...prose(cleanLine(host.wrong), '', '  ', 'bad'), '']),
    ...(host.isClockOff
      ? [
          ...prose(
            `${lead}its clock is ${sayOff(host.cells[clockColumn] ?? '')} this computer's; certificates may be “not yet valid”.`,
            '',
            '  ',
            'beware',
          ),
          '',
        ]
      : []),
  ];
}

const clockColumn = columns.findIndex(({ head }) => head === 'CLOCK');

/** `+6.8 s` in words. */
function sayOff(cell: string): string {
  return `${cell.replace(/^[+-]/, '')} ${cell.startsWith('-') ? 'behind' : 'ahead of'}`;
}

function standOf(
  host: CheckedHost,
  asked: SetUpState['questions'][number]['is'] | undefined,
  cells: string,
): { readonly mark: string; readonly tone?: Tone; readonly text: string } {
  if (asked === 'trust-host-key') return { ...marks.unknown, text: 'NEW KEY' };
  if (asked !== undefined) return { ...marks.unknown, text: 'asks' };
  switch (host.is) {
    case 'waiting':
      return { ...marks.running, text: 'being looked at' };
    case 'reached':
      return { ...(host.wrong === null ? marks.done : marks.failed), text: cells };
    case 'failed':
      return { ...marks.failed, text: failures[host.kind] ?? 'failed' };
    default:
      return host satisfies never;
  }
}

/** The cells of the hosts that are reached, with as many columns as there is room for. */
function fitted({ hosts }: HostsCheckState, room: number): { readonly head: string; readonly rows: readonly string[] } {
  for (const least of [4, 3, 2, 1]) {
    const kept = columns.flatMap(({ givesWay }, index) => (givesWay < least ? [index] : []));
    const [head = '', ...rows] = layColumns([
      kept.map((index) => columns[index]?.head ?? ''),
      ...hosts.map((host) => kept.map((index) => (host.is === 'reached' ? (host.cells[index] ?? '') : ''))),
    ]);
    if (widthOf(head) <= room || least === 1) return { head, rows };
  }
  return { head: '', rows: [] };
}

/** Cells as rows, each column as wide as its widest cell. */
function layColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
  return rows.map((row) => row.map((cell, column) => pad(cell, widths[column] ?? 0)).join('  '));
}

/** As much of the table as there is room for: its head, and the row of the host that something is asked of. */
export function tableAround(table: readonly Line[], rows: number, host: number): readonly Line[] {
  if (table.length <= rows) return table;
  const seen = Math.max(1, rows - 2);
  const from = Math.max(0, Math.min(host - Math.floor(seen / 2), table.length - 1 - seen));
  const out = table.length - 1 - seen;
  return [...table.slice(0, 1), ...table.slice(1 + from, 1 + from + seen), line(`… ${out} more hosts`)].slice(0, rows);
}
