import type { Asked, Terminal } from './terminal.ts';

/** The answer to a question; undefined: it was not expected. */
export type Policy = (asked: Asked) => string | undefined | Promise<string | undefined>;

/** Answers what the program asks, as a person would, until it ends. Returns all that was asked; throws at a question that nobody expected. */
export async function operate(terminal: Terminal, policy: Policy): Promise<Asked[]> {
  const all: Asked[] = [];
  for (;;) {
    const asked = await terminal.question();
    if (asked === null) return all;
    all.push(asked);
    const answer = await policy(asked);
    if (answer === undefined) {
      terminal.kill('SIGKILL');
      throw new Error(`This question was not expected:\n${asked.shown}`);
    }
    await terminal.answer(answer);
  }
}

/** Yes to every confirmation: `r` where it only reads, else `y`. Undefined for every other question. */
export function yes({ prompt }: Asked): string | undefined {
  return /^Run it\? \[([ry]) /.exec(prompt)?.[1];
}

/** The step whose confirmation this is. */
export function stepOf({ shown }: Asked): string {
  const last = shown.split(/^(?:Step \d+ of \d+|In between): /m).at(-1);
  return last?.split(/\n-+\n/)[0]?.replaceAll('\n', ' ') ?? '';
}
