import { expect, test } from 'vitest';
import type { PreparedHost } from '../../src/run/walk/question.ts';
import { wordsOf } from '../../src/words/said.ts';
import { showDifferences } from '../../src/words/show-confirm.ts';

const token = { start: 13, end: 17, name: 'token', origin: { is: 'input', name: 'token' }, isSecret: true, isMissing: false } as const;

function host(name: string, text: string, more: Partial<PreparedHost> = {}): PreparedHost {
  const pieces = text.startsWith('join --token ') ? [token] : [];
  const shown = { is: 'command', shell: 'bash', text: { text, pieces }, env: {} } as const;
  const part = { kind: 'command', shown, isAlreadyDone: undefined, digestText: text } as const;
  return { host: name, as: 'root', at: null, parts: [part], machines: [name], users: ['root'], ...more };
}

/** What is said of how the second one differs. */
function difference(first: PreparedHost, other: PreparedHost): readonly string[] {
  const said = showDifferences(first, [other], { revealsSecrets: false }).map(wordsOf);
  return said.slice(said.indexOf('') + 1).filter((words) => words !== '');
}

test('a line that the first host has and another has not is told', () => {
  expect(difference(host('a', 'one\ntwo\nthree'), host('b', 'one\nthree'))).toEqual(['  b:', '    without:', '    two']);
});

test('a line that is another is told as it is there', () => {
  expect(difference(host('a', 'one\ntwo'), host('b', 'one\nTWO'))).toEqual(['  b:', '    TWO']);
});

test('the same lines in another order are not told as a secret', () => {
  expect(difference(host('a', 'one\ntwo'), host('b', 'two\none'))).toEqual([
    '  b:',
    '    has the same lines in another order, or more or fewer times',
  ]);
});

test('a secret that is another is told without it', () => {
  expect(difference(host('a', 'join --token AAAA'), host('b', 'join --token BBBB'))).toEqual(['  b:', '    differs in a secret']);
});

test('another user alone is not told as a secret', () => {
  expect(difference(host('a', 'one'), host('b', 'one', { as: 'ops', users: ['ops'] }))).toEqual(['  b (as ops):']);
});
