import { fileURLToPath } from 'node:url';
import type { OperatorHome } from '../test/program/operator-home.ts';
import type { Contender } from './interleave.ts';
import { openTimedScreen, type TimedScreen } from './timed-screen.ts';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/** From the start of the program to the frame in which its cursor has followed a key. */
export function homeScreen(operator: OperatorHome): Contender {
  let screen: TimedScreen | undefined;
  return {
    name: 'handrail: home screen answers a key',
    goal: 6.5,
    async run() {
      screen = openTimedScreen(process.execPath, [cli], operator, { columns: 80, rows: 24 });
      await screen.shows(/^> /m);
      screen.press('\x1b[B');
      await screen.shows(/^> A runbook of your own/m);
    },
    async tidyUp() {
      // Only a program that ends well keeps what was compiled.
      screen?.press('q');
      await screen?.ended;
    },
  };
}
