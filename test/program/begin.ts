import { inTerminal } from './handrail.ts';
import type { HostsOfTest } from './hosts-of-test.ts';
import { operate } from './operate.ts';

/** Begins a run line by line and leaves it at its first question; returns its number. */
export async function beginRun(hosts: HostsOfTest, runbook: string): Promise<number> {
  const terminal = inTerminal(hosts, ['run', runbook, '--hosts', hosts.hostsFile, '--ssh-config', hosts.sshConfig, '--plain']);
  await operate(terminal, () => 'q');
  const { code } = await terminal.ended;
  const number = Number(/^This is run (\d+)\.$/m.exec(terminal.shown())?.[1]);
  if (code !== 1 || Number.isNaN(number)) throw new Error(`No run was begun:\n${terminal.shown()}`);
  return number;
}
