import type { TextProps } from 'ink';
import type { HostState } from '../../run/events/run-state.ts';
import type { Tone } from '../../words/said.ts';

/** How a tone is drawn: the sixteen colours by role, nothing faint. The words say the same without them. */
export const looks: Readonly<Record<Tone, TextProps>> = {
  strong: { bold: true },
  good: { color: 'green' },
  bad: { color: 'red', bold: true },
  beware: { color: 'yellow' },
  busy: { color: 'cyan' },
  command: { bold: true },
  added: { color: 'green' },
  removed: { color: 'red' },
  quiet: {},
};

/** A state as mark, word and tone: the mark and the word stand wherever it is told. */
export const marks: Readonly<Record<HostState, { readonly mark: string; readonly word: string; readonly tone?: Tone }>> = {
  pending: { mark: '[  ]', word: 'not yet' },
  waiting: { mark: '[  ]', word: 'waiting' },
  running: { mark: '[~~]', word: 'running', tone: 'busy' },
  done: { mark: '[ok]', word: 'done', tone: 'good' },
  failed: { mark: '[!!]', word: 'failed', tone: 'bad' },
  unknown: { mark: '[??]', word: 'unknown', tone: 'beware' },
  skipped: { mark: '[--]', word: 'skipped' },
  'left-out': { mark: '[--]', word: 'left out' },
};
