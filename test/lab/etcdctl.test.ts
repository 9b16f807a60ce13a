import { describe, expect, test } from 'vitest';
import type { MemoryLab } from './memory-lab.ts';
import { initCommand, joinControlPlane, joinValues, ok, preparedLab } from './steps.ts';
import { transcript } from './transcript.ts';

const pki = '/etc/kubernetes/pki/etcd';
const etcdctl = (endpoints = 'https://127.0.0.1:2379'): string =>
  `etcdctl --endpoints=${endpoints} --cacert=${pki}/ca.crt --cert=${pki}/server.crt --key=${pki}/server.key`;
const ids = /\b[0-9a-f]{16}\b/g;

/** Three members, with the addresses of the transcripts. */
function cluster(joins: readonly string[] = ['cp2', 'cp3']): { lab: MemoryLab; cluster: string } {
  const lab = preparedLab();
  const values = joinValues(ok(lab, 'cp1', initCommand()).out);
  for (const machine of joins) ok(lab, machine, joinControlPlane(values));
  return { lab, cluster: values.hash.slice('sha256:'.length) };
}
const asThere = (text: string): string[] =>
  text
    .replace(/192\.0\.2\.1([123])/g, (_, last: string) => `192.0.2.1${Number(last) + 2}`)
    .replace(ids, 'ID')
    .split('\n');
const there = (name: string): string[] => transcript(name).map((line) => line.replace(ids, 'ID'));

describe('etcdctl', () => {
  test('lists three members as the real one does', () => {
    const { lab } = cluster();
    // The order is that of the ids, which chance makes.
    expect(asThere(ok(lab, 'cp1', `${etcdctl()} member list -w table`).out).toSorted()).toEqual(there('member-list-three').toSorted());
  });

  test('shows the learner that a join left behind, and removes it, so that the next join gets in', () => {
    const { lab, cluster: id } = cluster([]);
    lab.tell({ type: 'member-announced', cluster: id, machine: 'cp2', member: '5'.repeat(16), at: 0 });
    expect(asThere(ok(lab, 'cp1', `${etcdctl()} member list -w table`).out).toSorted()).toEqual(there('member-list-learner').toSorted());
    expect(ok(lab, 'cp1', `${etcdctl()} member remove ${'5'.repeat(16)}`).out).toMatch(
      /^Member 5{16} removed from cluster [0-9a-f]{16}\n$/,
    );
    expect(ok(lab, 'cp1', `${etcdctl()} member list`).out).toMatch(
      /^[0-9a-f]{16}, started, cp1, https:\/\/192\.0\.2\.11:2380, https:\/\/192\.0\.2\.11:2379, false\n$/,
    );
  });

  test('tells the silent member from the others, and ends with 1', () => {
    const { lab } = cluster();
    expect(ok(lab, 'cp1', `${etcdctl()} endpoint health --cluster`).out.match(/is healthy/g)).toHaveLength(3);
    lab.tell({ type: 'power-lost', machine: 'cp3', at: 0 });
    const result = lab.run('cp1', `${etcdctl()} endpoint health --cluster`);
    expect(result.code).toBe(1);
    expect(result.out.match(/is healthy: successfully committed proposal: took = /g)).toHaveLength(2);
    expect(result.err).toBe(
      'https://192.0.2.13:2379 is unhealthy: failed to commit proposal: context deadline exceeded\nError: unhealthy cluster\n',
    );
  });

  test('needs its certificates, and an etcd', () => {
    const { lab } = cluster([]);
    expect(lab.run('w1', `${etcdctl('https://192.0.2.11:2379')} member list`)).toMatchObject({
      code: 1,
      err: `Error: open ${pki}/ca.crt: no such file or directory\n`,
    });
    expect(lab.run('cp1', `${etcdctl('https://192.0.2.12:2379')} member list`)).toMatchObject({
      code: 1,
      err: 'Error: context deadline exceeded\n',
    });
  });

  test('shows one leader', () => {
    const { lab } = cluster();
    const { out } = ok(lab, 'cp1', `${etcdctl()} endpoint status --cluster -w table`);
    expect(out.split('\n').filter((line) => / true \| +false \| /.test(line))).toHaveLength(1);
    expect(out).toContain('|   3.6.8 | ');
  });
});
