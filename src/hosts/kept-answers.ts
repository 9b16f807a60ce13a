import type { Asker } from './host.ts';

/** What the operator told connections, for those opened later in the same program: in memory only. */
export type KeptAnswers = {
  /** Answers from what was told before, each at most once, so that a wrong answer is asked for anew; what is new is asked and kept. */
  before(asker: Asker): Asker;
};

type Secret = Parameters<Asker['secret']>[0];
type Told = Awaited<ReturnType<Asker['secret']>>;

/** One-time codes are not kept. */
const kept: readonly Secret['what'][] = ['login', 'passphrase', 'sudo'];

export function keepAnswers(): KeptAnswers {
  const own = new Map<string, string>();
  const forAll = new Map<string, string>();
  const trusted = new Set<string>();
  return {
    before(asker) {
      const used = new Set<string>();
      const usedForAll = new Set<string>();

      function known(question: Secret): Told | undefined {
        const { what } = question;
        const key = keyOf(question);
        const answer = own.get(key);
        if (answer !== undefined && !used.has(key)) {
          used.add(key);
          return answer;
        }
        const shared = forAll.get(what);
        if (shared === undefined || used.has(key) || usedForAll.has(what) || question.canBeForAll !== true) return undefined;
        usedForAll.add(what);
        return { text: shared, forAll: true };
      }

      return {
        async trustHostKey(question) {
          const key = JSON.stringify([question.host, question.address, question.keyType, question.fingerprint]);
          if (trusted.has(key)) return true;
          const isTrusted = await asker.trustHostKey(question);
          if (isTrusted === true) trusted.add(key);
          return isTrusted;
        },
        async secret(question) {
          if (!kept.includes(question.what)) return await asker.secret(question);
          const before = known(question);
          if (before !== undefined) return before;
          const key = keyOf(question);
          const answer = await asker.secret(question);
          used.add(key);
          if (answer === null) own.delete(key);
          else if (typeof answer === 'string') own.set(key, answer);
          else {
            own.delete(key);
            forAll.set(question.what, answer.text);
            usedForAll.add(question.what);
          }
          return answer;
        },
      };
    },
  };
}

function keyOf({ host, what, prompt }: Secret): string {
  return JSON.stringify([host, what, prompt]);
}
