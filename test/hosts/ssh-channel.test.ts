import { connect, createServer, type Server, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isLeftOut } from '../left-out.ts';
import { startTestHost } from '../test-hosts/start-test-host.ts';
import type { TestHost } from '../test-hosts/test-host.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { failure, never, run, setupHost, type TestConsole, testConsole } from './ssh-console.ts';

describe.skipIf(isLeftOut('commands over ssh', whatIsMissing()))('commands over ssh', () => {
  let console: TestConsole;
  let host: TestHost;

  beforeAll(async () => {
    console = testConsole();
    const keys = [console.makeKey('id')];
    console.configure([`IdentityFile ${console.file('id')}`]);
    host = await startTestHost({ name: 'server77', users: [{ name: 'ops', keys }], sshdConfig: ['MaxSessions 10'] });
  });
  beforeEach(() => {
    console.asked.length = 0;
  });
  afterAll(async () => {
    console[Symbol.dispose]();
    await host.dispose();
  });

  const open = (limits = {}, port = host.port) => console.open([setupHost({ ...host, port })], { limits }).get('server77');

  test('streams stay apart, stdin arrives whole and exit codes are told', async () => {
    const channel = open();
    expect(await run(channel, "printf '%s' 'a'; echo b >&2; cat; exit 7", { stdin: Buffer.from('in\n') })).toEqual({
      code: 7,
      out: 'ain\n',
      err: 'b\n',
    });
    expect(await run(channel, 'kill -s KILL $$')).toMatchObject({ code: null, signal: 'SIGKILL' });
    expect(await run(channel, 'cat; echo end')).toMatchObject({ code: 0, out: 'end\n' });
    expect(channel.hostKey()).toBe(host.hostKeyFingerprint);
  });

  test('a prologue is known to each command that is run after it, also in a shell that waited', async () => {
    const channel = open();
    const prologue = "greet() { echo \"hello $1\"; }\nname='it''s\\\\'";
    for (const word of ['one', 'two', 'three']) expect((await run(channel, `greet ${word}`, { prologue })).out).toBe(`hello ${word}\n`);
    expect((await run(channel, 'greet x 2>/dev/null || echo unknown')).out).toBe('unknown\n');
    expect((await run(channel, 'greet again; cat', { prologue, stdin: Buffer.from('rest') })).out).toBe('hello again\nrest');
  });

  test('where a shell waits with the prologue read, a command costs one round trip', async () => {
    await using relay = await startRelay(host, { delay: 60 });
    const channel = open({}, relay.port);
    await run(channel, 'true');
    await run(channel, 'known', { prologue: 'known() { :; }' });
    const times: number[] = [];
    for (let index = 0; index < 5; index++) {
      // Two round trips, in which the next shell comes to be there.
      await run(channel, 'true');
      const began = performance.now();
      await run(channel, 'known', { prologue: 'known() { :; }' });
      times.push(performance.now() - began);
    }
    // Without it, opening a session and running a command in it take two, of 120 ms each.
    expect(times.sort((a, b) => a - b)[1]).toBeLessThan(230);
  });

  test('megabytes go through whole in both directions, with stderr beside', async () => {
    const stdin = Buffer.alloc(9_000_000, 'handrail ');
    const { out, err, code } = await run(open(), 'cat; head -c 5000000 /dev/zero >&2', { stdin });
    expect(code).toBe(0);
    expect(Buffer.from(out).equals(stdin)).toBe(true);
    expect(err).toHaveLength(5_000_000);
  });

  test('thirty commands at once wait for their turn, since a host takes ten sessions', async () => {
    const channel = open();
    const ends = await Promise.all(Array.from({ length: 30 }, (_, index) => run(channel, `sleep 0.05; echo ${index}`)));
    expect(ends.map(({ out }) => out)).toEqual(Array.from({ length: 30 }, (_, index) => `${index}\n`));
  });

  test('a host that allows fewer sessions than usual is served all the same', async () => {
    const keys = [console.makeKey('few')];
    await using few = await startTestHost({ name: 'few', users: [{ name: 'ops', keys }], sshdConfig: ['MaxSessions 2'] });
    const channel = console.open([setupHost(few, { key: console.file('few') })]).get('few');
    const ends = await Promise.all(Array.from({ length: 8 }, (_, index) => run(channel, `echo ${index}`)));
    expect(ends.map(({ out }) => out)).toEqual(Array.from({ length: 8 }, (_, index) => `${index}\n`));
    expect(await run(channel, 'echo other', { prologue: 'x=1' })).toMatchObject({ out: 'other\n' });
  });

  test('ten callers share one connection', async () => {
    const channel = open();
    const ends = await Promise.all(Array.from({ length: 10 }, () => run(channel, 'echo "$SSH_CONNECTION"')));
    expect(new Set(ends.map(({ out }) => out)).size).toBe(1);
  });

  test('a cut connection is lost, never a success, and the next command connects again', async () => {
    const channel = open();
    const running = failure(run(channel, 'echo begun >/tmp/begun; sleep 100'));
    await expect.poll(async () => (await host.run('cat /tmp/begun 2>/dev/null')).out).toBe('begun\n');
    await host.cutConnections();
    expect(await running).toContain(`lost: The connection to server77 (${host.address}) was lost.`);
    expect(await run(channel, 'echo back')).toMatchObject({ out: 'back\n' });
    await host.cutConnections();
    await expect.poll(() => run(channel, 'echo again').catch(() => null)).toMatchObject({ out: 'again\n' });
  });

  test('an aborted command throws the reason at once and leaves the connection good', async () => {
    const channel = open();
    const controller = new AbortController();
    let out = '';
    const running = channel.exec(
      'echo begun; exec sleep 100',
      {
        onOut: (bytes) => {
          out += Buffer.from(bytes);
          if (out === 'begun\n') controller.abort(new Error('enough'));
        },
      },
      controller.signal,
    );
    await expect(running).rejects.toThrow('enough');
    expect(await run(channel, 'echo good')).toMatchObject({ out: 'good\n' });
    await expect(run(channel, 'true', {}, AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
  });

  test('whoever waits for a connection can give up without harm to the others', async () => {
    const channel = open();
    const controller = new AbortController();
    const given = run(channel, 'echo no', {}, controller.signal);
    const kept = run(channel, 'echo yes');
    controller.abort(new Error('given up'));
    await expect(given).rejects.toThrow('given up');
    expect(await kept).toMatchObject({ out: 'yes\n' });
  });

  test('a frozen host is found out', async () => {
    await using relay = await startRelay(host);
    const channel = open({ silence: 2000 }, relay.port);
    await run(channel, 'true');
    const began = performance.now();
    const running = failure(run(channel, 'sleep 100'));
    relay.freeze();
    expect(await running).toContain('lost: The connection to');
    expect(performance.now() - began).toBeLessThan(8000);
  });

  test('a slow line that is busy is not taken for a dead one', async () => {
    await using relay = await startRelay(host, { bytesPerSecond: 125_000 });
    const channel = open({ silence: 1500 }, relay.port);
    const { out, code } = await run(channel, 'head -c 400000 /dev/zero');
    expect(code).toBe(0);
    expect(out).toHaveLength(400_000);
  });

  test('a lent terminal has the size of this one, follows its changes and gives it back', async () => {
    const input = new PassThrough();
    const output = new PassThrough();
    let shown = '';
    output.on('data', (bytes: Buffer) => {
      shown += bytes.toString();
    });
    let size = { rows: 31, cols: 97, term: 'xterm' };
    const terminal = { input: input as unknown as NodeJS.ReadStream, output: output as unknown as NodeJS.WriteStream, size: () => size };
    const channel = console.open([setupHost(host)], { terminal }).get('server77');
    const lent = channel.terminal('stty size; read -r line; stty size; echo "got $line"; exit 5', never);
    await expect.poll(() => shown).toContain('31 97');
    size = { ...size, rows: 40, cols: 120 };
    output.emit('resize');
    input.write('word\r');
    expect(await lent).toEqual({ code: 5 });
    expect(shown).toContain('40 120');
    expect(shown).toContain('got word');
    expect(input.listenerCount('data')).toBe(0);
  });
});

type Relay = { readonly port: number; freeze(): void; [Symbol.asyncDispose](): Promise<void> };

/** A line to the host that can be slow, or go dead without a word. */
async function startRelay(host: TestHost, { bytesPerSecond = Number.POSITIVE_INFINITY, delay = 0 } = {}): Promise<Relay> {
  const sockets = new Set<Socket>();
  let isFrozen = false;
  const pass = (from: Socket, to: Socket): void => {
    from.on('data', (bytes) => {
      if (isFrozen) return;
      if (delay === 0) to.write(bytes);
      else setTimeout(() => to.write(bytes), delay);
      if (bytesPerSecond === Number.POSITIVE_INFINITY) return;
      from.pause();
      setTimeout(() => from.resume(), (bytes.length / bytesPerSecond) * 1000);
    });
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
    sockets.add(from);
  };
  const server: Server = createServer((client) => {
    const target = connect({ host: host.address, port: host.port });
    pass(client, target);
    pass(target, client);
  });
  await new Promise<void>((resolve) => server.listen(0, host.address, resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    freeze() {
      isFrozen = true;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
