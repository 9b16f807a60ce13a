import { commandFrom } from './command-line.ts';
import { tellError } from './tell-error.ts';

/** Runs one command and resolves with its exit code; every error of the user ends here as a sentence. */
export async function main(words: readonly string[]): Promise<number> {
  try {
    const { run, call } = commandFrom(words);
    const { command } = await run();
    return await command(call);
  } catch (error) {
    return tellError(error);
  }
}
