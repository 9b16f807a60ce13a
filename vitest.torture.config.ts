import type { ViteUserConfig } from 'vitest/config';

/** The long counts: `npm run torture`. */
const config: ViteUserConfig = {
  test: { include: ['test/**/*.torture.test.ts'], pool: 'forks', fileParallelism: false, testTimeout: 3_600_000, hookTimeout: 60_000 },
};
export default config;
