import { expect, test } from 'vitest';
import { remember } from '../src/remember.ts';

function counted(): { readonly ask: (text: string) => { readonly length: number }; readonly worked: string[] } {
  const worked: string[] = [];
  const work = (text: string) => {
    worked.push(text);
    return { length: text.length };
  };
  return { ask: remember(work, (text) => text), worked };
}

test('what was worked out for a text is not worked out again', () => {
  const { ask, worked } = counted();

  expect([ask('a'), ask('bc'), ask('a')]).toEqual([{ length: 1 }, { length: 2 }, { length: 1 }]);
  expect(worked).toEqual(['a', 'bc']);
});

test('a text too long to keep is worked out each time', () => {
  const { ask, worked } = counted();
  const long = 'x'.repeat(20_000);

  expect(ask(long)).toEqual(ask(long));
  expect(worked).toHaveLength(2);
});

test('many texts are not all kept', () => {
  const { ask, worked } = counted();
  for (let index = 0; index < 1000; index += 1) ask(`text ${index}`);

  ask('text 0');
  expect(worked).toHaveLength(1001);
});
