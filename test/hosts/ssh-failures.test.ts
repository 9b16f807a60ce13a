import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isLeftOut } from '../left-out.ts';
import { startTestHost } from '../test-hosts/start-test-host.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { failure, run, setupHost, type TestConsole, testConsole } from './ssh-console.ts';

/** Something that listens and is no ssh server. */
async function startServer(onConnection: (socket: Socket) => void): Promise<{ readonly port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

describe('a host that cannot be reached', () => {
  let console: TestConsole;
  beforeAll(() => {
    console = testConsole();
  });
  afterAll(() => console[Symbol.dispose]());

  const told = (port: number, limits = {}, address = '127.0.0.1') =>
    failure(run(console.open([setupHost({ name: 'server77', address, port })], { limits }).get('server77'), 'true'));

  test('a name that nobody knows', async () => {
    expect(await told(22, {}, 'nowhere.invalid')).toMatch(
      /^unreachable: The name server77 \(nowhere.invalid\) (is not known|could not be looked up)/,
    );
  });

  test('a port on which nothing listens', async () => {
    const gone = await startServer(() => {});
    await gone.close();
    expect(await told(gone.port)).toBe(
      `unreachable: server77 (127.0.0.1) answers, but nothing listens on port ${gone.port}. | Check that sshd runs there, and on which port: port: 22`,
    );
  });

  test('a server that says something else, nothing, or hangs up', async () => {
    const web = await startServer((socket) => socket.write('HTTP/1.1 400 Bad Request\r\nServer: \u001b[31mweb\r\n'));
    const silent = await startServer(() => {});
    const curt = await startServer((socket) => socket.end());
    const full = await startServer((socket) => socket.end('Exceeded MaxStartups\r\n'));
    const old = await startServer((socket) => socket.write('SSH-1.5-OpenSSH_3.4\r\n'));
    const limits = { hello: 300, kex: 300 };
    expect(await told(web.port, limits)).toContain(
      `Port ${web.port} of server77 (127.0.0.1) does not speak SSH. It says: HTTP/1.1 400 Bad Request`,
    );
    expect(await told(silent.port, limits)).toContain('does not speak SSH. It says nothing.');
    expect(await told(curt.port, limits)).toContain('does not speak SSH. It says nothing.');
    expect(await told(full.port, limits)).toContain('takes no more logins just now');
    expect(await told(old.port, limits)).toMatch(/does not speak SSH|during the key exchange/);
    await Promise.all([web, silent, curt, full, old].map((server) => server.close()));
  });

  test('a server that falls silent in the key exchange', async () => {
    const stuck = await startServer((socket) => socket.write('SSH-2.0-stuck\r\n'));
    expect(await told(stuck.port, { kex: 300 })).toContain('fell silent for 0 s during the key exchange');
    await stuck.close();
  });
});

describe.skipIf(isLeftOut('failures of a real sshd', whatIsMissing()))('a host that refuses', () => {
  test('a server of other methods', async () => {
    using console = testConsole();
    const keys = [console.makeKey('id')];
    await using strict = await startTestHost({
      name: 'strict',
      users: [{ name: 'ops', keys }],
      sshdConfig: ['KexAlgorithms sntrup761x25519-sha512@openssh.com'],
    });
    console.configure([`IdentityFile ${console.file('id')}`]);
    expect(await failure(run(console.open([setupHost(strict)]).get('strict'), 'true'))).toContain(
      `strict (${strict.address}) and handrail share no key exchange algorithm.`,
    );
  });

  test('an answer that comes too late for the host is used on a new connection, and not asked for again', async () => {
    const late = <T>(answer: T) => new Promise<T>((resolve) => setTimeout(resolve, 1500, answer));
    using console = testConsole({ trust: () => late(true), secret: () => late('right one') });
    const sshdConfig = ['LoginGraceTime 1', 'KbdInteractiveAuthentication no'];
    await using host = await startTestHost({ name: 'server77', users: [{ name: 'ops', password: 'right one' }], sshdConfig });
    expect(await run(console.open([setupHost(host)]).get('server77'), 'echo in')).toMatchObject({ out: 'in\n' });
    expect(console.asked.map(({ what }) => what)).toEqual(['trust', 'login']);
    using refusing = testConsole({ trust: () => late(false) });
    expect(await failure(run(refusing.open([setupHost(host)]).get('server77'), 'true'))).toContain('was not accepted');
    using silent = testConsole({ secret: () => late(null) });
    expect(await failure(run(silent.open([setupHost(host)]).get('server77'), 'true'))).toContain('which nobody gave');
  });

  test('the time that the operator takes to answer counts for no limit', async () => {
    using console = testConsole({ secret: () => new Promise((resolve) => setTimeout(resolve, 1500, 'right one')) });
    await using host = await startTestHost({
      name: 'server77',
      users: [{ name: 'ops', password: 'right one' }],
      sshdConfig: ['KbdInteractiveAuthentication no'],
    });
    const channel = console.open([setupHost(host)], { limits: { auth: 1000, kex: 1000 } }).get('server77');
    expect(await run(channel, 'echo in')).toMatchObject({ out: 'in\n' });
  });
});
