import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isLeftOut } from '../left-out.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { type Cluster, guideInputs, startCluster } from './cluster.ts';
import { withoutTerminal } from './handrail.ts';
import { type HostsOfTest, startHosts } from './hosts-of-test.ts';
import { reportOf, stepIn } from './report.ts';

const destroy = fileURLToPath(new URL('runbooks/destroy.md', import.meta.url));

describe.skipIf(isLeftOut('walks without a person', whatIsMissing()))('walks without a person', () => {
  let node: HostsOfTest;
  let run = 0;
  const walk = (words: readonly string[], input = '') => {
    run++;
    return withoutTerminal(node, ['run', destroy, '--hosts', node.hostsFile, '--ssh-config', node.sshConfig, ...words], input);
  };
  const isMade = async (): Promise<boolean> => (await node.host('one').run('test -d /srv/made')).code === 0;

  beforeAll(async () => {
    node = await startHosts([{ name: 'one', roles: ['node'] }]);
  });
  afterAll(() => node[Symbol.asyncDispose]());

  test('the whole guide is walked with --yes, without a terminal, to the same cluster', async () => {
    const cluster: Cluster = await startCluster();
    try {
      const words = [
        '--hosts',
        cluster.hostsFile,
        '--ssh-config',
        cluster.sshConfig,
        ...guideInputs.flatMap((input) => ['--input', input]),
      ];
      const { code, out, err } = await withoutTerminal(cluster, ['run', 'kubeadm-ha-haproxy', ...words, '--plain', '--yes']);
      expect({ code, err }, out.slice(-3000)).toEqual({ code: 0, err: '' });
      expect(cluster.calls('kubeadm', 'join').map(({ machine }) => machine)).toEqual(['server78', 'server79']);
      const nodes = await cluster.host('server79').run('KUBECONFIG=/etc/kubernetes/admin.conf kubectl get nodes --no-headers');
      expect(nodes.out.match(/ Ready /g)).toHaveLength(3);
      const report = await reportOf(cluster);
      expect(report).toMatchObject({ runbook: 'kubeadm-ha-haproxy', state: 'finished', deviations: [] });
      expect(report.steps.filter(({ aside, state }) => !aside && state !== 'done' && state !== 'skipped')).toEqual([]);
      const runs: unknown = JSON.parse((await withoutTerminal(cluster, ['runs', '--json'])).out);
      expect(runs).toMatchObject([{ run: 1, runbook: 'kubeadm-ha-haproxy', state: 'finished', done: 27, steps: 27 }]);
    } finally {
      await cluster[Symbol.asyncDispose]();
    }
  });

  test('--yes stops before a step of risk destroy; the run can be resumed with --yes-destroy', async () => {
    const { code, out } = await walk(['--yes']);
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining(`Go on with: `) });
    expect(await isMade()).toBe(true);
    expect(stepIn(await reportOf(node, run), 'take')).toMatchObject({ state: 'pending' });
    const other = await withoutTerminal(node, ['resume', String(run), '--ssh-config', node.sshConfig, '--yes', '--yes-destroy', 'two']);
    expect(other.code).toBe(1);
    expect(await isMade()).toBe(true);
    // The run remembers the ssh configuration that it began with.
    const right = await withoutTerminal(node, ['resume', String(run), '--yes', '--yes-destroy', 'one']);
    expect(right.code).toBe(0);
    expect(await isMade()).toBe(false);
  });

  test('without --yes the same questions are answered by lines of the input', async () => {
    const { code, out } = await walk([], 'y\ny\none\n');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining("Type the host's name, one, to run it there: ") });
    expect(stepIn(await reportOf(node, run), 'take')).toMatchObject({ state: 'done', by: 'ran' });
  });

  test('a wrong name typed for a step of risk destroy runs nothing', async () => {
    const { code, out } = await walk([], 'y\ny\ntwo\n');
    expect({ code, out }).toMatchObject({ code: 1, out: expect.stringContaining('That is not one. Nothing was run.') });
    expect(await isMade()).toBe(true);
  });

  test('at the end of input the walk stops with 1 and leaves everything as it is', async () => {
    const { code, out } = await walk([], 'y\n');
    expect(code).toBe(1);
    expect(out).toContain(`Run ${run} has stopped.`);
    expect(out).toContain('1 of 2 steps are done.');
    expect(stepIn(await reportOf(node, run), 'take').hosts).toMatchObject([{ name: 'one', state: 'pending', attempts: [] }]);
  });
});
