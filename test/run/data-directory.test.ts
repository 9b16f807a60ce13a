import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { dataDirectory } from '../../src/run/disk/data-directory.ts';

test.each([
  ['HANDRAIL_DATA names it', { HANDRAIL_DATA: 'kept/here', XDG_DATA_HOME: '/data' }, 'linux', resolve('kept/here')],
  ['an empty HANDRAIL_DATA names nothing', { HANDRAIL_DATA: '', XDG_DATA_HOME: '/data' }, 'linux', '/data/handrail'],
  ['on Linux it is in the home', {}, 'linux', join(homedir(), '.local/share/handrail')],
  ['a relative XDG_DATA_HOME is ignored', { XDG_DATA_HOME: 'data' }, 'linux', join(homedir(), '.local/share/handrail')],
  ['on macOS it is in the library', { XDG_DATA_HOME: '/data' }, 'darwin', join(homedir(), 'Library/Application Support/handrail')],
] as const)('the data directory: %s', (_, env, platform, folder) => {
  expect(dataDirectory(env, platform)).toBe(folder);
});
