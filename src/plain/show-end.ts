import { type Ending, sayDone, sayFiles, sayResult, sayWhere } from '../words/say-end.ts';
import { wrap } from './lines.ts';

/** The last words: how it ended, where it stands, where its files are, how to go on. At most twelve lines. */
export function showEnd(ending: Ending): readonly string[] {
  const { state } = ending;
  const departures = state.deviations.length;
  return [
    '',
    ...atMost(3, wrap(sayResult(ending))),
    sayDone(state),
    ...atMost(3, wrap(sayWhere(state) ?? '')),
    ...(departures === 0 ? [] : wrap(`Departures from the runbook: ${departures}, told in the report.`)),
    ...sayFiles(ending),
  ];
}

/** What is left out has been told before, in full. */
function atMost(count: number, lines: readonly string[]): readonly string[] {
  return lines.length <= count ? lines : [...lines.slice(0, count - 1), `${lines[count - 1]} …`];
}
