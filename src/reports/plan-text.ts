import { maskedText } from '../plan/masked-text.ts';
import type { Plan, PlannedHost, PlannedPart, PlannedServe, PlannedStep } from '../plan/plan.ts';
import type { InputValue, SetupHost } from '../runbook/runbook.ts';
import type { Filled } from '../runbook/scope.ts';
import { visible } from '../runbook/visible.ts';
import { tellEnv } from '../steps/env.ts';

const width = 80;

/** A plan for people: by phase and step, where each runs, as whom, and its whole text. Lines of commands and files are never cut. */
export function planText(plan: Plan): string {
  const lines = [...paragraph(`${plan.runbook.title} (${plan.runbook.name})`, ''), '', ...hostLines(plan), ...inputLines(plan)];
  let phase: string | undefined;
  plan.steps.forEach((planned, index) => {
    if (planned.phase !== phase) lines.push('', ...paragraph(planned.phase, ''), '─'.repeat(width));
    phase = planned.phase;
    lines.push('', ...stepLines(planned, index + 1));
  });
  return lines.join('\n');
}

function hostLines({ setup }: Plan): readonly string[] {
  const names = widest(setup.hosts.map((host) => host.name));
  const addresses = widest(setup.hosts.map((host) => host.address));
  const rows = setup.hosts.map((host) =>
    `  ${host.name.padEnd(names)}  ${host.address.padEnd(addresses)}  ${host.roles.join(', ')}`.trimEnd(),
  );
  return rows.length === 0 ? ['No hosts.'] : ['Hosts', ...rows.map(shown)];
}

function inputLines({ inputs, inputsPerHost }: Plan): readonly string[] {
  const rows = [
    ...Object.entries(inputs),
    ...Object.entries(inputsPerHost).flatMap(([name, values]) =>
      Object.entries(values).map(([host, value]) => [`${name} of ${host}`, value] as const),
    ),
  ];
  const names = widest(rows.map(([name]) => name));
  return rows.length === 0 ? [] : ['', 'Values', ...rows.flatMap(([name, value]) => row(`  ${name.padEnd(names)}  `, written(value)))];
}

function stepLines(planned: PlannedStep, number: number): readonly string[] {
  const { step, skipped, hosts, needs, captures, serves } = planned;
  const marks = [
    step.risk,
    ...(step.each === 'one-by-one' && hosts.length > 1 ? ['one by one'] : []),
    ...(step.isAside ? ['aside: only when it is asked for'] : []),
  ];
  return [
    ...row(`${String(number).padStart(3)}  `, step.title),
    ...row('     ', `${step.id} · ${marks.join(' · ')}`),
    ...(skipped === null ? [] : row('     ', reason(skipped))),
    ...(needs.length === 0 ? [] : row('     needs   ', needs.join(', '))),
    ...(captures.length === 0 ? [] : row('     brings  ', captures.join(', '))),
    ...grouped(hosts, partsLines).flatMap((group) => ['', ...whereLines(group.hosts, skipped), ...group.lines]),
    ...servesLines(serves, skipped),
  ];
}

function reason(skipped: string): string {
  return skipped.startsWith('undecided: ') ? skipped : `skipped: ${skipped}`;
}

/** What serves the step; a text that serves as several (`probe verify`) is told once. */
function servesLines(serves: readonly PlannedServe[], skipped: string | null): readonly string[] {
  const told = new Map<string, string[]>();
  for (const { serve, hosts } of serves) {
    const howLong = serve.for === undefined ? '' : ` (tried for ${Math.round(serve.for / 1000)} s)`;
    const groups = grouped(hosts, (host) => [...envLines(host.env), ...textLines(host.command)]);
    const body = groups.flatMap((group) => [...whereLines(group.hosts, skipped), ...group.lines]);
    if (body.length === 0) continue;
    const key = body.join('\n');
    told.set(key, [...(told.get(key) ?? []), `${serve.kind}${howLong}`]);
  }
  return [...told].flatMap(([body, kinds]) => ['', `     ${kinds.join(' and ')}`, ...body.split('\n')]);
}

type Where = { readonly host: SetupHost; readonly as: string; readonly at: SetupHost | null; readonly skipped: string | null };

