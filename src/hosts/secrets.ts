import type { Asker } from './host.ts';

/** A secret that a connection needs, and what it opens: asked once for the same `opens`, whatever is retried. */
export type SecretQuestion = Parameters<Asker['secret']>[0] & { readonly opens: string };

/** The passwords and passphrases of a run: in memory only, each asked for once per host, or once for all. */
export type Secrets = {
  /** What was given before, else what the operator says now; `null` where nobody answers. */
  get(question: SecretQuestion): Promise<string | null>;
  /** Asks without keeping the answer: one-time codes and new passwords. */
  askOnce(question: SecretQuestion): Promise<string | null>;
  /** Forgets an answer that turned out wrong. */
  wrong(opens: string, answer: string): void;
};

/** Questions of one kind are asked one after the other, since the first answer may be for all hosts. */
export function createSecrets(asker: Asker): Secrets {
  const given = new Map<string, string>();
  const forAll = new Map<string, string>();
  const refused = new Map<string, string[]>();
  const lastOf = new Map<string, Promise<unknown>>();

  function known({ what, opens }: SecretQuestion): string | undefined {
    const shared = forAll.get(what);
    return given.get(opens) ?? (shared !== undefined && !refused.get(opens)?.includes(shared) ? shared : undefined);
  }

  async function ask({ opens, ...question }: SecretQuestion): Promise<string | null> {
    const answer = await asker.secret({ ...question, canBeForAll: question.what === 'login' || question.what === 'sudo' });
    const text = answer === null || typeof answer === 'string' ? answer : answer.text;
    if (text === null) return null;
    given.set(opens, text);
    if (typeof answer === 'object') forAll.set(question.what, text);
    return text;
  }

  return {
    get(question) {
      const before = lastOf.get(question.what) ?? Promise.resolve();
      const turn = before.then(() => known(question) ?? ask(question));
      lastOf.set(
        question.what,
        turn.catch(() => {}),
      );
      return turn;
    },
    async askOnce({ opens: _, ...question }) {
      const answer = await asker.secret(question);
      return answer === null || typeof answer === 'string' ? answer : answer.text;
    },
    wrong(opens, answer) {
      refused.set(opens, [...(refused.get(opens) ?? []), answer]);
      if (given.get(opens) === answer) given.delete(opens);
    },
  };
}
