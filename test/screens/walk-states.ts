import { readFileSync } from 'node:fs';
import { exampleSetup } from '../../src/plan/example-setup.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import type { Setup } from '../../src/plan/plan.ts';
import { createRun } from '../../src/run/disk/create-run.ts';
import { outlineOf } from '../../src/run/walk/outline.ts';
import type { Answer, Question } from '../../src/run/walk/question.ts';
import { openQuestionDesk } from '../../src/run/walk/question-desk.ts';
import { startWalk } from '../../src/run/walk/start-walk.ts';
import { readRunbook } from '../../src/runbook/read-runbook.ts';
import type { Runbook, SetupHost } from '../../src/runbook/runbook.ts';
import { noOutput } from '../../src/scenes/output-state.ts';
import type { Common } from '../../src/scenes/scene.ts';
import { shownValues } from '../../src/scenes/shown-values.ts';
import { hear, nothingTold } from '../../src/scenes/walk-notices.ts';
import type { WalkState } from '../../src/scenes/walk-state.ts';
import { type Command, type Done, type Machine, scriptWorld } from '../run/scripted-hosts.ts';
import { temporaryFolder } from '../run/temporary-folder.ts';
import { createTestClock, type TestClock } from '../run/test-clock.ts';

/** What stands on the screens of a walk. */
export type WalkScreenState = WalkState & Common;

/** What the operator of a test says to a question; `undefined` leaves it open, `usual` is the yes that goes on. */
export type Says = (question: Question) => (Partial<Answer> & { readonly choice: string }) | 'usual' | undefined;

export type WalkToOptions = {
  /** What commands do that differ from all going well; `undefined` where this one does not. */
  readonly does?: (command: Command) => Done | undefined;
  readonly says?: Says;
  /** Hosts besides those of the runbook's example. */
  readonly more?: readonly SetupHost[];
  readonly inputs?: Setup['inputs'];
  /** Another runbook than the shipped one, with its set-up. */
  readonly text?: string;
  /** The machines and the clock, before the walk begins. */
  readonly before?: (world: { readonly machines: Readonly<Record<string, Machine>>; readonly clock: TestClock }) => void;
};

const shipped = readFileSync(new URL('../../runbooks/kubeadm-ha-haproxy.md', import.meta.url), 'utf8');

/**
 * Walks the shipped runbook's example with the real runner on scripted machines, all steps going well, until a question is asked for
 * which `until` holds, or the walk ends. Resolves with what stands on the screens then; nothing goes on behind it.
 */
export async function walkTo(until: (question: Question) => boolean, options: WalkToOptions = {}): Promise<WalkScreenState> {
  const { does = () => undefined, says = () => 'usual', more = [], text = shipped } = options;
  const runbook = runbookOf(text);
  const example = exampleSetup(runbook) ?? { hosts: [], inputs: {} };
  const setup: Setup = { hosts: [...example.hosts, ...more], inputs: { ...example.inputs, ...elsewhere(example), ...options.inputs } };
  const clock = createTestClock();
  let isVerify = false;
  const usual = usualDoings(runbook);
  const world = scriptWorld(setup.hosts, (command) => does(command) ?? usual(command, isVerify), clock.now);
  options.before?.({ machines: world.machines, clock });
  const run = await createRun({
    dataDirectory: await temporaryFolder(),
    clock,
    runbook: { name: runbook.name, title: runbook.title, text },
    setup,
    secretInputs: runbook.inputs.filter(({ type }) => type === 'secret').map(({ name }) => name),
    outline: outlineOf(runbook, setup),
    time: 'real',
  });
  const desk = openQuestionDesk();
  const runner = startWalk({
    run,
    runbook,
    hosts: world.connect(),
    clock,
    desk,
    runbookChanged: false,
    isUnattended: false,
    refused: () => undefined,
    lendTerminal: (work) => work(),
  });
  let told = nothingTold;
  const asked = Promise.withResolvers<void>();
  runner.subscribe((notice) => {
    told = hear(told, notice, clock.now());
    if (notice.is === 'checking') isVerify = notice.what === 'verify';
    if (notice.is !== 'asked') return;
    const { question } = notice;
    if (until(question)) return asked.resolve();
    const said = says(question);
    if (said === undefined) return;
    const answer = said === 'usual' ? usualAnswer(question) : said;
    if (question.is === 'confirm' && answer.choice.startsWith('yes')) told = { ...told, underWay: question };
    setImmediate(() => runner.send({ do: 'answer', answer: { question: question.id, ...answer } }));
  });
  const end = await Promise.race([runner.ended, asked.promise.then(() => null)]);
  // What other hosts do at the same time comes to rest, too.
  await new Promise((resolve) => setImmediate(resolve));
  const state: WalkScreenState = {
    is: 'walk',
    mode: 'LIVE',
    run: runner.state(),
    runbook,
    folder: '/data/runs/1',
    startedAs: 'handrail',
    questions: runner.questions(),
    plan: keptPlans(runbook, (step) => runner.plan(step)),
    inFlight: () => runner.inFlight(),
    inputs: makePlan(runbook, setup).inputs,
    values: shownValues(run.values(), { revealsSecrets: false }),
    mask: run.secrets.mask,
    ...told,
    output: noOutput,
    revealedUntil: null,
    drafts: {},
    end,
    now: clock.now(),
    told: null,
  };
  // Twice: where something runs, the first one only asks.
  if (end === null) for (const _ of [1, 2]) runner.send({ do: 'interrupt' });
  await runner.ended;
  await run.close();
  return state;
}

