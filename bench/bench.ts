import { availableParallelism } from 'node:os';
import { operatorHome } from '../test/program/operator-home.ts';
import { whatIsMissing } from '../test/test-hosts/what-is-missing.ts';
import { measureFlood } from './flood.ts';
import { homeScreen } from './home-screen.ts';
import { type Contender, interleave } from './interleave.ts';
import { load } from './load.ts';
import { withRemote } from './remote.ts';
import { startUp } from './start-up.ts';

/** `npm run bench`: every figure is a ratio to the first line of its table, taken in the same run. Judges nothing. */
async function table(title: string, contenders: readonly Contender[], rounds: number): Promise<void> {
  const before = load();
  const timings = await interleave(contenders, { rounds, warmUp: 3 });
  say(`\n${title} (${rounds} rounds in turn, load ${before})`);
  for (const { name, goal, median, ratio, low, high } of timings) {
    const figures = `${median.toFixed(1).padStart(8)} ms ${ratio.toFixed(2).padStart(6)}x  (${low.toFixed(2)} to ${high.toFixed(2)})`;
    say(`  ${name.padEnd(44)} ${figures}${goal === undefined ? '' : `, goal ${goal}x`}`);
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

say(`Node ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} cores`);
{
  using operator = operatorHome();
  await table('Whole processes, to node -e 0', [...startUp, homeScreen(operator)], 21);
}
const missing = whatIsMissing();
if (missing === null) {
  await withRemote((contenders) => table('On an open connection to a real sshd, to ssh through a control master', contenders, 61));
  await measureFlood(say);
} else say(`\nLeft out: what is measured on a real sshd. Reason: ${missing}.`);
