import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isLeftOut } from '../left-out.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { type Cluster, guideInputs } from './cluster.ts';
import { loginPassword, passphrase, startGuardedCluster, sudoPassword } from './guarded-cluster.ts';
import { inTerminal } from './handrail.ts';
import { operate, stepOf, yes } from './operate.ts';
import { type ProcessWatch, watchProcesses } from './process-watch.ts';
import { readableBelow, readableIn } from './readable-secrets.ts';
import { type Report, reportOf, stepIn } from './report.ts';
import type { Asked, Ended } from './terminal.ts';

describe.skipIf(isLeftOut('the whole walk of the guide', whatIsMissing()))('the whole walk of the guide', () => {
  let cluster: Cluster;
  let watch: ProcessWatch;
  let asked: readonly Asked[];
  let ended: Ended;
  let shown: string;
  let raw: string;
  let report: Report;

  beforeAll(async () => {
    const started = await startGuardedCluster();
    cluster = started.cluster;
    watch = watchProcesses();
    const [, sum = ''] = guideInputs;
    const words = ['run', 'kubeadm-ha-haproxy', '--hosts', cluster.hostsFile, '--ssh-config', cluster.sshConfig, '--input', sum, '--plain'];
    const terminal = inTerminal(cluster, words, { env: { SSH_AUTH_SOCK: started.agentSocket } });
    const endpoints = ['CP_1', 'cp.example.test'];
    let isFirst = true;
    asked = await operate(terminal, (question) => {
      const { prompt, shown: before } = question;
      if (prompt === '  endpoint: ') return endpoints.shift();
      if (prompt.startsWith('y begins')) return 'y';
      if (prompt.startsWith('It is not shown')) {
        const last = before.slice(before.lastIndexOf(' asks: '));
        return last.includes('Passphrase') ? passphrase : last.includes('sudo') ? sudoPassword : loginPassword;
      }
      if (prompt.startsWith('Is it the same on all hosts?')) return 'n';
      // Enter alone is no yes.
      if (isFirst && prompt.startsWith('Run it?')) {
        isFirst = false;
        return '';
      }
      return yes(question);
    });
    ended = await terminal.ended;
    watch.stop();
    shown = terminal.shown();
    raw = terminal.raw();
    report = await reportOf(cluster);
  }, 120_000);
  afterAll(async () => {
    watch.stop();
    await cluster[Symbol.asyncDispose]();
  });

  const confirmations = (): readonly Asked[] => asked.filter(({ prompt }) => prompt.startsWith('Run it?'));
  const confirmationOf = (title: string): string => confirmations().find((each) => stepOf(each) === title)?.shown ?? '';
  const joinValues = (): { readonly token: string; readonly key: string } => {
    const [, token = '', key = ''] =
      /--token (\S+) .*--certificate-key (\S+)/.exec(cluster.calls('kubeadm', 'join')[0]?.argv.join(' ') ?? '') ?? [];
    return { token, key };
  };

  test('it ends with 0 at a finished run, told in a few last words', () => {
    expect(ended).toEqual({ code: 0, signal: undefined });
    expect(shown).toContain('Run 1 is finished.\n27 of 27 steps are done.\n');
    expect(report).toMatchObject({ run: 1, runbook: 'kubeadm-ha-haproxy', state: 'finished', deviations: [] });
  });

  test('every node of the cluster is Ready, three control planes of one version', async () => {
    const { out } = await cluster.host('server78').run('KUBECONFIG=/etc/kubernetes/admin.conf kubectl get nodes --no-headers');
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => line.split(/\s+/).filter((_, index) => index !== 3)),
    ).toEqual(['server77', 'server78', 'server79'].map((name) => [name, 'Ready', 'control-plane', 'v1.36.2']));
  });

  test('a wrong input is asked for again, and the set-up is shown whole before it begins', () => {
    const [first, second, begin] = asked;
    expect(first).toMatchObject({ prompt: '  endpoint: ', shown: expect.stringContaining('Name of the endpoint') });
    expect(second?.shown).toContain('CP_1');
    expect(begin?.prompt).toBe('y begins (each step still asks), q leaves, or name an input to change it: ');
    expect(begin?.shown).toMatch(/ {2}endpoint +cp\.example\.test\n/);
    expect(begin?.shown).toMatch(/ {2}server79 +192\.0\.2\.79 +control_plane\n/);
  });

  test('each password and passphrase is asked for once, before the first yes', () => {
    const secrets = asked.filter(({ prompt }) => prompt.startsWith('It is not shown'));
    const prompts = secrets.map((each) =>
      each.shown
        .replace(/\n(?=\S+:$)/m, ' ')
        .split('\n')
        .findLast((line) => line.includes(' asks: ')),
    );
    expect(prompts.toSorted()).toEqual([
      'lb asks: Password:',
      expect.stringMatching(/^server78 asks: Passphrase of the key .*\/locked:$/),
      expect.stringMatching(/^server78 asks: sudo password of ops on server78/),
    ]);
    const firstYes = asked.findIndex(({ prompt }) => prompt.startsWith('Run it?'));
    expect(asked.slice(firstYes).every(({ prompt }) => prompt.startsWith('Run it?'))).toBe(true);
  });

  test('nothing runs without a yes of its own: one question for each step that ran, none for the others', () => {
    const ran = report.steps.filter(({ by }) => by === 'ran').map(({ title }) => title);
    const [first, again, ...others] = confirmations();
    expect(again?.shown).toContain('Type one of the letters');
    expect([first, ...others].map((each) => each && stepOf(each))).toEqual(ran);
    expect(ran.length).toBeGreaterThan(15);
    expect(report.steps.filter(({ by, aside }) => by !== 'ran' && !aside).map(({ id, state }) => [id, state])).toEqual([
      ['dns-records', 'skipped'],
      ['endpoint-record', 'skipped'],
      ['docker', 'skipped'],
      ['join-workers', 'skipped'],
      ['taint-master', 'skipped'],
    ]);
  });

  test('Enter alone is no yes', () => {
    expect(confirmations()[1]?.shown).toContain('Type one of the letters, then Enter.');
  });

  test('a confirmation shows the final text, the hosts, the user and where each value is from', () => {
    const init = confirmationOf('Initialise the first control plane');
    expect(init).toContain('For server77, as root.');
    expect(init).toContain('    kubeadm init \\\n      --control-plane-endpoint cp.example.test:6443 \\\n');
    expect(init).toMatch(/ {4}endpoint +cp\.example\.test, an input\n/);
    expect(init).toMatch(/ {4}host\.address +192\.0\.2\.77, the host at hand\n/);
  });

  test('the join is confirmed with its secrets masked and their origin named', () => {
    const join = confirmationOf('Join the other control planes');
    expect(join).toContain('For server78 and server79, as root, one after the other.');
    expect(join).toContain('    kubeadm join cp.example.test:6443 \\\n      --token •••');
    expect(join).toMatch(/ {4}join\.token +•+, from “Initialise the first control plane” on\s+server77\n/);
    expect(join).toMatch(/ {4}join\.certificate_key +•+, from “Initialise/);
    expect(join).toContain('    --apiserver-advertise-address 192.0.2.79');
  });

  test('the join values of init are carried to the other control planes, each joined once', () => {
    const joins = cluster.calls('kubeadm', 'join');
    expect(joins.map(({ machine }) => machine)).toEqual(['server78', 'server79']);
    const { token, key } = joinValues();
    expect(token).toMatch(/^[a-z0-9]{6}\.[a-z0-9]{16}$/);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    for (const { argv } of joins) expect(argv.join(' ')).toContain(`--token ${token} --discovery-token-ca-cert-hash sha256:`);
    const made = cluster.facts().flatMap((fact) => (fact.type === 'token-made' ? [fact.token.token] : []));
    expect(made).toContain(token);
    expect(cluster.calls('kubeadm', 'init')).toHaveLength(1);
    expect(cluster.calls('kubectl', 'apply')).toHaveLength(1);
  });

  test('the report tells each step, attempt and part, and the values with their ends', () => {
    const join = stepIn(report, 'join-control-planes');
    expect(join).toMatchObject({ state: 'done', by: 'ran', aside: false, reason: null });
    expect(join.hosts.map(({ name, attempts }) => [name, attempts.length, attempts[0]?.parts.length])).toEqual([
      ['server78', 1, 1],
      ['server79', 1, 1],
    ]);
    expect(join.hosts[0]?.attempts[0]?.parts[0]).toMatchObject({
      part: 1,
      kind: 'command',
      state: 'done',
      exit: 0,
      command: expect.stringContaining('--token •'),
      log: 'logs/join-control-planes/server78.1.1.log',
    });
    const value = report.values.find(({ name }) => name === 'join');
    expect(value).toMatchObject({ from: { step: 'init', host: 'server77' }, secret: true });
    const hours = (Date.parse(value?.expires ?? '') - Date.parse(report.started)) / 3_600_000;
    expect(hours).toBeGreaterThan(1.99);
    expect(hours).toBeLessThan(2.1);
    expect(stepIn(report, 'new-join-values')).toMatchObject({ aside: true, state: 'pending' });
  });

  test('no password, passphrase or join value is readable on the screen, in what is kept, or in any process', () => {
    const { token, key } = joinValues();
    const secrets = { passphrase, 'sudo password': sudoPassword, 'login password': loginPassword, token, 'certificate key': key };
    expect(readableIn(raw, secrets)).toEqual([]);
    expect(readableBelow(cluster.env['HANDRAIL_DATA'] ?? '', secrets)).toEqual([]);
    const seen = watch.seen();
    expect(seen.some(({ words }) => words.includes('cli.js run kubeadm-ha-haproxy'))).toBe(true);
    expect(seen.some(({ words }) => words.includes('kubeadm join'))).toBe(true);
    // On its own host, `kubeadm join --token …` is what the guide says and the operator has confirmed.
    const own = seen.filter(({ words }) => !/ ?kubeadm join /.test(words));
    expect(own.filter((each) => readableIn(`${each.words}\n${each.environment}`, secrets).length > 0)).toEqual([]);
  });
});
