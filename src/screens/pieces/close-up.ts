import { type Said, wordsOf } from '../../words/said.ts';

/** What is said with fewer blank lines, for a screen: none behind a line that leads to what follows, none at the end. */
export function closeUp(said: readonly Said[]): readonly Said[] {
  const closed = said.filter((each, index) => {
    const before = said[index - 1];
    return each !== '' || (before !== undefined && !wordsOf(before).endsWith(':'));
  });
  return closed.slice(0, closed.findLastIndex((each) => each !== '') + 1);
}
