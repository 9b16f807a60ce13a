import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isLeftOut } from '../left-out.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { inTerminal, withoutTerminal } from './handrail.ts';
import { type HostsOfTest, startHosts } from './hosts-of-test.ts';
import { operate, yes } from './operate.ts';
import { operatorHome } from './operator-home.ts';
import { type ProcessWatch, watchProcesses } from './process-watch.ts';
import { readableBelow, readableIn } from './readable-secrets.ts';

const runbook = fileURLToPath(new URL('runbooks/secrets.md', import.meta.url));
const secrets = {
  'given by a file': "Aubergine's $HOME `tea`",
  captured: 'Mongoose4711Lantern',
  typed: 'pin-90210-Walrus',
  'of sudo': 'sudo-Hedgehog-77',
  'of the key': 'passphrase-Quokka-12',
};

describe.skipIf(isLeftOut('the search for secrets', whatIsMissing()))('the search for secrets', () => {
  let hosts: HostsOfTest;
  let watch: ProcessWatch;
  const shown: string[] = [];

  beforeAll(async () => {
    const operator = operatorHome();
    const locked = operator.makeKey('locked', secrets['of the key']);
    hosts = await startHosts(
      [
        {
          name: 'one',
          roles: ['node'],
          access: { key: locked.file },
          test: {
            users: [{ name: 'ops', keys: [locked.publicKey], password: secrets['of sudo'] }],
            sudoers: ['ops ALL=(ALL:ALL) ALL'],
            setUp: `echo ${secrets.captured} >/root/planted-key`,
          },
        },
      ],
      operator,
    );
    const file = join(hosts.folder, 'password');
    writeFileSync(file, `${secrets['given by a file']}\n`);
    chmodSync(file, 0o600);
    watch = watchProcesses(5);
    const words = ['run', runbook, '--hosts', hosts.hostsFile, '--ssh-config', hosts.sshConfig, '--input', `password=@${file}`, '--plain'];
    let failures = 0;
    for (const next of [words, ['resume', '1', '--ssh-config', hosts.sshConfig, '--plain']]) {
      const terminal = inTerminal(hosts, next);
      await operate(terminal, async (asked) => {
        const { prompt, shown: before } = asked;
        const last = before.slice(before.lastIndexOf(' asks: '));
        if (prompt.startsWith('It is not shown'))
          return before.includes('Type pin') ? secrets.typed : last.includes('Passphrase') ? secrets['of the key'] : secrets['of sudo'];
        if (prompt.startsWith('Is it the same')) return 'y';
        if (!before.includes('FAILED')) return yes(asked) ?? (prompt.startsWith('What now') ? 'r' : undefined);
        // Looked into, left, resumed and tried again.
        failures++;
        if (failures === 1) return 'p';
        if (failures === 2) return 'q';
        await hosts.host('one').run('touch /srv/mended');
        return 'r';
      });
      shown.push(terminal.raw());
    }
    watch.stop();
    for (const words of [['show', '1'], ['runs'], ['report', '1'], ['report', '1', '--format', 'json']]) {
      const { code, out, err } = await withoutTerminal(hosts, words);
      expect(code, words.join(' ')).toBe(0);
      shown.push(out, err);
    }
  });
  afterAll(async () => {
    watch.stop();
    await hosts[Symbol.asyncDispose]();
  });

  test('each secret did its work', async () => {
    expect(shown[1]).toContain('Run 1 is finished.');
    const { out } = await hosts.host('one').run('cat /srv/given; echo; cat /srv/database.conf; ls -l /srv/database.conf');
    expect(out).toContain(`${secrets['given by a file']}\npassword = ${secrets['given by a file']}\n-rw------- 1 root root`);
  });

  test('the password of sudo is asked for before the first yes', () => {
    const text = shown[0] ?? '';
    expect(text.indexOf('sudo password of ops')).toBeGreaterThan(0);
    expect(text.indexOf('sudo password of ops')).toBeLessThan(text.indexOf('Run it?'));
  });

  test('none is readable in what is shown, not in the diff of a file, an output, a failure or the report', () => {
    expect(shown.map((text) => readableIn(text, secrets))).toEqual(shown.map(() => []));
    expect(shown[0]).toContain('the password is ••••');
    expect(shown[0]).toContain('+password = ••••');
    expect(shown[0]).toContain('using •••••• and ••••••');
  });

  test('none is readable in any file that handrail keeps', () => {
    expect(readableBelow(hosts.env['HANDRAIL_DATA'] ?? '', secrets)).toEqual([]);
  });

  test('none is in the words or the environment of any process, but the variable that the runbook sets for its command', () => {
    const seen = watch.seen();
    expect(seen.some(({ words }) => words.includes('cli.js'))).toBe(true);
    expect(seen.some(({ words }) => words.startsWith('sudo '))).toBe(true);
    const isCommand = (environment: string): boolean => environment.includes('DATABASE_PASSWORD=');
    const told = seen.map(({ words, environment }) => `${words}\n${isCommand(environment) ? '' : environment}`);
    expect(told.filter((text) => readableIn(text, secrets).length > 0)).toEqual([]);
  });

  test('the search finds what is not hidden', () => {
    const text = (form: string): string => `before ${form} after`;
    for (const secret of Object.values(secrets)) {
      for (const encoding of ['utf8', 'base64', 'hex', 'base64url'] as const) {
        expect(readableIn(text(Buffer.from(secret).toString(encoding)), { it: secret })).toEqual(['it']);
        expect(readableIn(text(Buffer.from(`x${secret}y`).toString(encoding)), { it: secret })).toEqual(['it']);
      }
    }
    expect(readableIn('nothing of the kind', secrets)).toEqual([]);
  });
});
