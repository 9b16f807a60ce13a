import manifest from '../../package.json' with { type: 'json' };
import type { Command } from './command.ts';

/** `handrail --version`: the version alone on a line. */
export const command: Command = async () => {
  process.stdout.write(`${manifest.version}\n`);
  return 0;
};
