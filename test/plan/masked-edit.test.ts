import { expect, it } from 'vitest';
import { beginEditing, finishEditing, replaceLine } from '../../src/plan/masked-edit.ts';
import type { Filled } from '../../src/runbook/scope.ts';

const secret = (text: string, ...secrets: readonly string[]): Filled => ({
  text,
  pieces: secrets.map((each) => ({
    start: text.indexOf(each),
    end: text.indexOf(each) + each.length,
    name: 'token',
    origin: { is: 'input', name: 'token' },
    isSecret: true,
    isMissing: false,
  })),
});
const mask = '••••••••';

it('puts back the secret that each mask stood for', () => {
  const editing = beginEditing(`join ${mask} \\\n  --key ${mask}\n`, secret('join abc \\\n  --key def\n', 'abc', 'def'));
  const edited = replaceLine(editing, 2, `  --verbose --key ${mask}`);
  if (edited.is !== 'editing') throw new Error(edited.why);
  expect(finishEditing(edited.editing)).toEqual({ is: 'text', text: 'join abc \\\n  --verbose --key def\n' });
});

it('refuses a text in which it cannot tell which secret is meant', () => {
  const editing = beginEditing(`a ${mask}\nb ${mask}\n`, secret('a abc\nb def\n', 'abc', 'def'));
  const fewer = replaceLine(editing, 1, '');
  if (fewer.is !== 'editing') throw new Error(fewer.why);
  expect(finishEditing(fewer.editing)).toMatchObject({ is: 'wrong' });
  const more = replaceLine(editing, 1, `${mask} ${mask}`);
  if (more.is !== 'editing') throw new Error(more.why);
  expect(finishEditing(more.editing)).toMatchObject({ is: 'wrong' });
});

it('says where there is no such line', () => {
  expect(replaceLine({ lines: ['one'], secrets: [] }, 2, 'x')).toEqual({ is: 'wrong', why: 'There is no such line; they go from 1 to 1.' });
});
