import type { Answer, Question } from './question.ts';

/** A question as it is put; the desk numbers it. */
export type Put = Question extends infer Q ? (Q extends Question ? Omit<Q, 'id'> : never) : never;

export type DeskListener = (news: { readonly asked: Question } | { readonly settled: number }) => void;

/** Where questions lie open until the operator answers them. Several may lie there at once, since hosts run side by side. */
export type QuestionDesk = {
  /** Resolves with the answer; rejects with the signal's reason, and withdraws the question, when that is aborted first. */
  ask(put: Put, signal: AbortSignal): Promise<Answer>;
  /** An answer to a question that is settled already is dropped; one that was not offered is the surface's mistake and throws. */
  answer(answer: Answer): void;
  /** Oldest first. */
  open(): readonly Question[];
  /** The one listener: the runner, which tells the surfaces. */
  listen(listener: DeskListener): void;
};

export function openQuestionDesk(): QuestionDesk {
  const lying = new Map<number, { readonly question: Question; readonly settle: (answer: Answer) => void }>();
  let last = 0;
  let listener: DeskListener = () => {};

  return {
    ask(put, signal) {
      signal.throwIfAborted();
      const question: Question = { ...put, id: ++last };
      return new Promise((resolve, reject) => {
        const take = (): void => {
          signal.removeEventListener('abort', withdraw);
          lying.delete(question.id);
          listener({ settled: question.id });
        };
        const withdraw = (): void => {
          take();
          reject(signal.reason);
        };
        signal.addEventListener('abort', withdraw);
        lying.set(question.id, {
          question,
          settle: (answer) => {
            take();
            resolve(answer);
          },
        });
        listener({ asked: question });
      });
    },
    answer(answer) {
      const at = lying.get(answer.question);
      if (at === undefined) return;
      const offered: readonly string[] = at.question.choices;
      if (!offered.includes(answer.choice)) throw new Error(`The question ${at.question.is} offers no ${answer.choice}.`);
      at.settle(answer);
    },
    open: () => [...lying.values()].map((each) => each.question),
    listen(next) {
      listener = next;
      for (const { question } of lying.values()) listener({ asked: question });
    },
  };
}
