import type { SetupHost } from '../runbook/runbook.ts';

/** The operator's own machine, as a host of a plan. */
export const consoleHost: SetupHost = { name: 'console', address: 'console', roles: [], values: {} };
