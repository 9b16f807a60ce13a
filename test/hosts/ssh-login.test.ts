import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Asker } from '../../src/hosts/host.ts';
import { isLeftOut } from '../left-out.ts';
import { startTestHost } from '../test-hosts/start-test-host.ts';
import type { TestHost } from '../test-hosts/test-host.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { failure, run, setupHost, type TestConsole, testConsole } from './ssh-console.ts';

describe.skipIf(isLeftOut('logging in', whatIsMissing()))('logging in', () => {
  let console: TestConsole;
  let host: TestHost;
  let answer: (question: Parameters<Asker['secret']>[0]) => ReturnType<Asker['secret']>;

  beforeAll(async () => {
    console = testConsole({ secret: (question) => answer(question) });
    const keys = [
      console.makeKey('ed25519'),
      console.makeKey('locked', 'open sesame'),
      console.makeKey('rsa', '', ['-t', 'rsa', '-b', '2048']),
      console.makeKey('rsa-pem', 'open sesame', ['-t', 'rsa', '-b', '2048', '-m', 'PEM']),
      console.makeKey('rsa-pkcs8', '', ['-t', 'rsa', '-b', '2048', '-m', 'PKCS8']),
      console.makeKey('ecdsa', '', ['-t', 'ecdsa']),
      console.makeKey('ecdsa-pem', '', ['-t', 'ecdsa', '-b', '384', '-m', 'PEM']),
      console.makeKey('ecdsa-pkcs8', 'open sesame', ['-t', 'ecdsa', '-b', '521', '-m', 'PKCS8']),
      console.makeKey('gcm', 'open sesame', ['-t', 'ed25519', '-Z', 'aes256-gcm@openssh.com']),
      console.makeKey('chacha', 'open sesame', ['-t', 'ed25519', '-Z', 'chacha20-poly1305@openssh.com']),
    ];
    console.makeKey('stranger');
    host = await startTestHost({
      name: 'server77',
      users: [
        { name: 'ops', keys },
        { name: 'pw', password: 'right one' },
        { name: 'both', password: 'right one', keys },
        { name: 'expired', password: 'right one', keys },
        { name: 'old', password: 'right one' },
        { name: 'kbd', password: 'right one' },
        { name: 'both-kbd', password: 'right one', keys },
        { name: 'locked', keys, shell: '/usr/sbin/nologin' },
      ],
      sshdConfig: ['KbdInteractiveAuthentication no'],
      // A wrong password would cost two seconds each.
      setUp: `
        sed -i 's/pam_unix.so.*nullok/& nodelay/' /etc/pam.d/common-auth
        cat >>/etc/ssh/sshd_config <<C
Match User both
  AuthenticationMethods publickey,password
Match User both-kbd
  AuthenticationMethods publickey,keyboard-interactive
  KbdInteractiveAuthentication yes
Match User kbd,old
  KbdInteractiveAuthentication yes
  PasswordAuthentication no
C
        usermod -e 2001-01-01 expired
        chage -d 0 old`,
    });
  });
  beforeEach(() => {
    answer = async () => null;
    console.asked.length = 0;
    console.configure([]);
  });
  afterAll(async () => {
    console[Symbol.dispose]();
    await host.dispose();
  });

  const secretsAsked = (): readonly string[] =>
    console.asked.filter(({ what }) => what !== 'trust').map(({ what, text }) => `${what}: ${text}`);
  const open = (more: Parameters<typeof setupHost>[1], env: Record<string, string> = {}) =>
    console.open([setupHost(host, more)], { env }).get('server77');

  test.each(['ed25519', 'rsa', 'rsa-pkcs8', 'ecdsa', 'ecdsa-pem'])('a key of the form %s logs in without a question', async (name) => {
    expect(await run(open({ key: console.file(name) }), 'id -un')).toMatchObject({ code: 0, out: 'ops\n' });
    expect(secretsAsked()).toEqual([]);
  });

  test.each(['locked', 'rsa-pem', 'ecdsa-pkcs8', 'gcm'])(
    'an encrypted key (%s) is opened with the passphrase, asked for once',
    async (name) => {
      answer = async () => 'open sesame';
      const channels = console.open(['one', 'two'].map((other) => setupHost({ ...host, name: other }, { key: console.file(name) })));
      const both = await Promise.all(['one', 'two'].map((other) => run(channels.get(other), 'id -un')));
      expect(both.map(({ out }) => out)).toEqual(['ops\n', 'ops\n']);
      channels.get('one').disconnect();
      expect(await run(channels.get('one'), 'id -un')).toMatchObject({ out: 'ops\n' });
      expect(secretsAsked()).toEqual([`passphrase: Passphrase of the key ${console.file(name)}:`]);
    },
  );

  test('a wrong passphrase is asked for again', async () => {
    const answers = ['wrong', 'open sesame'];
    answer = async () => answers.shift() ?? null;
    expect(await run(open({ key: console.file('locked') }), 'id -un')).toMatchObject({ out: 'ops\n' });
    expect(secretsAsked()[1]).toContain('That was not right.');
  });

  test('a passphrase is not asked for where the host would not take the key', async () => {
    console.configure([`IdentityFile ${console.file('other-locked')}`, `IdentityFile ${console.file('ed25519')}`]);
    console.makeKey('other-locked', 'open sesame');
    expect(await run(open({}), 'id -un')).toMatchObject({ out: 'ops\n' });
    expect(secretsAsked()).toEqual([]);
  });

  test('keys that cannot be used are told by name, with the way round', async () => {
    expect(await failure(run(open({ key: console.file('chacha') }), 'true'))).toBe(
      `refused: server77 (${host.address}) wants a password of ops, which nobody gave. ` +
        `The key ${console.file('chacha')} is encrypted with chacha20-poly1305@openssh.com, which handrail cannot open. | ` +
        `Load it into the agent (ssh-add ${console.file('chacha')}), or encrypt it anew: ssh-keygen -p -Z aes256-ctr -f ${console.file('chacha')}`,
    );
    writeFileSync(console.file('junk'), 'junk');
    expect(await failure(run(open({ key: console.file('junk') }), 'true'))).toContain(`The key ${console.file('junk')} cannot be used`);
    expect(await failure(run(open({ key: console.file('missing') }), 'true'))).toContain(
      `The key ${console.file('missing')} does not exist.`,
    );
  });

  test('a security key is told by name', async () => {
    // No such device is needed: what the file says in clear is enough. The public half was made up.
    const part = (text: string | Buffer): Buffer => {
      const bytes = Buffer.from(text);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return Buffer.concat([length, bytes]);
    };
    const type = 'sk-ssh-ed25519@openssh.com';
    const blob = Buffer.concat([part(type), part(Buffer.alloc(32, 7)), part('ssh:')]);
    const body = Buffer.concat([
      Buffer.from('openssh-key-v1\0'),
      part('none'),
      part('none'),
      part(''),
      Buffer.from([0, 0, 0, 1]),
      part(blob),
      part(''),
    ]);
    writeFileSync(
      console.file('sk'),
      `-----BEGIN OPENSSH PRIVATE KEY-----\n${body.toString('base64')}\n-----END OPENSSH PRIVATE KEY-----\n`,
    );
    expect(await failure(run(open({ key: console.file('sk') }), 'true'))).toContain(
      `The key ${console.file('sk')} is a security key (${type})`,
    );
  });

  test('keys of the agent log in, one that the hosts file names first', async () => {
    const socket = await console.startAgent(['stranger', 'ed25519']);
    expect(await run(open({}, { SSH_AUTH_SOCK: socket }), 'id -un')).toMatchObject({ out: 'ops\n' });
    expect(secretsAsked()).toEqual([]);
  });

  test('a locked key that the agent holds needs no passphrase', async () => {
    const socket = await console.startAgent([]);
    execFileSync('ssh-keygen', ['-q', '-p', '-P', 'open sesame', '-N', '', '-f', console.file('chacha')]);
    execFileSync('ssh-add', ['-q', console.file('chacha')], { env: { SSH_AUTH_SOCK: socket } });
    execFileSync('ssh-keygen', [
      '-q',
      '-p',
      '-P',
      '',
      '-N',
      'open sesame',
      '-Z',
      'chacha20-poly1305@openssh.com',
      '-f',
      console.file('chacha'),
    ]);
    expect(await run(open({}, { SSH_AUTH_SOCK: socket }), 'id -un')).toMatchObject({ out: 'ops\n' });
  });

  test('with IdentitiesOnly only those keys of the agent are offered that the configuration names', async () => {
    const socket = await console.startAgent(['ed25519']);
    console.configure(['IdentitiesOnly yes']);
    expect(await failure(run(open({}, { SSH_AUTH_SOCK: socket }), 'true'))).toContain('wants a password of ops, which nobody gave');
    console.configure(['IdentitiesOnly yes', `IdentityFile ${console.file('ed25519')}`]);
    expect(await run(open({}, { SSH_AUTH_SOCK: socket }), 'id -un')).toMatchObject({ out: 'ops\n' });
  });

  test('a dead agent is left out, and told only where nothing else opens the door', async () => {
    const env = { SSH_AUTH_SOCK: console.file('no-agent') };
    expect(await run(open({ key: console.file('ed25519') }, env), 'id -un')).toMatchObject({ out: 'ops\n' });
    expect(await failure(run(open({}, env), 'true'))).toContain(`The ssh agent at ${env.SSH_AUTH_SOCK} does not answer.`);
  });

  test('an agent full of other keys does not use up the tries of the key that is named', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `full-${name}`);
    for (const name of names) console.makeKey(name);
    const socket = await console.startAgent(names);
    expect(await run(open({ key: console.file('ed25519') }, { SSH_AUTH_SOCK: socket }), 'id -un')).toMatchObject({ out: 'ops\n' });
    answer = async () => 'right one';
    expect(await run(open({ user: 'pw' }, { SSH_AUTH_SOCK: socket }), 'id -un')).toMatchObject({ out: 'pw\n' });
    answer = async () => null;
    const refused = await failure(run(open({}, { SSH_AUTH_SOCK: socket }), 'true'));
    expect(refused).toContain('refused the keys full-a of the agent, full-b of the agent, full-c');
    expect(refused).toContain('Only 5 of 7 keys were offered');
  });

  test('a password is asked for again where it was wrong, and not again on the next connection', async () => {
    const answers = ['wrong one', 'right one'];
    answer = async () => answers.shift() ?? null;
    const channel = open({ user: 'pw' });
    expect(await run(channel, 'id -un')).toMatchObject({ out: 'pw\n' });
    channel.disconnect();
    expect(await run(channel, 'id -un')).toMatchObject({ out: 'pw\n' });
    expect(secretsAsked()).toEqual(['login: Password of pw on server77:', 'login: That was not right. Password of pw on server77:']);
  });

  test('one password may be given for all hosts', async () => {
    answer = async () => ({ text: 'right one', forAll: true });
    const channels = console.open(['one', 'two', 'three'].map((name) => setupHost({ ...host, name }, { user: 'pw' })));
    const all = await Promise.all(['one', 'two', 'three'].map((name) => run(channels.get(name), 'id -un')));
    expect(all.map(({ out }) => out)).toEqual(['pw\n', 'pw\n', 'pw\n']);
    expect(secretsAsked()).toHaveLength(1);
  });

  test('keyboard-interactive takes the password too', async () => {
    answer = async () => 'right one';
    expect(await run(open({ user: 'kbd' }), 'id -un')).toMatchObject({ out: 'kbd\n' });
    expect(secretsAsked()).toHaveLength(1);
  });

  test('an expired password is changed in several rounds of keyboard-interactive', async () => {
    answer = async ({ prompt }) => (/new password/i.test(prompt) ? 'Quite-another-77' : 'right one');
    expect(await run(open({ user: 'old' }), 'id -un')).toMatchObject({ out: 'old\n' });
    expect(secretsAsked().length).toBeGreaterThanOrEqual(4);
  });

  test.each(['both', 'both-kbd'])('a key and a password together open what wants both (%s)', async (user) => {
    answer = async () => 'right one';
    console.configure([`IdentityFile ${console.file('ed25519')}`]);
    expect(await run(open({ user }), 'id -un')).toMatchObject({ out: `${user}\n` });
    expect(secretsAsked()).toHaveLength(1);
  });

  test('a key of the agent and a password together open what wants both', async () => {
    answer = async () => 'right one';
    const socket = await console.startAgent(['ed25519', 'stranger']);
    expect(await run(open({ user: 'both' }, { SSH_AUTH_SOCK: socket }), 'id -un')).toMatchObject({ out: 'both\n' });
  });

  test('a refused login says what was offered and what the host takes', async () => {
    answer = async () => 'wrong one';
    expect(await failure(run(open({ user: 'pw', key: console.file('stranger') }), 'true'))).toBe(
      `refused: server77 (${host.address}) refused the key ${console.file('stranger')} and the password of pw. It takes publickey, password. | ` +
        'Check the user, and put the public key there with: ssh-copy-id',
    );
    answer = async () => null;
    expect(await failure(run(open({ user: 'pw' }), 'true'))).toContain('wants a password of pw, which nobody gave');
  });

  test('what the host says of an expired account is told', async () => {
    expect(await failure(run(open({ user: 'expired', key: console.file('ed25519') }), 'true'))).toContain('Your account has expired');
  });

  test('an account that may not run commands is told when a command is to run', async () => {
    const channel = open({ user: 'locked', key: console.file('ed25519') });
    expect(await failure(channel.probeSudo(new AbortController().signal))).toContain('This account is currently not available');
  });

  test('the passphrase and the password stand in no file of the console', async () => {
    answer = async ({ what }) => (what === 'passphrase' ? 'open sesame' : 'right one');
    await run(open({ user: 'both', key: console.file('locked') }), 'true');
    for (const file of ['known_hosts', 'config']) expect(readFileSync(console.file(file), 'utf8')).not.toMatch(/open sesame|right one/);
  });
});
