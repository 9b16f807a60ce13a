import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Attempt, Host, Reading, ReadResult } from '../../src/hosts/host.ts';

/** Shells that a host's `sh` may be. */
export const shells: readonly (readonly [string, readonly string[]])[] = [
  ['dash', ['dash']],
  ['bash', ['bash', '--posix']],
  ['busybox', ['busybox', 'sh']],
];

export type LocalMachine = {
  readonly host: Host;
  /** A folder of its own, gone when the machine is. */
  readonly folder: string;
  /** Runs what was sent as an attempt, in its own folder with its data. */
  run(
    send: Omit<Attempt, 'id'> | undefined,
    id?: string,
    options?: { readonly cutData?: number },
  ): { readonly code: number | null; readonly said: string };
  end(): void;
};

/** This machine as a host whose `sh` is one of the shells above. With busybox, its own tools stand before all others. */
export function localMachine([name, command]: readonly [string, readonly string[]], called = 'server1'): LocalMachine {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-steps-'));
  const attempts = join(folder, 'attempts');
  mkdirSync(attempts);
  const tools = join(folder, 'tools');
  if (name === 'busybox') {
    mkdirSync(tools);
    spawnSync('busybox', ['--install', '-s', tools]);
  }
  const env = { PATH: `${tools}:${process.env['PATH']}`, LC_ALL: 'C' };
  const [file = 'sh', ...first] = command;

  const read = async (reading: Reading): Promise<ReadResult> => {
    const script = join(folder, 'reading');
    writeFileSync(script, reading.script);
    const done = spawnSync(reading.shell === 'bash' ? 'bash' : file, [...(reading.shell === 'bash' ? [] : first), '-eu', script], {
      env: { ...env, ...reading.env },
      input: reading.stdin ?? '',
      maxBuffer: 2 ** 27,
      cwd: folder,
    });
    const limit = reading.limit ?? 2 ** 20;
    return {
      code: done.status ?? -1,
      out: new Uint8Array(done.stdout.subarray(0, limit)),
      err: new Uint8Array(done.stderr),
      isCut: done.stdout.length > limit,
    };
  };

  return {
    folder,
    host: { name: called, setup: { name: called, address: '127.0.0.1', roles: [], values: {} }, read } as unknown as Host,
    run(send, id = 'RUN.step.server1.1.1', { cutData = 0 } = {}) {
      if (send === undefined) throw new Error('There is nothing to send.');
      const own = join(attempts, id);
      mkdirSync(own, { recursive: true });
      writeFileSync(join(own, 'cmd'), send.script);
      if (send.data !== undefined) writeFileSync(join(own, 'data'), send.data.subarray(0, send.data.length - cutData));
      const done = spawnSync(file, [...first, '-eu', join(own, 'cmd')], {
        env: { ...env, HANDRAIL_ATTEMPT: own },
        cwd: folder,
        encoding: 'utf8',
      });
      return { code: done.status, said: `${done.stdout}${done.stderr}` };
    },
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}
