import { homedir } from 'node:os';
import { join } from 'node:path';

/** A path that was typed on a screen, as a shell would take it from its command line. */
export function typedPath(path: string): string {
  return path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
}
