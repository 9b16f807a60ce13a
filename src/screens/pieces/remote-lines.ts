import { cleanLine } from '../../output/clean.ts';
import { type Said, wordsOf } from '../../words/said.ts';
import { type Line, linesOf } from './line.ts';
import { fitRemote } from './remote-line.ts';

/** What stands before a line that a host said, where it stands among other text. */
export const hostSaid = '    | ';

const goesOn = '↪ ';

/** A line from a host as rows that stand in a width on any terminal. Nothing is left out: each further row begins with a mark. */
export function remoteLines(text: string, width: number, before = ''): readonly Line[] {
  const rows: Line[] = [];
  let rest = cleanLine(text);
  let lead = before;
  do {
    const fitting = fitRemote(rest, Math.max(1, width - lead.length)).text;
    // A character wider than the pane still goes on.
    const head = fitting === '' ? ([...rest][0] ?? '') : fitting;
    rows.push([{ text: lead }, { text: head }]);
    rest = rest.slice(head.length);
    lead = ' '.repeat(before.length) + goesOn;
  } while (rest !== '');
  return rows;
}

/** What is said, with lines of hosts in it. */
export function linesWithRemote(said: readonly Said[], width: number): readonly Line[] {
  return said.flatMap((each) => {
    const words = wordsOf(each);
    return words.startsWith(hostSaid) ? remoteLines(words.slice(hostSaid.length), width, hostSaid) : linesOf([each], width);
  });
}