/** The example names mirrors that exist; a test asks for nothing from anybody. */
function elsewhere({ inputs }: Setup): Setup['inputs'] {
  return 'image_repository' in inputs ? { image_repository: 'registry.example.net/kubernetes' } : {};
}

/** The same, walked once however often it is asked for. */
export function walkOnce(until: Parameters<typeof walkTo>[0], options?: WalkToOptions): () => Promise<WalkScreenState> {
  let state: Promise<WalkScreenState> | undefined;
  return () => {
    state ??= walkTo(until, options);
    return state;
  };
}

/** The question before a step of this id runs. */
export function beforeStep(id: string): (question: Question) => boolean {
  return (question) => question.is === 'confirm' && question.step.step.id === id && !question.isUndo;
}

/** Worker machines, as many as a test wants. */
export function workers(count: number): readonly SetupHost[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `worker${index + 1}`,
    address: `192.0.2.${index + 1}`,
    roles: ['worker'],
    user: 'ops',
    values: {},
    facts: { family: 'debian', interface: 'eth0' },
  }));
}

function runbookOf(text: string): Runbook {
  const { runbook, problems } = readRunbook('runbooks/kubeadm-ha-haproxy.md', text);
  if (runbook === null) throw new Error(problems.map((each) => `${each.line}: ${each.message}`).join('\n'));
  return runbook;
}

function usualAnswer(question: Question): Partial<Answer> & { readonly choice: string } {
  if (question.is === 'confirm') return { choice: 'yes', hosts: question.hosts.map(({ host }) => host) };
  const choices: readonly string[] = question.choices;
  return { choice: choices.includes('stop') ? 'stop' : (choices[0] ?? '') };
}

/** The plans of all steps, made before the walk is ended for the test. */
function keptPlans(runbook: Runbook, plan: WalkState['plan']): WalkState['plan'] {
  const plans = new Map(runbook.phases.flatMap(({ steps }) => steps.map(({ id }) => [id, plan(id)] as const)));
  return (step) => {
    const planned = plans.get(step);
    if (planned === undefined) throw new Error(`The runbook has no step ${step}.`);
    return planned;
  };
}

/** What programs print where everything goes well: the runbook's own samples. Probes find nothing done, verifies find all well. */
function usualDoings(runbook: Runbook): (command: Command, isVerify: boolean) => Done {
  const samples = runbook.phases.flatMap(({ steps }) =>
    steps.flatMap(({ parts, samples }) =>
      samples.flatMap(({ of, text }) => {
        const part = of.is === 'part' ? parts[of.index] : undefined;
        return part?.kind === 'command' ? [{ begins: wordsOf(part.body.source), out: text }] : [];
      }),
    ),
  );
  return ({ host, script, isRead }, isVerify) => {
    if (isRead && script.includes('real_of')) return { out: `absent\n${/real_of '?([^')\n]*)'?\)/.exec(script)?.[1] ?? ''}\n\n` };
    if (isRead && script.includes('awk -v pause=')) return { out: containerdConfig };
    if (isRead && script.trim().startsWith('awk ')) return { out: '' };
    if (isRead) return { code: isVerify ? 0 : 1 };
    const sample = samples.find(({ begins }) => script.trim().startsWith(begins));
    if (script.includes('/etc/machine-id')) return { out: machineSaid(host) };
    return { out: sample?.out ?? '' };
  };
}

const containerdConfig = `version = 2
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "registry.example.net/kubernetes/pause:3.10.1"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
    SystemdCgroup = true
`;

/** What a command begins with, up to the first value in it. */
function wordsOf(source: string): string {
  return source.split('{{')[0]?.trim() ?? '';
}

function machineSaid(host: string): string {
  const id = Buffer.from(host.padEnd(16, '-')).toString('hex').slice(0, 32);
  return `node: ${host}\nmachine-id: ${id}\n/usr/bin/apt-get\n4\n`;
}
