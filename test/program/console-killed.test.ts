import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isLeftOut } from '../left-out.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { type Cluster, guideInputs, startCluster } from './cluster.ts';
import { eventually } from './eventually.ts';
import { inTerminal } from './handrail.ts';
import { operate, yes } from './operate.ts';
import { reportOf, stepIn } from './report.ts';
import type { Asked } from './terminal.ts';

describe.skipIf(isLeftOut('the console killed in the middle', whatIsMissing()))('the console killed in the middle', () => {
  let cluster: Cluster;
  let asked: readonly Asked[];
  let shown: string;

  beforeAll(async () => {
    cluster = await startCluster();
    const words = ['--hosts', cluster.hostsFile, '--ssh-config', cluster.sshConfig, ...guideInputs.flatMap((input) => ['--input', input])];
    const first = inTerminal(cluster, ['run', 'kubeadm-ha-haproxy', ...words, '--plain', '--yes']);
    const join = await eventually('a control plane joined', () => cluster.calls('kubeadm', 'join')[0]);
    first.kill('SIGKILL');
    const isOver = cluster.facts().some((fact) => fact.type === 'call-ended' && fact.call === join.call);
    expect(isOver, 'the join had not ended when the console was killed').toBe(false);
    await first.ended;
    const second = inTerminal(cluster, ['resume', '--ssh-config', cluster.sshConfig, '--plain']);
    asked = await operate(second, yes);
    shown = second.shown();
    expect(await second.ended, shown.slice(-3000)).toEqual({ code: 0, signal: undefined });
  }, 120_000);
  afterAll(() => cluster[Symbol.asyncDispose]());

  test('the join that ran when the console was killed is found, and each control plane is joined once', async () => {
    expect(cluster.calls('kubeadm', 'join').map(({ machine }) => machine)).toEqual(['server78', 'server79']);
    const { hosts } = stepIn(await reportOf(cluster), 'join-control-planes');
    expect(hosts.map(({ name, state, by, attempts }) => [name, state, by, attempts.length])).toEqual([
      ['server78', 'done', 'ran', 1],
      ['server79', 'done', 'ran', 1],
    ]);
  });

  test('what was found is told before anything is asked', () => {
    expect(asked[0]?.shown).toContain('Resuming run 1: Kubernetes with three control planes behind HAProxy');
    expect(asked[0]?.shown).toContain('The run goes on:');
    expect(asked[0]?.shown).toMatch(/^ {2}- .*server78/m);
  });

  test('what was done before is neither asked about nor run again', () => {
    expect(cluster.calls('kubeadm', 'init')).toHaveLength(1);
    expect(shown).not.toMatch(/^Step \d+ of 27: Initialise the first control plane/m);
    expect(shown).toContain('Run 1 is finished.');
  });
});
