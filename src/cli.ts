import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { commandFrom } from './commands/command-line.ts';
import { tellError } from './commands/tell-error.ts';

/** Runs one command and resolves with its exit code; every error of the user ends here as a sentence. */
async function main(words: readonly string[]): Promise<number> {
  try {
    const { run, call } = commandFrom(words);
    const { command } = await run();
    return await command(call);
  } catch (error) {
    return tellError(error);
  }
}

// Compiled once, not at every start; where the folder cannot be written nothing is lost but time.
enableCompileCache(fileURLToPath(new URL('../.build/compile-cache', import.meta.url)));
// Errors of our own point into src, not into the bundle.
process.setSourceMapsEnabled(true);
// A reader that goes away (a pager that was left) ends the program quietly, as it ends other programs.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(141);
  throw error;
});
process.exitCode = await main(process.argv.slice(2));
