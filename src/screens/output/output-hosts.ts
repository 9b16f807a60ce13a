import type { PartRecord, StepHost, StepState } from '../../run/events/run-state.ts';
import type { Common } from '../../scenes/scene.ts';
import type { WalkState } from '../../scenes/walk-state.ts';
import { sayDuration } from '../../words/durations.ts';
import { type Line, lineWidth, type Span } from '../pieces/line.ts';
import { marks } from '../pieces/theme.ts';

/** The part that a host was sent last in a step, and in which attempt. */
export function lastPart({ attempts }: Pick<StepHost, 'attempts'>): (PartRecord & { readonly attempt: number }) | null {
  const attempt = attempts.at(-1);
  const part = attempt?.parts.at(-1);
  return attempt === undefined || part === undefined ? null : { ...part, attempt: attempt.number };
}

/** `6 hosts   3 done   2 running`: how many stand how, in the order of the walk. */
export function sayHosts({ perHost }: Pick<StepState, 'perHost'>): string {
  const states = (['failed', 'unknown', 'running', 'waiting', 'pending', 'done', 'skipped', 'left-out'] as const).flatMap((state) => {
    const count = perHost.filter((host) => host.state === state).length;
    return count === 0 ? [] : [`${count} ${marks[state].word}`];
  });
  return [`${perHost.length} ${perHost.length === 1 ? 'host' : 'hosts'}`, ...states].join('   ');
}

/** The hosts one behind the other in up to `most` rows, the shown one among them; of the others it is said how many there are. */
export function hostStrip(
  hosts: readonly StepHost[],
  shown: string | null,
  now: number,
  { columns, most }: { readonly columns: number; readonly most: number },
): readonly Line[] {
  const all = inRows(hosts, shown, now, columns);
  if (all.length <= most) return all.map(({ line }) => line);
  const rows = inRows(hosts, shown, now, columns - moreWidth);
  const at = rows.findIndex(({ names }) => shown !== null && names.includes(shown));
  const from = Math.max(0, Math.min(at, rows.length - most));
  const seen = rows.slice(from, from + most);
  const more = hosts.length - seen.flatMap(({ names }) => names).length;
  return seen.map(({ line }, i) => (i < most - 1 ? line : [...line, { text: ` … ${more} more: h` }]));
}

/** Columns that are kept for ` … 42 more: h`. */
const moreWidth = 14;

function inRows(
  hosts: readonly StepHost[],
  shown: string | null,
  now: number,
  columns: number,
): readonly { readonly line: Line; readonly names: readonly string[] }[] {
  const rows: { line: Span[]; names: string[] }[] = [];
  for (const host of hosts) {
    const spans: readonly Span[] = [...hostSpans(host, shown), { text: ` ${timeOf(host, now)}  ` }];
    const last = rows.at(-1);
    // The two blanks at the end may stand outside.
    if (last === undefined || lineWidth([...last.line, ...spans]) > columns + 2) rows.push({ line: [...spans], names: [host.name] });
    else {
      last.line.push(...spans);
      last.names.push(host.name);
    }
  }
  return rows;
}

/** One host a row below a heading, for a column beside the output. */
export function hostColumn(state: WalkState & Common, hosts: readonly StepHost[]): readonly Line[] {
  const { host: shown, said } = state.output;
  const width = Math.max(...hosts.map(({ name }) => name.length), 4);
  const words = Math.max(...hosts.map(({ state }) => marks[state].word.length), 5);
  const heading: Line = [{ text: `      ${'host'.padEnd(width)} ${'state'.padEnd(words)}${'time'.padStart(7)}${'lines'.padStart(8)}` }];
  const rows = hosts.map((host): Line => {
    const { mark, word, tone } = marks[host.state];
    const lines = said[host.name]?.lines;
    return [
      { text: host.name === shown ? '>' : ' ' },
      { text: mark, tone },
      { text: ` ${host.name.padEnd(width)} ` },
      { text: word.padEnd(words), tone },
      { text: timeOf(host, state.now).padStart(7) },
      { text: lines === undefined ? '' : String(lines).padStart(8) },
    ];
  });
  return [heading, ...rows];
}

/** What else is to be known of a host while something runs there: its connection, its silence, the time that is left. */
export function hostNotices(state: WalkState & Common, step: string, host: StepHost): readonly string[] {
  if (host.state !== 'running') return [];
  const part = lastPart(host);
  const machine = part?.at ?? host.name;
  const connection = state.connections[machine];
  const lost =
    connection === undefined || connection.state === 'back'
      ? []
      : [`connection for ${machine} lost ${sayDuration(state.now - connection.since)} ago; what runs there goes on`];
  const quiet = state.quiet[host.name];
  const silent = quiet === undefined ? [] : [`${host.name} has said nothing for ${sayDuration(state.now - quiet)}`];
  const limit = part === null ? undefined : timeLimit(state, step, part.part);
  const left = part === null || limit === undefined ? undefined : Date.parse(part.started) + limit - state.now;
  return [...lost, ...silent, ...(left === undefined || limit === undefined || left > limit / 2 ? [] : [sayLeft(left, limit)])];
}

function sayLeft(left: number, limit: number): string {
  return left <= 0 ? `longer than its ${sayDuration(limit)}` : `${sayDuration(left)} left of its ${sayDuration(limit)}`;
}

function timeLimit({ runbook }: WalkState, id: string, part: number): number | undefined {
  const step = runbook.phases.flatMap(({ steps }) => steps).find((each) => each.id === id);
  return step?.parts[part - 1]?.timeout;
}

function hostSpans({ name, state }: StepHost, shown: string | null): readonly Span[] {
  const { mark, word, tone } = marks[state];
  return [{ text: name === shown ? '>' : ' ' }, { text: `${mark} ${word}`, tone }, { text: ` ${name}` }];
}

/** `1:17`, since the attempt began or until it ended. */
function timeOf({ attempts }: StepHost, now: number): string {
  const parts = attempts.at(-1)?.parts ?? [];
  const [first] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return '-';
  const seconds = Math.max(0, Math.floor(((last.ended === null ? now : Date.parse(last.ended)) - Date.parse(first.started)) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
