import { expect, it } from 'vitest';
import type { PlannedHost, PlannedStep } from '../../src/plan/plan.ts';
import { sayShell } from '../../src/words/say-shell.ts';

const machine = (name: string): PlannedHost['host'] => ({ name, address: '192.0.2.10', roles: [], values: {} });
const step = (at: string | null): PlannedStep =>
  ({ hosts: [{ host: machine('cp2'), as: 'ops', at: at === null ? null : machine(at) }] }) as unknown as PlannedStep;

it('says where a shell opens and as whom', () => {
  expect(sayShell(step(null), 'cp2')).toContain('Open a shell on cp2 as ops?');
  expect(sayShell(step('cp2'), 'cp2')).toContain('Open a shell on cp2 as ops?');
});

it('says it where the step of a host is run on another one', () => {
  expect(sayShell(step('cp1'), 'cp2')).toContain('Open a shell on cp1 for cp2 as ops?');
  expect(sayShell(step('console'), 'cp2')).toContain('Open a shell on this machine for cp2 as ops?');
});
