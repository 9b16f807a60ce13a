import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isLeftOut } from '../left-out.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { inTerminal, withoutTerminal } from './handrail.ts';
import { type HostsOfTest, startHosts } from './hosts-of-test.ts';
import { operate, yes } from './operate.ts';
import { type OperatorHome, operatorHome } from './operator-home.ts';

const memory = fileURLToPath(new URL('../../.build/runbook-cache', import.meta.url));
const twoSteps = fileURLToPath(new URL('runbooks/two-steps.md', import.meta.url));

describe('the program without hosts', () => {
  let operator: OperatorHome;
  beforeAll(() => {
    operator = operatorHome();
  });
  afterAll(() => operator[Symbol.dispose]());

  test('without arguments it lists the runbooks to start, and how to go on', async () => {
    const { code, out } = await withoutTerminal(operator, []);
    expect(code).toBe(0);
    expect(out).toContain('No run to resume.\n');
    expect(out).toContain('Runbooks to start\n  kubeadm-ha-haproxy  Kubernetes with three control planes behind HAProxy\n');
    expect(out).toContain(' plan kubeadm-ha-haproxy --example\n');
  });

  test('what was read of a runbook is remembered only for exactly this text, and a broken memory does no harm', async () => {
    const file = join(operator.folder, 'guide.md');
    const guide = (command: string): string =>
      `# Guide\n\n\`\`\`yaml runbook\nhandrail: 1\nroles: { node: { min: 0 } }\n\`\`\`\n\n## Phase\n\n### Step\n\n\`\`\`bash step=one\n#| on: console\n#| risk: read\n${command}\n\`\`\`\n`;
    const plan = async (): Promise<string> => (await withoutTerminal(operator, ['plan', file, '--hosts', hosts])).out;
    const hosts = join(operator.folder, 'hosts-of-guide.yaml');
    writeFileSync(hosts, 'hosts:\n  n1: { address: 192.0.2.1, roles: [node] }\n');
    writeFileSync(file, guide('echo before'));
    const first = await plan();
    expect(first).toContain('echo before');
    expect(await plan()).toBe(first);
    writeFileSync(file, guide('echo after'));
    expect(await plan()).toContain('echo after');
    for (const name of readdirSync(memory)) writeFileSync(join(memory, name), 'not JSON');
    expect(await plan()).toContain('echo after');
    writeFileSync(file, guide('echo {{ nobody }}'));
    const refused = await withoutTerminal(operator, ['plan', file, '--hosts', hosts]);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('nobody');
  });

  test('--help lists every command, and --version tells the version of the package', async () => {
    const { code, out } = await withoutTerminal(operator, ['--help']);
    expect(code).toBe(0);
    for (const command of [
      'run RUNBOOK',
      'resume [RUN]',
      'plan RUNBOOK',
      'lint RUNBOOK...',
      'hosts check FILE',
      'runs',
      'show RUN',
      'report RUN',
      'forget RUN',
    ])
      expect(out).toContain(`handrail ${command}`);
    const version = await withoutTerminal(operator, ['--version']);
    const { version: wanted } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
    expect(version).toMatchObject({ code: 0, out: expect.stringContaining(wanted) });
  });

  test.each([
    [['walk'], 'There is no command "walk".', 'handrail --help'],
    [['run'], '`handrail run` needs a runbook', 'handrail run --help'],
    [['run', 'kubeadm-ha-haprox'], 'There is no runbook kubeadm-ha-haprox', 'Did you mean kubeadm-ha-haproxy?'],
    [['run', twoSteps, '--hosts', 'missing.yaml'], 'There is no file missing.yaml.', 'Check the name'],
    [['run', twoSteps, '--input', 'colour=red'], 'has no input colour', 'It has none.'],
    [['run', twoSteps, '--fast'], '"--fast"', 'handrail run --help'],
    [['show', '7'], '7', 'handrail'],
    [['resume', '7'], '7', 'handrail'],
    [['report', '1', '--format', 'pdf'], 'There is no report format pdf.', '--format md'],
    [['plan', 'kubeadm-ha-haproxy'], '--hosts', '--example'],
  ])('%j ends with 2, says what is wrong and what to do, and keeps nothing', async (words, wrong, advice) => {
    const { code, out, err } = await withoutTerminal(operator, words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^handrail: /);
    expect(err).toContain(wrong);
    expect(err).toContain(advice);
    expect(err).not.toMatch(/^\s+at /m);
    expect(existsSync(join(operator.env['HANDRAIL_DATA'] ?? '', 'runs', '1'))).toBe(false);
  });

  test('a broken runbook ends with 2; every error is told with its line', async () => {
    const file = join(operator.folder, 'broken.md');
    writeFileSync(file, readFileSync(twoSteps, 'utf8').replace('step=second', 'step=first').replace('on: node', 'on: nodes'));
    const { code, err } = await withoutTerminal(operator, ['run', file]);
    expect(code).toBe(2);
    expect(err).toContain(`${file}:`);
    expect(err).toContain('broken.md has 2 errors; nothing was run.');
    expect(await withoutTerminal(operator, ['lint', file])).toMatchObject({ code: 2 });
  });

  test('with nothing to resume it says so, and that is no error', async () => {
    expect(await withoutTerminal(operator, ['resume'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('There is nothing to resume.'),
    });
  });
});

describe.skipIf(isLeftOut('commands about runs and hosts', whatIsMissing()))('commands about runs and hosts', () => {
  let hosts: HostsOfTest;
  beforeAll(async () => {
    hosts = await startHosts([
      { name: 'one', roles: ['node'] },
      { name: 'two', roles: ['node'], test: { sudoers: [] } },
    ]);
  });
  afterAll(() => hosts[Symbol.asyncDispose]());

  test('hosts check tells of each host what was found, and of one that cannot be reached why', async () => {
    const file = join(hosts.folder, 'three.yaml');
    writeFileSync(
      file,
      readFileSync(hosts.hostsFile, 'utf8').replace('defaults:', '  gone: { address: 127.0.0.254, port: 1, roles: [node] }\ndefaults:'),
    );
    const { code, out } = await withoutTerminal(hosts, ['hosts', 'check', file, '--ssh-config', hosts.sshConfig]);
    expect(code).toBe(3);
    expect(out).toMatch(/^HOST +USER +ROOT BY +SYSTEM +ARCH +CLOCK +SWAP +FREE$/m);
    expect(out).toMatch(/^one +ops +sudo +\S.* same +/m);
    expect(out).toMatch(/^two +ops +(?:no way|sudo, asks) /m);
    expect(out).toMatch(/^gone +\S.*127\.0\.0\.254/m);
    expect(out).toContain('1 of 3 hosts cannot be reached or trusted.');
    const good = await withoutTerminal(hosts, ['hosts', 'check', hosts.hostsFile, '--ssh-config', hosts.sshConfig]);
    expect(good.out.trim().split('\n')).toHaveLength(good.code === 0 ? 4 : 5);
  });

  test('a run that was left is listed at home, resumed from there by its number, told, and forgotten', async () => {
    const file = join(hosts.folder, 'one.yaml');
    writeFileSync(file, `hosts:\n  one: { address: ${hosts.host('one').address}, roles: [node], user: ops }\n`);
    const first = inTerminal(hosts, ['run', twoSteps, '--hosts', file, '--ssh-config', hosts.sshConfig, '--plain']);
    await operate(first, (asked) => (asked.shown.includes('The second step') ? 'q' : yes(asked)));
    expect(await first.ended).toEqual({ code: 1, signal: undefined });
    expect(first.shown()).toMatch(/^Go on with: node .*cli\.js resume 1$/m);

    const home = await withoutTerminal(hosts, []);
    expect(home.out).toMatch(/^Runs to resume\n(?:.*\n)?.*\b1\b.*two-steps/m);
    const show = await withoutTerminal(hosts, ['show', '1']);
    expect(show).toMatchObject({ code: 0, out: expect.stringContaining('The second step') });

    const resumed = inTerminal(hosts, ['--plain']);
    await operate(resumed, (asked) => (asked.prompt.startsWith('Number of a run') ? '1' : yes(asked)));
    expect(await resumed.ended).toEqual({ code: 0, signal: undefined });
    expect((await hosts.host('one').run('cat /srv/ran')).out).toBe('first\nsecond\n');

    expect(await withoutTerminal(hosts, ['resume', '1'])).toMatchObject({ code: 0, out: expect.stringContaining('is finished.') });
    expect(JSON.parse((await withoutTerminal(hosts, ['runs', '--json'])).out)).toMatchObject([
      { run: 1, state: 'finished', done: 2, steps: 2 },
    ]);
    expect(await withoutTerminal(hosts, ['forget', '1', '--yes'])).toMatchObject({ code: 0 });
    expect(JSON.parse((await withoutTerminal(hosts, ['runs', '--json'])).out)).toEqual([]);
  });

  test('a run that is forgotten before its end leaves nothing of handrail’s on its hosts', async () => {
    const file = join(hosts.folder, 'one.yaml');
    writeFileSync(file, `hosts:\n  one: { address: ${hosts.host('one').address}, roles: [node], user: ops }\n`);
    const left = inTerminal(hosts, ['run', twoSteps, '--hosts', file, '--ssh-config', hosts.sshConfig, '--plain']);
    await operate(left, (asked) => (asked.shown.includes('The second step') ? 'q' : yes(asked)));
    await left.ended;
    const [{ run, id }] = JSON.parse((await withoutTerminal(hosts, ['runs', '--json'])).out) as [{ run: number; id: string }];
    const attempts = async (): Promise<string> => (await hosts.host('one').run(`find / -xdev -name '${id}.*' 2>/dev/null`)).out;
    expect(await attempts()).not.toBe('');
    const kept = await withoutTerminal(hosts, ['forget', String(run)], 'n\n');
    expect(kept.code).toBe(1);
    expect(await attempts()).not.toBe('');
    expect(await withoutTerminal(hosts, ['forget', String(run), '--yes'])).toMatchObject({ code: 0, out: `Run ${run} is forgotten.\n` });
    expect(await attempts()).toBe('');
  });

  test('a runbook is started from home by its name; its hosts are asked for by role', async () => {
    const terminal = inTerminal(hosts, ['--plain']);
    const asked = await operate(terminal, ({ prompt, shown }) => {
      if (prompt.startsWith('Number of a run')) return shown.includes('none of them') ? 'kubeadm-ha-haproxy' : '99';
      terminal.key('\x04');
      return '';
    });
    expect(asked.map(({ prompt }) => prompt.trim().split(' ')[0])).toEqual(['Number', 'Number', 'load_balancer:']);
    expect(await terminal.ended).toEqual({ code: 1, signal: undefined });
    expect(terminal.shown()).toContain('nothing was run');
  });
});
