import { expect, it } from 'vitest';
import { planStep } from '../../src/plan/plan-step.ts';
import type { StepHost } from '../../src/run/events/run-state.ts';
import { undoPartsOf } from '../../src/run/walk/undo-parts.ts';
import type { Walk } from '../../src/run/walk/walk.ts';
import { readRunbook } from '../../src/runbook/read-runbook.ts';
import { runbookOf, threeHosts } from './walking.ts';

const step = `### Configure

Writes two files.

\`\`\`text step=configure
#| on: worker
#| write: /etc/first
one
\`\`\`
\`\`\`text then
#| write: /etc/second
two
\`\`\`
\`\`\`bash undo
systemctl stop it
\`\`\`
`;
const { runbook } = readRunbook('test.md', runbookOf(step));
if (runbook === null) throw new Error('the runbook of this test is wrong');
const planned = planStep(runbook, { hosts: threeHosts, inputs: {} }, 'configure');

const attempt = (number: number, isUndo: boolean, ...parts: readonly number[]): StepHost['attempts'][number] => ({
  number,
  isUndo,
  state: 'done',
  verified: true,
  parts: parts.map((part) => ({
    part,
    kind: 'file',
    id: `run.configure.one.${number}.${part}`,
    state: 'done',
    exit: 0,
    command: '',
    log: '',
    streams: 'one',
    started: '',
    ended: '',
  })),
});

/** What takes the step back on host one, after these attempts: the text of a fence, or the attempt whose files are put back. */
function takenBack(...attempts: StepHost['attempts']): readonly string[] {
  const host: StepHost = { name: 'one', state: 'done', attempts };
  const state = { leftOut: [], steps: [{ id: 'configure', perHost: [host] }] };
  const walk = { run: { state: () => state } } as unknown as Walk;
  return undoPartsOf(walk, planned, 'one').map((part) =>
    part.is === 'fence' ? part.on.command.text.trim() : (/run\.configure\.one\.[\d.]+/.exec(part.send.script)?.[0] ?? part.send.script),
  );
}

it('runs the undo of the runbook first, then puts back the files, what was written last first', () => {
  expect(takenBack(attempt(1, false, 1), attempt(2, false, 1, 2))).toEqual([
    'systemctl stop it',
    'run.configure.one.2.2',
    'run.configure.one.2.1',
    'run.configure.one.1.1',
  ]);
});

it('puts back only what was written since the step was taken back last', () => {
  expect(takenBack(attempt(1, false, 1, 2), attempt(2, true, 1, 2, 3), attempt(3, false, 1))).toEqual([
    'systemctl stop it',
    'run.configure.one.3.1',
  ]);
});

it('says in the text that is confirmed which files are put back', () => {
  const { parts, ...written } = attempt(1, false, 1);
  const host: StepHost = {
    name: 'one',
    state: 'done',
    attempts: [{ ...written, parts: parts.map((part) => ({ ...part, command: 'write /etc/first\n+one' })) }],
  };
  const walk = { run: { state: () => ({ leftOut: [], steps: [{ id: 'configure', perHost: [host] }] }) } } as unknown as Walk;
  const [, putBack] = undoPartsOf(walk, planned, 'one');
  expect(putBack?.is === 'put-back' ? putBack.send.script.split('\n')[0] : undefined).toBe('# takes back: write /etc/first');
});
