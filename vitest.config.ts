import type { ViteUserConfig } from 'vitest/config';

// Screens tell the time of the place where they are: tests are all in one.
process.env['TZ'] = 'UTC';

/** Limits are for a machine that does much else besides; they judge no speed. */
const config: ViteUserConfig = {
  test: {
    projects: [
      {
        test: {
          name: 'core',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/program/**', 'test/hosts/**', '**/*.torture.test.{ts,tsx}'],
          isolate: false,
          pool: 'threads',
          maxWorkers: 2,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'program',
          include: ['test/program/**/*.test.ts', 'test/hosts/**/*.test.ts'],
          exclude: ['**/*.torture.test.{ts,tsx}'],
          // They wait more than they work: each has hosts of its own.
          maxWorkers: 2,
          pool: 'forks',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
};
export default config;
