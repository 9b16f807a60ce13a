// What `npm start`, `npm test` and their like do once packages are installed and a modern Node runs.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildDist } from './build.mjs';

/** Runs a program of node_modules/.bin; ends this process with its exit code when that is not 0. */
function run(root, name, ...words) {
  const { status, signal, error } = spawnSync(join(root, 'node_modules', '.bin', name), words, { cwd: root, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? (signal === 'SIGINT' ? 130 : 1));
}

function check(root) {
  run(root, 'tsc', '-p', '.');
  run(root, 'biome', 'check', '--error-on-warnings', '.');
}

export const tasks = {
  /** The program itself, in this process. */
  async start({ root, args, say }) {
    await buildDist(root, { say });
    say('');
    const cli = join(root, 'dist', 'cli.js');
    process.argv = [process.execPath, cli, ...args];
    await import(pathToFileURL(cli).href);
  },
  async build({ root, say }) {
    await buildDist(root, { say, isForced: true });
    say('');
  },
  async check({ root, say }) {
    say('');
    check(root);
  },
  async test({ root, args, say }) {
    await buildDist(root, { say });
    say('');
    check(root);
    // A missing inline snapshot is a failure, never written by the run that should check it.
    run(root, 'vitest', 'run', '--update=none', ...args);
  },
  /** The long counts of the property and crash tests. */
  async torture({ root, args, say }) {
    await buildDist(root, { say });
    say('');
    run(root, 'vitest', 'run', '--config', 'vitest.torture.config.ts', '--update=none', ...args);
  },
  /** Writes docs/keys.md anew. */
  async keys({ root, say }) {
    say('');
    run(root, 'node', join(root, 'scripts', 'write-keys.mjs'));
  },
  /** Draws docs/pictures anew. */
  async pictures({ root, say }) {
    await buildDist(root, { say });
    say('');
    run(root, 'node', join(root, 'pictures', 'take-pictures.ts'));
  },
  async bench({ root, args, say }) {
    await buildDist(root, { say });
    say('');
    run(root, 'node', join(root, 'bench', 'bench.ts'), ...args);
  },
};
