import { isDeepStrictEqual } from 'node:util';
import type { Inventory } from '../hosts/inventory.ts';
import { type KeptAnswers, keepAnswers } from '../hosts/kept-answers.ts';
import { checkSetup, type SetupProblem } from '../plan/check-setup.ts';
import type { Known } from '../plan/known.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { Plan, Setup } from '../plan/plan.ts';
import type { Run } from '../run/disk/run.ts';
import { RunError } from '../run/disk/run-error.ts';
import type { Runbook, SetupHost } from '../runbook/runbook.ts';
import { withDraft } from './drafts.ts';
import type { Scene } from './scene.ts';
import { seeState } from './seen-state.ts';
import { type CheckHosts, openSetUpCheck } from './set-up-check.ts';
import { inputFields, isAnswered } from './set-up-fields.ts';
import { rolesOf } from './set-up-hosts.ts';
import { mayGoOn, partsOf } from './set-up-parts.ts';
import type { SetUpPart, SetUpState } from './set-up-state.ts';
import { openTypedSetup } from './typed-setup.ts';

/** What a set-up reaches outside itself. */
export type SetUpWorld = {
  readonly check: CheckHosts;
  /** The hosts of a file, or why it cannot be read. */
  readHosts(path: string): Promise<Inventory | { readonly wrong: string }>;
  /** Writes hosts as a file that is not there yet; resolves with why it could not. */
  saveHosts(path: string, hosts: readonly SetupHost[]): Promise<string | null>;
  /** Makes the run on the disk. */
  begin(setup: Setup): Promise<Run>;
};

export type SetUpOptions = {
  readonly runbook: Runbook;
  /** What the command line said; it is not asked for. */
  readonly given?: Setup;
  /** The file that the given hosts are from. */
  readonly hostsFile?: string;
  readonly world: SetUpWorld;
};

/** How a set-up ends: with a run that has begun, whose hosts are those of its set-up, or left by the operator. */
export type SetUpEnd = { readonly is: 'begun'; readonly run: Run; readonly kept: KeptAnswers } | { readonly is: 'left' };

/** A set-up before the screens. `ended` resolves when it is over; it rejects where handrail itself is broken. */
export type SetUpScene = Scene<SetUpState> & { readonly ended: Promise<SetUpEnd> };

