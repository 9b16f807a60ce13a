import { spawn } from 'node:child_process';
import { readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Log, type LogOptions, type LogPlace, openLog } from '../../src/run/disk/log.ts';
import { createMasker, type Masker } from '../../src/run/secrets/mask.ts';
import { openVault } from '../../src/run/secrets/vault.ts';
import { killALogger } from './kill-a-logger.ts';
import { knownSecret, testOutput } from './log-output.ts';
import { temporaryFolder } from './temporary-folder.ts';

const mask = '••••••';
const name = { step: 'init', host: 'server77', attempt: 1, part: 1 };
const vault = openVault(Buffer.alloc(32, 1), 'run');

async function place(more: Partial<LogPlace> = {}): Promise<LogPlace & { readonly secrets: Masker }> {
  const secrets = createMasker();
  secrets.add(knownSecret);
  return { folder: await temporaryFolder(), vault, secrets, ...more };
}

function put(log: Log, said: string, stream: 'out' | 'err' = 'out'): void {
  log.write({ stream, offset: log.position()[stream], bytes: Buffer.from(said) });
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const read = (folder: string, ending: string): Promise<string> => readFile(join(folder, `logs/init/server77.1.1.${ending}`), 'utf8');

describe('a log', () => {
  test('is the output as it arrived, with secrets masked, in a file that greps', async () => {
    const at = await place();
    const log = openLog(name, at);
    for (const chunk of ['login ses', 'ame-op', 'en\r\n', '\u001b[1mdone\u001b[0m\n']) put(log, chunk);
    await log.end();
    expect(log.path).toBe('logs/init/server77.1.1.log');
    expect(await read(at.folder, 'log')).toBe(`login ${mask}\r\n\u001b[1mdone\u001b[0m\n`);
    expect(textOf(log.original().out)).toBe('login sesame-open\r\n\u001b[1mdone\u001b[0m\n');
  });

  test('shows what it writes', async () => {
    const shown: string[] = [];
    const log = openLog({ ...name, onOutput: (bytes, stream) => shown.push(`${stream} ${textOf(bytes)}`) }, await place());
    put(log, 'login sesame-open\n');
    put(log, 'oops\n', 'err');
    await log.end();
    expect(shown).toEqual(['out login ', `out ${mask}`, 'out \n', 'err oops\n']);
  });

  test('says which of its bytes came from stderr', async () => {
    const at = await place();
    const log = openLog(name, at);
    for (const [said, stream] of [
      ['one\n', 'out'],
      ['two sesame-open\n', 'err'],
      ['three\n', 'err'],
      ['four\n', 'out'],
      ['five\n', 'err'],
    ] as const) {
      put(log, said, stream);
    }
    await log.end();
    const bytes = Buffer.from(await read(at.folder, 'log'));
    const ranges = (await read(at.folder, 'err')).trimEnd().split('\n');
    const marked = ranges
      .map((line) => line.split(' ').map(Number))
      .map(([offset = 0, length = 0]) => bytes.toString('utf8', offset, offset + length));
    expect(marked).toEqual([`two ${mask}\nthree\n`, 'five\n']);
    expect(textOf(log.original().err)).toBe('two sesame-open\nthree\nfive\n');
    expect(textOf(log.original().out)).toBe('one\nfour\n');
  });

  test('is for its owner alone, and nothing of a secret is readable in it', async () => {
    const at = await place();
    const log = openLog(name, at);
    put(log, 'sesame-open and half of it: sesame-');
    log.close();
    const folder = join(at.folder, 'logs/init');
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const file of await readdir(folder)) {
      expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
      expect(await readFile(join(folder, file), 'latin1')).not.toContain('sesame-');
    }
  });

  test('gives back what came, whatever the chunks and the streams, closed and opened again anywhere', async () => {
    const chunk = fc.record({
      stream: fc.constantFrom('out' as const, 'err' as const),
      length: fc.nat({ max: 120 }),
      isReopened: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(chunk, { maxLength: 25 }), async (chunks) => {
        const at = await place();
        let log = openLog(name, at);
        const expected = { out: '', err: '' };
        for (const { stream, length, isReopened } of chunks) {
          const offset = log.position()[stream];
          const bytes = testOutput(stream, offset + length).subarray(offset);
          log.write({ stream, offset, bytes });
          expected[stream] += Buffer.from(bytes).toString('latin1');
          if (!isReopened) continue;
          log.close();
          log = openLog(name, at);
        }
        await log.end();
        const { out, err } = log.original();
        expect([Buffer.from(out).toString('latin1'), Buffer.from(err).toString('latin1')]).toEqual([expected.out, expected.err]);
        expect(await read(at.folder, 'log')).not.toContain('sesame-open');
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  test('takes no byte twice when output comes again, and refuses output that leaves bytes out', async () => {
    const log = openLog(name, await place());
    put(log, 'abcdef\n');
    log.write({ stream: 'out', offset: 3, bytes: Buffer.from('def\nghi\n') });
    expect(() => log.write({ stream: 'out', offset: 100, bytes: Buffer.from('x') })).toThrow('bytes 11 to 100 of out are missing');
    await log.end();
    expect(textOf(log.original().out)).toBe('abcdef\nghi\n');
  });

  test('tells its last lines', async () => {
    const log = openLog(name, await place());
    put(log, 'one\ntwo sesame-open\nthree\n');
    await log.end();
    expect(log.tail(2)).toEqual([`two ${mask}`, 'three']);
  });

  test('keeps nothing but its first and last bytes when it grows too long, and says what is left out', async () => {
    const at = await place({ sizes: { whole: 20_000, kept: 5_000 } });
    const log = openLog(name, at);
    const lines = Array.from({ length: 9_000 }, (_, i) => `line ${String(i).padStart(5, '0')}\n`);
    for (const [i, line] of lines.entries()) put(log, line, i % 100 === 0 ? 'err' : 'out');
    await log.end();
    const kept = await read(at.folder, 'log');
    const whole = lines.join('');
    const gap = `\n[handrail: ${whole.length - 10_000} bytes are left out here]\n`;
    expect(kept.slice(5_000, -5_000)).toBe(gap);
    // The order of lines of two streams is that of arrival, but for a word that may yet become a secret.
    expect(kept.slice(0, 4_900)).toBe(whole.slice(0, 4_900));
    expect(kept.slice(-4_900)).toBe(whole.slice(-4_900));
    const errors = await read(at.folder, 'err');
    const again = openLog(name, at);
    await again.end();
    expect(await read(at.folder, 'err')).toBe(errors);
    const marked = errors.trimEnd().split('\n');
    for (const [offset = 0, length = 0] of marked.map((line) => line.split(' ').map(Number))) {
      expect(kept.slice(offset, offset + length)).toMatch(/^line [0-9]{3}00\n$/);
    }
  });

  test('begins anew where a loss of power left its files in disorder, since the host still has the output', async () => {
    const at = await place();
    const log = openLog(name, at);
    put(log, 'some output\n');
    log.close();
    const file = join(at.folder, 'logs/init/server77.1.1.log');
    await writeFile(file, '\0'.repeat(12));
    const again = openLog(name, at);
    expect(again.position()).toEqual({ out: 0, err: 0 });
    put(again, 'some output\n');
    await again.end();
    expect(await read(at.folder, 'log')).toBe('some output\n');
  });

  test('goes on from the last whole position where the newest is torn', async () => {
    const at = await place();
    const log = openLog(name, at);
    put(log, 'first line\n');
    put(log, 'second line\n');
    log.close();
    const file = join(at.folder, 'logs/init/server77.1.1.pos');
    await truncate(file, (await stat(file)).size - 5);
    const again = openLog(name, at);
    expect(again.position()).toEqual({ out: 11, err: 0 });
    put(again, 'second line\n');
    await again.end();
    expect(await read(at.folder, 'log')).toBe('first line\nsecond line\n');
  });

  test('that has ended may be opened and ended again', async () => {
    const at = await place();
    const log = openLog(name, at);
    put(log, 'all of it\n');
    await log.end();
    const again = openLog(name, at);
    expect(again.position()).toEqual({ out: 10, err: 0 });
    await again.end();
    expect(await read(at.folder, 'log')).toBe('all of it\n');
  });
});

describe('a log that holds back', () => {
  const shownBy = async (hold: LogOptions['hold'], act: (log: Log, shown: string[], at: LogPlace) => void): Promise<readonly string[]> => {
    const shown: string[] = [];
    const at = await place();
    const log = openLog({ ...name, ...(hold === undefined ? {} : { hold }), onOutput: (bytes) => shown.push(textOf(bytes)) }, at);
    act(log, shown, at);
    await log.end();
    return shown;
  };

  test('a line shows it masked when looking at the line has made a secret known', async () => {
    const at = await place();
    const looked: string[] = [];
    const look = (bytes: Uint8Array): void => {
      looked.push(textOf(bytes));
      const found = /^password is (.*)\n$/.exec(textOf(bytes))?.[1];
      if (found !== undefined) at.secrets.add(found);
    };
    const shown: string[] = [];
    const log = openLog({ ...name, hold: { until: 'line', look }, onOutput: (bytes) => shown.push(textOf(bytes)) }, at);
    put(log, 'hello\npassword ');
    expect(shown).toEqual(['hello\n']);
    put(log, 'is correct-horse');
    expect(shown).toEqual(['hello\n']);
    put(log, '\nagain correct-horse\nno end');
    expect(shown.join('')).toBe(`hello\npassword is ${mask}\nagain ${mask}\n`);
    await log.end();
    expect(shown.join('')).toBe(`hello\npassword is ${mask}\nagain ${mask}\nno end`);
    expect(looked).toEqual(['hello\n', 'password is correct-horse\n', 'again correct-horse\n', 'no end']);
  });

  test('all until the end shows each stream to the captures whole', async () => {
    const looked: string[] = [];
    const shown = await shownBy({ until: 'end', look: (bytes, stream) => looked.push(`${stream}: ${textOf(bytes)}`) }, (log, sofar) => {
      put(log, 'one\ntwo\n');
      put(log, 'oops\n', 'err');
      put(log, 'three\n');
      expect(sofar).toEqual([]);
    });
    expect(looked).toEqual(['out: one\ntwo\nthree\n', 'err: oops\n']);
    expect(shown.join('')).toBe('one\ntwo\nthree\noops\n');
  });

  test('is asked for what it held back again when it is opened anew', async () => {
    const at = await place();
    const hold = { until: 'line', look: () => undefined } as const;
    const log = openLog({ ...name, hold }, at);
    put(log, 'whole\nhalf');
    expect(log.position().out).toBe(10);
    log.close();
    expect(openLog({ ...name, hold }, at).position().out).toBe(6);
  });

  test('lets go line by line once it has held back sixteen MiB', async () => {
    const line = `${'x'.repeat(1_048_575)}\n`;
    const shown = await shownBy({ until: 'end', look: () => undefined }, (log, sofar) => {
      for (let i = 0; i < 16; i++) put(log, line);
      expect(sofar.length).toBe(0);
      put(log, line);
      expect(sofar.join('').length).toBe(17 * line.length);
    });
    expect(shown.join('').length).toBe(17 * line.length);
  }, 30_000);
});

/** Kills the program that writes the log until it was not quick enough; returns how often it was. */
async function killUntilItEnds(folder: string, output: readonly (number | string)[]): Promise<number> {
  for (let kills = 0; ; kills++) {
    const kill = { after: 5 + ((kills * 37) % 160), microseconds: (kills * 137) % 700 };
    if (await killALogger(folder, output, kill)) return kills;
  }
}

/** Does so with new folders until it was killed often enough, and hands each over when its log has ended. */
async function killOften(output: readonly (number | string)[], onEnd: (folder: string) => Promise<void>): Promise<void> {
  for (let kills = 0; kills < 5; ) {
    const folder = await temporaryFolder();
    kills += await killUntilItEnds(folder, output);
    await onEnd(folder);
  }
}

describe('a killed program', () => {
  test.each([['as it comes'], ['line']])(
    'loses and doubles no byte of a log (%s)',
    async (hold) => {
      const sizes = { whole: 4_000_000, kept: 1_000_000 };
      await killOften([800_000, 200_000, sizes.whole, hold], async (folder) => {
        const log = openLog(name, { ...(await place({ sizes })), folder });
        const { out, err } = log.original();
        log.close();
        expect(Buffer.compare(out, testOutput('out', 800_000))).toBe(0);
        expect(Buffer.compare(err, testOutput('err', 200_000))).toBe(0);
        expect(await read(folder, 'log')).not.toContain(knownSecret);
      });
    },
    60_000,
  );

  test('leaves out of a log that is too long what another would', async () => {
    const at = await place({ sizes: { whole: 100_000, kept: 25_000 } });
    const log = openLog(name, at);
    log.write({ stream: 'out', offset: 0, bytes: testOutput('out', 800_000) });
    await log.end();
    await killOften([800_000, 0, 100_000], async (folder) => {
      expect(await read(folder, 'log')).toBe(await read(at.folder, 'log'));
    });
  }, 60_000);
});

describe('a full disk', () => {
  test('is told once, and the log goes on where it is good when there is room', async () => {
    const folder = await temporaryFolder();
    // A limit on the size of files acts as a full disk does: the last write is cut short.
    const program = [process.execPath, join(import.meta.dirname, 'write-a-log.ts'), folder, '60000', '0', '4000000'];
    const limited = spawn('bash', ['-c', 'ulimit -f 24; exec "$0" "$@"', ...program], { stdio: ['ignore', 'ignore', 'pipe'] });
    const told = await text(limited.stderr);
    expect(told).toContain('The disk is full: cannot write the log');
    const at = await place({ folder });
    const log = openLog(name, { ...at, sizes: { whole: 4_000_000, kept: 1_000_000 } });
    const { out } = log.position();
    expect(out).toBeGreaterThan(10_000);
    log.write({ stream: 'out', offset: out, bytes: testOutput('out', 60_000).subarray(out) });
    await log.end();
    expect(Buffer.compare(log.original().out, testOutput('out', 60_000))).toBe(0);
  }, 30_000);
});
