/** The longest text for which an answer is kept. */
const longest = 16 * 1024;

/**
 * Keeps the answers of a pure function by the text that decides them; nobody may change an answer. Lint, the plan of each host and the
 * runner ask the same of the same few texts: of a guide for five hosts, each template is taken apart four times.
 */
export function remember<Given extends readonly unknown[], Answer extends object>(
  work: (...given: Given) => Answer,
  textOf: (...given: Given) => string,
  /** The most answers that are kept: together a few megabytes, also where each is as large as its text allows. */
  most = 256,
): (...given: Given) => Answer {
  const kept = new Map<string, Answer>();
  return (...given) => {
    const text = textOf(...given);
    const before = kept.get(text);
    if (before !== undefined) return before;
    const answer = work(...given);
    if (text.length > longest) return answer;
    if (kept.size >= most) kept.clear();
    kept.set(text, answer);
    return answer;
  };
}