/** Opens the set-up of a run: at what the command line has not given. */
export function openSetUpScene({ runbook, given = { hosts: [], inputs: {} }, hostsFile, world }: SetUpOptions): SetUpScene {
  const over = Promise.withResolvers<SetUpEnd>();
  const kept = keepAnswers();
  const areHostsGiven = given.hosts.length > 0;
  const typed = openTypedSetup(runbook, given, hostsFile);
  let saved: SetUpState['saved'] = null;
  let failed: SetUpState['failed'] = null;
  let isBeginning = false;
  let isLeaving = false;
  let drafts: SetUpState['drafts'] = {};
  let planned: { readonly known: Known; readonly plan: Plan } | undefined;
  const seen = seeState(see);
  const { changed } = seen;
  const check = openSetUpCheck({ check: world.check, kept, changed, broken: over.reject });
  let part: SetUpPart = firstPart();
  if (part === 'check') check.start(typed.setup().hosts);

  function problemsNow(setup: Setup): readonly SetupProblem[] {
    return checkSetup(runbook, setup, check.known());
  }

  function see(): SetUpState {
    const setup = typed.setup();
    const problems = problemsNow(setup);
    const known = check.known();
    const fields = inputFields(runbook, setup, { known, typed: typed.lines(), problems });
    return {
      is: 'set-up',
      runbook,
      part,
      parts: partsOf(runbook, setup),
      inputs: fields.filter(({ host }) => host === null),
      answers: fields.filter(({ host }) => host !== null),
      roles: rolesOf(runbook, setup, problems),
      file: typed.file(),
      areHostsGiven,
      check: check.state(),
      questions: check.questions(),
      plan: () => planOf(setup, known),
      setup,
      problems,
      saved,
      failed,
      isBeginning,
      isLeaving,
      drafts,
    };
  }

  /** A plan of many hosts takes its time: it is made anew only where something of it has changed. */
  function planOf(setup: Setup, known: Known): Plan {
    if (planned?.known !== known || !isDeepStrictEqual(planned.plan.setup, setup))
      planned = { known, plan: makePlan(runbook, setup, known) };
    return planned.plan;
  }

  function firstPart(): SetUpPart {
    const setup = typed.setup();
    const parts = partsOf(runbook, setup);
    const isWhole = checkSetup(runbook, setup).every(({ severity }) => severity === 'warning');
    const isGiven = areHostsGiven || (Object.keys(given.inputs).length > 0 && !parts.includes('hosts'));
    return (isWhole && isGiven ? parts.find((each) => each === 'check' || each === 'summary') : parts[0]) ?? 'summary';
  }

  function go(to: SetUpPart): void {
    part = to;
    isLeaving = false;
    failed = null;
    if (part === 'check') {
      const { hosts } = typed.setup();
      check.keepOf(hosts);
      if (check.state() === null) check.start(hosts);
    }
    changed();
  }

  /** Goes on where nothing of this part is missing, past what was given on the command line and is right. */
  function goOn(): void {
    const now = see();
    if (!mayGoOn(now)) return;
    const next = now.parts.slice(now.parts.indexOf(part) + 1).find((each) => {
      if (each === 'hosts') return !areHostsGiven || now.roles.some(({ wrong }) => wrong !== null);
      if (each === 'answers') return now.answers.some((field) => !field.isGiven || !isAnswered(field));
      return true;
    });
    if (next !== undefined) go(next);
  }

  function goBack(): void {
    const { parts } = see();
    const before = parts[parts.indexOf(part) - 1];
    if (isLeaving) go(part);
    else if (before === undefined) leave();
    else go(before);
  }

  function leave(): void {
    // Its run is being made: nobody else would close it.
    if (isBeginning) return;
    if (typed.isAnything()) {
      isLeaving = true;
      changed();
    } else over.resolve({ is: 'left' });
  }

  async function nameFile(path: string): Promise<void> {
    typed.nameFile(path === '' ? null : { path, read: await world.readHosts(path) });
    changed();
  }

  async function begin(): Promise<void> {
    const setup = typed.setup();
    if (isBeginning || problemsNow(setup).some(({ severity }) => severity === 'error')) return;
    isBeginning = true;
    failed = null;
    changed();
    try {
      over.resolve({ is: 'begun', run: await world.begin(setup), kept });
    } catch (error) {
      if (!(error instanceof RunError)) return over.reject(error);
      failed = { message: error.message, advice: error.advice };
      isBeginning = false;
      changed();
    }
  }

  return {
    ended: over.promise,
    state: seen.state,
    subscribe: seen.subscribe,
    act(act) {
      switch (act.do) {
        case 'type-input':
          typed.typeInput(act.field, act.text);
          return changed();
        case 'clear-input':
          typed.typeInput(act.field, '');
          return changed();
        case 'name-hosts-file':
          return void nameFile(act.path.trim()).catch(over.reject);
        case 'type-host':
          typed.typeHost(act);
          return changed();
        case 'take-out-host':
          typed.takeOutHost(act.role, act.host);
          return changed();
        case 'choose-host':
          typed.chooseHost(act.role, act.host);
          return changed();
        case 'next-part':
          return goOn();
        case 'previous-part':
          return goBack();
        case 'check-hosts':
          return check.start(typed.setup().hosts);
        case 'answer':
          return check.answer(act.answer);
        case 'save-hosts':
          return void world
            .saveHosts(act.path, typed.setup().hosts)
            .then((wrong) => {
              saved = { path: act.path, wrong };
              changed();
            })
            .catch(over.reject);
        case 'begin':
          return void begin();
        case 'leave':
          return leave();
        // Ctrl+C ends nothing without asking.
        case 'interrupt':
          isLeaving = !isBeginning;
          return changed();
        case 'leave-set-up':
          return isBeginning ? undefined : over.resolve({ is: 'left' });
        case 'stay':
          isLeaving = false;
          return changed();
        case 'draft':
          drafts = withDraft(drafts, act.of, act.text);
          return changed();
        default:
      }
    },
    close: () => check.close(),
  };
}
