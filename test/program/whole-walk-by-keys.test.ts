import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isLeftOut } from '../left-out.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { leavesTheEnd, type Met, runsEachPhase, runsEachStep, walkByKeys } from './by-keys.ts';
import { type Cluster, guideInputs } from './cluster.ts';
import { loginPassword, passphrase, startGuardedCluster, sudoPassword } from './guarded-cluster.ts';
import { onScreen } from './handrail.ts';
import { readableBelow, readableIn } from './readable-secrets.ts';
import { type Report, reportOf, stepIn } from './report.ts';
import type { OpenScreen } from './screen.ts';
import { setsUp } from './set-up-by-keys.ts';
import type { Ended } from './terminal.ts';

const walks = [
  { columns: 80, rows: 24, how: 'each step by its own yes', habits: runsEachStep },
  { columns: 140, rows: 40, how: 'with a yes for each phase', habits: runsEachPhase },
] as const;

type Walked = {
  readonly cluster: Cluster;
  readonly screen: OpenScreen;
  readonly met: readonly Met[];
  readonly ended: Ended;
  readonly report: Report;
};

/** Walks the guide on guarded hosts from the home screen to the shell. */
async function walkOn(
  { cluster, agentSocket }: Awaited<ReturnType<typeof startGuardedCluster>>,
  { columns, rows, habits }: (typeof walks)[number],
): Promise<Walked> {
  const screen = onScreen(cluster, ['--ssh-config', cluster.sshConfig], { env: { SSH_AUTH_SOCK: agentSocket }, columns, rows });
  await screen.shows('Start a runbook');
  await screen.press('enter');
  const inputs = Object.fromEntries(guideInputs.map((input) => input.split('=')));
  const secrets = [
    ['Passphrase', passphrase],
    ['sudo password', sudoPassword],
    ['Password', loginPassword],
  ] as const;
  const met = await walkByKeys(screen, [...setsUp({ inputs, hostsFile: cluster.hostsFile, secrets }), ...habits, leavesTheEnd]);
  return { cluster, screen, met, ended: await screen.ended, report: await reportOf(cluster) };
}

