import { createRun } from '../../src/run/disk/create-run.ts';
import { openRun } from '../../src/run/disk/open-run.ts';
import type { Run } from '../../src/run/disk/run.ts';
import type { Event, EventBody } from '../../src/run/events/event.ts';
import type { RunState } from '../../src/run/events/run-state.ts';
import { outlineOf } from '../../src/run/walk/outline.ts';
import type { Answer, Notice, Question } from '../../src/run/walk/question.ts';
import { openQuestionDesk } from '../../src/run/walk/question-desk.ts';
import type { Runner, WalkEnd } from '../../src/run/walk/runner.ts';
import { startWalk } from '../../src/run/walk/start-walk.ts';
import { readRunbook } from '../../src/runbook/read-runbook.ts';
import type { SetupHost } from '../../src/runbook/runbook.ts';
import { type Command, type Done, type ScriptedWorld, scriptWorld } from './scripted-hosts.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { createTestClock, type TestClock } from './test-clock.ts';

/** What the operator of a test says: a choice, or a choice with more; `undefined` leaves the question open. */
export type Operator = (question: Question, walking: Walking) => string | (Partial<Answer> & { readonly choice: string }) | undefined;

export type Walked = WalkEnd & {
  readonly state: RunState;
  readonly events: readonly Event[];
  readonly asked: readonly Question[];
  readonly notices: readonly Notice[];
};
export type Walking = { readonly runner: Runner; readonly run: Run };

export type TestWalk = {
  readonly world: ScriptedWorld;
  readonly clock: TestClock;
  /** Walks until the end; the first time the run is made, later it is resumed. */
  walk(operator?: Operator, options?: WalkingOptions): Promise<Walked>;
};
export type WalkingOptions = {
  /** Called before and after each event is on the disk; what it throws is a kill. */
  readonly onAppend?: (when: 'before' | 'after', event: EventBody) => void;
  readonly isUnattended?: boolean;
  readonly runbookChanged?: boolean;
  /** The terminal is lent (true), or is back (false). */
  readonly onLent?: (isLent: boolean) => void;
};

export const threeHosts: readonly SetupHost[] = ['one', 'two', 'three'].map((name, index) => ({
  name,
  address: `192.0.2.${index + 1}`,
  roles: ['worker'],
  values: {},
}));

/** A runbook with these sections, for hosts of the role `worker`. */
export function runbookOf(sections: string): string {
  return `# A test\n\nA runbook for a test.\n\n\`\`\`yaml runbook\nhandrail: 1\nroles:\n  worker: { min: 1 }\n\`\`\`\n\n## All of it\n\n${sections}\n`;
}

/** A step of one command. */
export function stepOf(
  id: string,
  command: string,
  { options = '', more = '' }: { readonly options?: string; readonly more?: string } = {},
): string {
  return `### Step ${id}\n\nDoes ${id}.\n\n\`\`\`bash step=${id}\n#| on: worker\n${options}${command}\n\`\`\`\n${more}\n`;
}

export async function prepareWalk(
  sections: string,
  does: (command: Command) => Done = () => ({}),
  hosts: readonly SetupHost[] = threeHosts,
): Promise<TestWalk> {
  const text = runbookOf(sections);
  const { runbook, problems } = readRunbook('test.md', text);
  if (runbook === null) throw new Error(problems.map((each) => `${each.line}: ${each.message}`).join('\n'));
  const dataDirectory = await temporaryFolder();
  const clock = createTestClock();
  const world = scriptWorld(hosts, does, clock.now);
  const setup = { hosts, inputs: {} };
  let number: number | undefined;

  const open = async (): Promise<Run> => {
    if (number !== undefined) return openRun(number, { dataDirectory, clock });
    const outline = outlineOf(runbook, setup);
    const made = await createRun({
      dataDirectory,
      clock,
      runbook: { name: runbook.name, title: runbook.title, text },
      setup,
      secretInputs: [],
      outline,
      time: 'real',
    });
    number = made.number;
    return made;
  };

  return {
    world,
    clock,
    async walk(operator = () => undefined, { onAppend = () => {}, isUnattended = false, runbookChanged = false, onLent = () => {} } = {}) {
      const opened = await open();
      const run: Run = {
        ...opened,
        async append(event) {
          onAppend('before', event);
          const appended = await opened.append(event);
          onAppend('after', event);
          return appended;
        },
      };
      const desk = openQuestionDesk();
      const runner = startWalk({
        run,
        runbook,
        hosts: world.connect(),
        clock,
        desk,
        runbookChanged,
        isUnattended,
        refused: () => undefined,
        async lendTerminal(work) {
          onLent(true);
          return await work().finally(() => onLent(false));
        },
      });
      const asked: Question[] = [];
      const notices: Notice[] = [];
      runner.subscribe((notice) => {
        notices.push(notice);
        if (notice.is !== 'asked') return;
        asked.push(notice.question);
        const said = operator(notice.question, { runner, run }) ?? usual(notice.question);
        if (said === undefined) return;
        const answer = typeof said === 'string' ? { choice: said } : said;
        setImmediate(() => runner.send({ do: 'answer', answer: { question: notice.question.id, ...answer } }));
      });
      try {
        const end = await runner.ended;
        return { ...end, state: run.state(), events: run.events(), asked, notices };
      } finally {
        await opened.close();
      }
    },
  };
}

/** What the operator of a test says where the test does not care. */
function usual(question: Question): string | undefined {
  if (question.is === 'confirm') return 'yes';
  return 'choices' in question && (question.choices as readonly string[]).includes('stop') ? 'stop' : undefined;
}
