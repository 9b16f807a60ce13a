import { basename, relative } from 'node:path';

/** How the user started this program, to begin the commands that it prints: `npm start --`, `handrail` or `node dist/cli.js`. */
export function startedAs(env: NodeJS.ProcessEnv = process.env, argv: readonly string[] = process.argv): string {
  if (env['npm_lifecycle_event'] === 'start') return 'npm start --';
  const [, script = 'handrail'] = argv;
  if (basename(script) === 'handrail') return 'handrail';
  const near = relative(process.cwd(), script);
  return `node ${near.startsWith('..') ? script : near}`;
}
