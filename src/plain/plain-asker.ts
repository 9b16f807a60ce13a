import type { Asker } from '../hosts/host.ts';
import type { Said } from '../words/said.ts';
import { showQuestion } from '../words/show-question.ts';
import type { Conversation } from './conversation.ts';
import { linesOf } from './lines.ts';

/** Answers what connections ask where no run is walked (`hosts check`), one question after the other. */
export function plainAsker(conversation: Conversation): Asker {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
  const say = (said: readonly Said[]): void => {
    for (const line of linesOf(said)) conversation.say(line);
  };
  return {
    trustHostKey: (question) =>
      inTurn(async () => {
        say(showQuestion({ id: 0, is: 'trust-host-key', ...question, choices: ['no', 'trust'] }));
        const typed = await conversation.ask('Trust this key? Type t to trust it, anything else refuses it: ');
        return typed?.trim() === 't';
      }),
    secret: (question) =>
      inTurn(async () => {
        say(showQuestion({ id: 0, is: 'secret', ...question, choices: ['answer', 'stop'] }));
        const text = await conversation.ask('Type it, or leave it empty to go on without: ', { isSecret: !question.echo });
        if (text === null || text === '') return null;
        if (question.canBeForAll !== true) return text;
        const forAll = await conversation.ask('Is it the same for the other hosts? Type a for all: ');
        return forAll?.trim() === 'a' ? { text, forAll: true } : text;
      }),
  };
}
