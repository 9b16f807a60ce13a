import type { Asker } from '../../hosts/host.ts';
import type { QuestionDesk } from './question-desk.ts';

/** What a connection has to ask, put to the operator like every other question. */
export type DeskAsker = Asker & {
  /** The password or passphrase that nobody gave: from then on the walk stops instead of trying again. */
  refused(): string | undefined;
};

export function askThrough(desk: QuestionDesk, signal: AbortSignal): DeskAsker {
  let refused: string | undefined;
  return {
    async trustHostKey(question) {
      const { choice } = await desk.ask({ is: 'trust-host-key', ...question, choices: ['no', 'trust'] }, signal);
      return choice === 'trust';
    },
    async secret(question) {
      const { canBeForAll = false, ...asked } = question;
      const choices = canBeForAll ? (['answer', 'answer-for-all', 'stop'] as const) : (['answer', 'stop'] as const);
      const { choice, text = '' } = await desk.ask({ is: 'secret', ...asked, choices }, signal);
      if (choice === 'answer') return text;
      if (choice === 'answer-for-all') return { text, forAll: true };
      refused = `Nobody answered on ${question.host}: ${question.prompt}`;
      return null;
    },
    refused: () => refused,
  };
}