describe.skipIf(isLeftOut('the whole walk of the guide by keys', whatIsMissing()))('the whole walk of the guide by keys', () => {
  // Side by side: most of the time nobody presses a key.
  let walked: readonly Walked[] = [];
  const clusters: Cluster[] = [];
  beforeAll(async () => {
    const started = await Promise.all(walks.map(() => startGuardedCluster({ speed: 240 })));
    clusters.push(...started.map(({ cluster }) => cluster));
    walked = await Promise.all(started.map((each, index) => walkOn(each, walks[index] ?? walks[0])));
  }, 240_000);
  afterAll(() => Promise.all(clusters.map((cluster) => cluster[Symbol.asyncDispose]())));

  describe.each(walks)('at $columns x $rows, $how', (walk) => {
    const { habits } = walk;
    let cluster: Cluster;
    let screen: OpenScreen;
    let met: readonly Met[];
    let ended: Ended;
    let report: Report;
    beforeAll(() => {
      const its = walked[walks.indexOf(walk)];
      if (its === undefined) throw new Error('It was not walked.');
      ({ cluster, screen, met, ended, report } = its);
    });

    const joinValues = (): { readonly token: string; readonly key: string } => {
      const [, token = '', key = ''] =
        /--token (\S+) .*--certificate-key (\S+)/.exec(cluster.calls('kubeadm', 'join')[0]?.argv.join(' ') ?? '') ?? [];
      return { token, key };
    };
    const metAs = (habit: string): readonly string[] => met.filter((each) => each.habit === habit).map((each) => each.shown);

    /** The dialogs that asked for a yes, and what of them was read before. */
    const dialogs = (): readonly string[] => ['reads on', 'says yes', 'allows the phase'].flatMap(metAs);

    /** Steps that only read, whose text and hosts stood on the screen: their run key is the yes. */
    const runByItsKey = (): readonly string[] => metAs('runs').filter((shown) => shown.includes('r run (only reads)'));

    test('it ends with 0 at a finished run, told in a few last words on the normal screen', () => {
      expect(ended).toEqual({ code: 0, signal: undefined });
      expect([screen.buffer(), screen.isCursorVisible()]).toEqual(['normal', true]);
      expect(screen.text()).toContain('Run 1 is finished.');
      expect(screen.text()).toContain('27 of 27 steps are done.');
      expect(screen.text().split('\n').length).toBeLessThanOrEqual(12);
      expect(report).toMatchObject({ run: 1, runbook: 'kubeadm-ha-haproxy', state: 'finished', deviations: [] });
    });

    test('every node of the cluster is Ready, three control planes of one version', async () => {
      const { out } = await cluster.host('server78').run('KUBECONFIG=/etc/kubernetes/admin.conf kubectl get nodes --no-headers');
      const nodes = out.trim().split('\n');
      expect(nodes.map((node) => node.split(/\s+/).filter((_, index) => index !== 3))).toEqual(
        ['server77', 'server78', 'server79'].map((name) => [name, 'Ready', 'control-plane', 'v1.36.2']),
      );
    });

    test('the set-up is checked as it is typed, and shown whole before it begins', () => {
      const [summary] = metAs('begins');
      expect(summary).toMatch(/ {2}endpoint +cp\.example\.test$/m);
      expect(summary).toMatch(/^ {2}server79 +192\.0\.2\.79 +control_plane/m);
    });

    test('nothing runs without a yes, and each step is asked about with its final text', () => {
      const ran = report.steps.filter(({ by }) => by === 'ran').map(({ title }) => title);
      expect(ran.length).toBeGreaterThan(15);
      const titles = habits === runsEachStep ? ran : ['Initialise the first control plane', 'Join the other control planes'];
      const asked = [...dialogs(), ...runByItsKey()];
      for (const title of titles) expect(asked.find((shown) => shown.includes(title))).toBeDefined();
      const yeses = { toAStep: metAs('says yes').length, toAPhase: metAs('allows the phase').length, byTheRunKey: runByItsKey().length };
      if (habits === runsEachStep) expect(yeses).toEqual({ toAStep: ran.length - yeses.byTheRunKey, toAPhase: 0, byTheRunKey: 4 });
      else expect(yeses).toEqual({ toAStep: 0, toAPhase: 6, byTheRunKey: 4 });
    });

    test('the join is confirmed with its secrets masked, and each control plane is joined once with the values of the first', () => {
      const joins = cluster.calls('kubeadm', 'join');
      expect(joins.map(({ machine }) => machine)).toEqual(['server78', 'server79']);
      const { token, key } = joinValues();
      expect(token).toMatch(/^[a-z0-9]{6}\.[a-z0-9]{16}$/);
      expect(key).toMatch(/^[0-9a-f]{64}$/);
      expect(dialogs().find((shown) => shown.includes('“Join the other control planes”'))).toMatch(/--token •••/);
      expect(stepIn(report, 'join-control-planes').hosts.map(({ attempts }) => attempts.length)).toEqual([1, 1]);
    });

    test('each password and passphrase is asked for once, before the first yes', () => {
      const habitsMet = met.map(({ habit }) => habit);
      expect(metAs('gives a secret').length).toBe(3);
      expect(habitsMet.lastIndexOf('gives a secret')).toBeLessThan(habitsMet.indexOf('runs'));
    });

    test('no password, passphrase or join value was on the screen or is readable in what is kept', () => {
      const { token, key } = joinValues();
      const secrets = { passphrase, 'sudo password': sudoPassword, 'login password': loginPassword, token, 'certificate key': key };
      expect(readableIn(screen.raw(), secrets)).toEqual([]);
      expect(readableBelow(cluster.env['HANDRAIL_DATA'] ?? '', secrets)).toEqual([]);
    });

    test('nothing that was drawn was wider or higher than the screen', () => {
      expect(screen.overflows()).toEqual([]);
    });
  });
});
