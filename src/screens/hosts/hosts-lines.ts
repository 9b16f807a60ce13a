import type { PlannedStep } from '../../plan/plan.ts';
import type { HostState, Pin, StepHost } from '../../run/events/run-state.ts';
import type { Question } from '../../run/walk/question.ts';
import type { SetupHost } from '../../runbook/runbook.ts';
import type { Common } from '../../scenes/scene.ts';
import type { Connection, WalkState } from '../../scenes/walk-state.ts';
import { sayDuration } from '../../words/durations.ts';
import { prose, type Said } from '../../words/said.ts';
import { sayPlace } from '../../words/say-place.ts';
import { type Line, linesOf, pad } from '../pieces/line.ts';
import { marks } from '../pieces/theme.ts';

/** The hosts of a run; the console is one where something ran on it. */
export function hostsOf({ hosts, steps }: WalkState['run']): readonly SetupHost[] {
  const isUsed = steps.some(({ perHost }) => perHost.some(({ name }) => name === 'console'));
  return isUsed ? [...hosts, { name: 'console', address: 'this machine', roles: [], values: {} }] : hosts;
}

/** A row for each host: name, address, roles, how it is reached, how it stands in the step at hand. */
export function hostTable(state: WalkState & Common, cursor: number, columns: number): readonly Line[] {
  const hosts = hostsOf(state.run);
  const width = (texts: readonly string[], most: number): number => Math.min(most, Math.max(...texts.map((text) => text.length)));
  const names = width(['host', ...hosts.map(({ name }) => name)], Math.floor(columns * 0.22));
  const addresses = width(['address', ...hosts.map(({ address }) => address)], Math.floor(columns * 0.22));
  const standing = 16;
  const connected = 14;
  const roles = Math.max(6, columns - 2 - names - 2 - addresses - 2 - 2 - connected - 2 - standing);
  const cells = (mark: string, name: string, address: string, role: string, connection: string): string =>
    `${mark} ${pad(name, names)}  ${pad(address, addresses)}  ${pad(role, roles)}  ${pad(connection, connected)}  `;
  return [
    [{ text: cells(' ', 'host', 'address', 'roles', 'connection') }, { text: 'in this step' }],
    ...hosts.map((host, index): Line => {
      const isHere = index === cursor;
      const connection = connectionOf(state, host.name);
      const standing = standingOf(state, host.name);
      const stands = standing === undefined ? notForIt : marks[standing];
      return [
        {
          text: cells(isHere ? '>' : ' ', host.name, host.address, host.roles.join(' '), connection.word),
          tone: isHere ? 'strong' : connection.tone,
        },
        { text: `${stands.mark} ${stands.word}`.trim(), tone: stands.tone },
      ];
    }),
  ];
}

/** All that is known of the host under the cursor. Its fingerprint stands in a row of its own, to be compared. */
export function hostDetail(state: WalkState & Common, host: SetupHost, columns: number): readonly Line[] {
  const { run } = state;
  const pin = run.pins.find((each) => each.host === host.name);
  const tell = (what: string, text: string | undefined): readonly Said[] =>
    text === undefined || text === '' ? [] : prose(text, what.padEnd(12), ' '.repeat(12));
  const said: readonly Said[] = [
    { exact: `${host.name}${run.leftOut.includes(host.name) ? '   left out of the rest of the run' : ''}`, tone: 'strong' },
    ...tell(
      'reached at',
      `${host.ssh ?? host.address}${host.port === undefined ? '' : `, port ${host.port}`}${host.jump === undefined ? '' : `, by way of ${host.jump}`}`,
    ),
    ...tell('user', pin?.user ?? host.user),
    ...tell('connection', connectionOf(state, host.name).says),
    ...tell('step', sayStanding(state, host.name)),
    ...(pin === undefined ? prose('Not reached yet in this run: nothing is known of the machine.') : sayPin(pin)),
  ];
  return linesOf(said, columns);
}

type StepQuestion = Extract<Question, { readonly step: PlannedStep }>;

/** The open question that offers a shell on a host, for which `!` stands; undefined where none does. */
export function shellQuestion(questions: readonly Question[], host: string): StepQuestion | undefined {
  return questions.find((question): question is StepQuestion => {
    if (!(question.choices as readonly string[]).includes('shell')) return false;
    if (question.is === 'confirm') return question.hosts.some((each) => each.host === host);
    return 'host' in question && question.host === host;
  });
}

function sayPin({ hostKey, machineId, facts, clockDifference }: Pin): readonly Said[] {
  const known: readonly (readonly [string, string | number | undefined])[] = [
    ['system', [facts.os, facts.release].filter((each) => each !== undefined).join(' ') || facts.family],
    [
      'processor',
      [facts.arch, facts.cores === undefined ? undefined : `${facts.cores} cores`].filter((each) => each !== undefined).join(', '),
    ],
    ['memory', facts.memory === undefined ? undefined : `${facts.memory} MiB`],
    ['called', facts.hostname],
    ['interface', facts.interface],
    ['clock', sayClock(clockDifference)],
    ['machine id', machineId],
  ];
  return [
    ...known.flatMap(([what, text]) => (text === undefined || text === '' ? [] : prose(String(text), what.padEnd(12), ' '.repeat(12)))),
    ...(hostKey === undefined ? [] : [{ exact: 'host key' }, { exact: `  ${hostKey}` }]),
  ];
}

function sayClock(difference: number): string {
  if (Math.abs(difference) < 1000) return 'as here';
  return `${(Math.abs(difference) / 1000).toFixed(1)} s ${difference > 0 ? 'ahead of' : 'behind'} this console’s`;
}

type Told = { readonly word: string; readonly says: string; readonly tone?: 'beware' };

function connectionOf({ run, connections, quiet, now }: WalkState & Common, host: string): Told {
  const connection: Connection | undefined = connections[host];
  const since = quiet[host];
  if (connection !== undefined && connection.state !== 'back') {
    const why = connection.why === undefined ? '' : `: ${connection.why}`;
    const word = connection.state === 'lost' ? 'LOST' : 'connecting';
    return { word, says: `lost for ${sayDuration(now - connection.since)}${why}`, tone: 'beware' };
  }
  if (since !== undefined) return { word: 'quiet', says: `nothing heard for ${sayDuration(now - since)}`, tone: 'beware' };
  return run.pins.some((pin) => pin.host === host) ? { word: 'reached', says: 'reached' } : { word: 'not yet', says: 'not reached yet' };
}

const notForIt: (typeof marks)['pending'] = { mark: '', word: '-' };

function standingOf({ run }: WalkState, host: string): HostState | undefined {
  if (run.leftOut.includes(host)) return 'left-out';
  return inStep(run, host)?.state;
}

function sayStanding({ run }: WalkState, host: string): string | undefined {
  const { step } = run;
  if (step === null) return undefined;
  const on = inStep(run, host);
  const where = `“${run.steps.find(({ id }) => id === step)?.title ?? step}” (${sayPlace(run, step)})`;
  if (on === undefined) return `${where} is not for it`;
  const reason = on.reason === undefined ? '' : `: ${on.reason}`;
  return `${where}: ${marks[on.state].word}${reason}`;
}

function inStep(run: WalkState['run'], host: string): StepHost | undefined {
  return run.steps.find(({ id }) => id === run.step)?.perHost.find(({ name }) => name === host);
}
