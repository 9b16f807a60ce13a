import { expect, it } from 'vitest';
import type { Filled } from '../../src/runbook/scope.ts';
import type { Prepared } from '../../src/steps/part-kind.ts';
import { wordsOf } from '../../src/words/said.ts';
import { showOrigins, showPart } from '../../src/words/show-part.ts';

const hostile = 'rm -rf /srv\rls';
const text: Filled = {
  text: `echo ${hostile}\n\tdone\u202e`,
  pieces: [
    {
      start: 5,
      end: 5 + hostile.length,
      name: 'said',
      origin: { is: 'captured', name: 'said', step: 'one', stepTitle: 'One', host: 'a' },
      isSecret: false,
      isMissing: false,
    },
  ],
};
const prepared: Prepared = {
  kind: 'command',
  shown: { is: 'command', shell: 'bash', text, env: {} },
  isAlreadyDone: undefined,
  texts: [text],
  digestText: '',
};

it('what would overwrite or hide a part of a command on the terminal is seen as a sign, in every mode', () => {
  expect(showPart(prepared, { revealsSecrets: false }).map(wordsOf)).toEqual(['  bash:', '', '    echo rm -rf /srv␍ls', '    \tdone�', '']);
});

it('so it is in the value that is told beside it', () => {
  expect(showOrigins([prepared], { revealsSecrets: false }).map(wordsOf).join('\n')).toContain('said  rm -rf /srv␍ls, from “One” on a');
});

it('so it is in a file that changes', () => {
  const shown = { is: 'diff', path: '/etc/a', isNew: false, mode: undefined, owner: undefined, secrets: [] } as const;
  const lines = [{ mark: '-', text: 'old\rnew' }] as const;
  const part: Prepared = { kind: 'file', shown: { ...shown, lines }, isAlreadyDone: false, digestText: '' };
  expect(showPart(part, { revealsSecrets: false }).map(wordsOf)).toContain('    -old␍new');
});
