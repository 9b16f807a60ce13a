import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { typedPath } from '../../src/commands/typed-path.ts';

test('a typed ~ is the home of the user, as in a shell', () => {
  expect(typedPath('~/hosts.yaml')).toBe(join(homedir(), 'hosts.yaml'));
  expect(typedPath('./~/hosts.yaml')).toBe('./~/hosts.yaml');
  expect(typedPath('~other/hosts.yaml')).toBe('~other/hosts.yaml');
});
