import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { keepMemorySmall } from './small-memory.ts';

/** What the words ask for. The version alone is told without the rest of the program: other programs ask for it each time they start. */
async function programFor(words: readonly string[]): Promise<(words: readonly string[]) => Promise<number>> {
  if (words.join(' ') !== '--version') return (await import('./commands/main.ts')).main;
  const { command } = await import('./commands/version.ts');
  return () => command({ words: [], flags: new Set(), options: {} });
}

if (Number.parseInt(process.versions.node, 10) < 22) {
  process.stderr.write(
    `handrail needs Node 22 or later; this is Node ${process.versions.node}.\n  Start it with npm start, which brings its own.\n`,
  );
  process.exit(2);
}
// Compiled once, not at every start; where the folder cannot be written nothing is lost but time.
module.enableCompileCache(fileURLToPath(new URL('../.build/compile-cache', import.meta.url)));
// Errors of our own point into src, not into the bundle.
process.setSourceMapsEnabled(true);
// A reader that goes away (a pager that was left) ends the program quietly, as it ends other programs.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(141);
  throw error;
});
const words = process.argv.slice(2);
// From the start where a walk is begun; the home screen, which is to come soon, does it after its first frame.
if (words[0] === 'run' || words[0] === 'resume') keepMemorySmall();
const program = await programFor(words);
process.exitCode = await program(words);