/** Hosts for which the same text runs in the same way, told once. */
function grouped<T extends Where>(
  hosts: readonly T[],
  tell: (host: T) => readonly string[],
): readonly { readonly hosts: readonly T[]; readonly lines: readonly string[] }[] {
  const groups = new Map<string, { hosts: T[]; lines: readonly string[] }>();
  for (const host of hosts) {
    const lines = tell(host);
    const key = JSON.stringify([lines, host.as, host.at?.name, host.skipped]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { hosts: [host], lines });
    else group.hosts.push(host);
  }
  return [...groups.values()];
}

function whereLines(hosts: readonly Where[], stepSkipped: string | null): readonly string[] {
  const [first] = hosts;
  if (first === undefined) return [];
  const names = hosts.map(({ host }) => (host.name === 'console' ? 'this machine' : host.name)).join(', ');
  const at = first.at === null ? '' : `, run at ${first.at.name}`;
  const why = first.skipped === null || stepSkipped !== null ? '' : ` – ${reason(first.skipped)}`;
  return row('     ', `on ${names}${at}${asWhom(first.as, first.at ?? first.host)}${why}`);
}

/** On the console it is always the operator. */
function asWhom(as: string, machine: SetupHost): string {
  if (as !== 'login') return `, as ${as}`;
  return machine.name === 'console' ? '' : ', as the login user';
}

/** Parts one under the other; what runs behind another part is set off from it. */
function partsLines({ parts, as, at, host }: PlannedHost): readonly string[] {
  return parts.flatMap((part, index) => {
    const isElsewhere = part.as !== as || part.at !== at;
    const where = isElsewhere ? `${part.at === null ? '' : ` at ${part.at.name}`}${asWhom(part.as, part.at ?? host)}` : '';
    const lead = index === 0 && !isElsewhere ? '' : `${index === 0 ? 'first' : 'then'}${where}`;
    return [...(lead === '' ? [] : row('       ', lead)), ...partLines(part)];
  });
}

function partLines(part: PlannedPart): readonly string[] {
  switch (part.kind) {
    case 'command':
      return [...envLines(part.env), ...textLines(part.command)];
    case 'file': {
      const access = [part.mode && `mode ${part.mode.text}`, part.owner && `owner ${part.owner.text}`].filter((text) => text);
      const what = part.block ? 'put a block into' : 'write';
      return [...row('       ', [`${what} ${maskedText(part.path)}`, ...access].join(', ')), ...textLines(part.content, '       │ ')];
    }
    case 'edit':
      return [...row('       ', `edit ${maskedText(part.path)}, through`), ...envLines(part.env), ...textLines(part.filter)];
    case 'copy':
      return [
        ...row('       ', `copy from ${part.source?.name ?? part.part.from.source}`),
        ...part.files.map(({ from, to }) => shown(`         ${maskedText(from)}${from.text === to.text ? '' : ` -> ${maskedText(to)}`}`)),
      ];
    case 'by-hand':
      return [...row('       ', 'by hand:'), ...textLines(part.instruction)];
    default:
      return part satisfies never;
  }
}

function envLines(env: Readonly<Record<string, Filled>>): readonly string[] {
  const lines = Object.entries(tellEnv(env)).map(([name, value]) => shown(`         ${name}=${value}`));
  return lines.length === 0 ? [] : [...row('       ', 'with these variables'), ...lines, ...row('       ', 'run')];
}

function textLines(filled: Filled, indent = '         '): readonly string[] {
  return maskedText(filled)
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `${indent}${shown(line)}`.trimEnd());
}

function written(value: InputValue): string {
  return typeof value === 'string' ? value : value.join(', ');
}

/** Text behind a label, wrapped at blanks; following lines begin where the text began. */
function row(label: string, text: string): readonly string[] {
  const [first = '', ...more] = paragraph(text, ' '.repeat(label.length));
  return [`${label}${first.trimStart()}`.trimEnd(), ...more];
}

function paragraph(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of shown(text).split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(`${indent}${line}`);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, `${indent}${line}`];
}

/** What steers a terminal or cannot be seen is made visible; tabs are what they are. */
function shown(line: string): string {
  return line.split('\t').map(visible).join('\t');
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}
