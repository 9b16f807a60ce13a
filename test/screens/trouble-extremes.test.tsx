import type { ReactElement } from 'react';
import { describe, expect, it } from 'vitest';
import type { WalkState } from '../../src/scenes/walk-state.ts';
import { FailureScreen } from '../../src/screens/failure.tsx';
import { FinishScreen } from '../../src/screens/finish.tsx';
import { HelpScreen } from '../../src/screens/help.tsx';
import { HostsScreen } from '../../src/screens/hosts.tsx';
import { QuestionScreen } from '../../src/screens/question.tsx';
import { ResumeScreen } from '../../src/screens/resume.tsx';
import type { ScreenProps } from '../../src/screens/screen-props.ts';
import type { Size } from '../../src/screens/size.ts';
import { ValuesScreen } from '../../src/screens/values.tsx';
import { chunksOf, hostileStream } from '../output/hostile-streams.ts';
import { stepOf } from '../run/walking.ts';
import { failedWalk, failsOften } from './failure-states.ts';
import { openTerminal } from './open-terminal.tsx';
import { asked } from './question-states.ts';
import type { WalkScreenState } from './walk-states.ts';

type Draw = (props: ScreenProps<WalkState>) => ReactElement;

const screens: Readonly<Record<string, Draw>> = {
  failure: (props) => <FailureScreen {...props} />,
  values: (props) => <ValuesScreen {...props} />,
  hosts: (props) => <HostsScreen {...props} />,
  resume: (props) => <ResumeScreen {...props} />,
  finish: (props) => <FinishScreen {...props} />,
  help: (props) => <HelpScreen {...props} of="failure" />,
};

/** How much larger than the screen the emulator is: what is drawn beyond the screen's edges is seen there. */
const beyond = 20;

async function drawn(draw: Draw, state: WalkScreenState, { columns, rows }: Size): Promise<readonly string[]> {
  const tree = draw({ state, size: { columns, rows }, send: () => {} });
  const terminal = openTerminal(tree, { columns: columns + beyond, rows: rows + beyond });
  await terminal.settled();
  const lines = Array.from({ length: rows + beyond }, (_, row) => terminal.line(row));
  await terminal.close();
  return lines;
}

describe('a terminal that is too small', () => {
  const sizes = [
    { columns: 30, rows: 8 },
    { columns: 12, rows: 4 },
    { columns: 3, rows: 2 },
    { columns: 1, rows: 1 },
  ];

  it.each(Object.entries(screens))('shows of the screen “%s” what fits', async (_, draw) => {
    const { state } = await failsOften({ hosts: 2 });
    const resumed = { found: ['1 of 1 steps are done.'], runbookChanged: true };
    for (const size of sizes) expect((await drawn(draw, { ...state, resumed }, size)).slice(size.rows).join('')).toBe('');
  });

  it.each(Object.entries(asked))('shows of the question “%s” what fits', async (_, ask) => {
    const { state, question } = await ask();
    const draw: Draw = (props) => <QuestionScreen {...props} question={question} />;
    for (const size of sizes) expect((await drawn(draw, state, size)).slice(size.rows).join('')).toBe('');
  });
});

describe('what hosts say', () => {
  const sizes = [
    { columns: 80, rows: 24 },
    { columns: 140, rows: 40 },
    { columns: 60, rows: 16 },
  ];

  it('leaves the failure screen within its edges, its rules and its keys where they were', async () => {
    for (let seed = 0; seed < 12; seed++) {
      const out = textOf(seed);
      const step = stepOf('init', 'kubeadm init', { more: '```bash diagnose\nswapon --show\n```\n' });
      const { state } = await failedWalk(step, { does: ({ isRead }) => ({ code: isRead ? 0 : 1, out }) });
      for (const size of sizes) await isWhole(screens['failure'], state, size, seed);
    }
  });

  it('leaves the values within their row, whatever was captured', async () => {
    const { state } = await failsOften();
    for (let seed = 0; seed < 12; seed++) {
      const value = { name: 'said', step: 'init', host: 'worker1', secretFields: [], expires: {}, isAbsent: false };
      const values = [{ ...value, fields: { '': textOf(seed).slice(0, 3000) } }];
      for (const size of sizes) await isWhole(screens['values'], { ...state, values }, size, seed);
    }
  });

  it('leaves a question within its edges', async () => {
    const prompt = textOf(3).slice(0, 500);
    const { state } = await failsOften();
    const question = {
      id: 7,
      is: 'unreachable',
      host: 'worker1',
      kind: 'lost',
      why: prompt,
      advice: prompt,
      choices: ['try-again', 'leave-host-out', 'stop'],
    } as const;
    for (const size of sizes) await isWhole((props) => <QuestionScreen {...props} question={question} />, state, size, 3);
  });
});

function textOf(seed: number): string {
  return new TextDecoder().decode(Buffer.concat(chunksOf(hostileStream(seed), seed)));
}

async function isWhole(draw: Draw | undefined, state: WalkScreenState, size: Size, seed: number): Promise<void> {
  if (draw === undefined) throw new Error('There is no such screen.');
  const lines = await drawn(draw, state, size);
  const rule = '─'.repeat(size.columns);
  expect([seed, lines[1], lines[size.rows - (size.rows >= 20 ? 3 : 2)]]).toEqual([seed, rule, rule]);
  expect(lines.slice(size.rows).join('')).toBe('');
}
