/** A mistake of the user that ends a command: told as a sentence and what to do next, without a stack trace. */
export class UserError extends Error {
  readonly advice: string;
  /** 2: usage or a bad file, before a run exists; 3: a host that cannot be reached or trusted; 1: a run that stopped. */
  readonly exitCode: 1 | 2 | 3;
  constructor(message: string, advice: string, { exitCode = 2 }: { exitCode?: 1 | 2 | 3 } = {}) {
    super(message);
    this.name = 'UserError';
    this.advice = advice;
    this.exitCode = exitCode;
  }
}
