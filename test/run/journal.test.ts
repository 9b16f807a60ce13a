import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import { openJournal } from '../../src/run/disk/journal.ts';
import { writeLine } from '../../src/run/disk/journal-line.ts';
import { readJournal } from '../../src/run/disk/read-journal.ts';
import type { Event, EventBody } from '../../src/run/events/event.ts';
import { fold } from '../../src/run/events/evolve.ts';
import { anyEvent, numbered, started } from './any-event.ts';
import { killAWriter } from './kill-a-writer.ts';
import { temporaryFolder } from './temporary-folder.ts';

const clock: Clock = { now: () => Date.UTC(2026, 0, 2), sleep: () => Promise.resolve() };
const note = (said: string): EventBody => ({ type: 'noted', text: said });

async function journalFile(events: readonly Event[] = []): Promise<string> {
  const file = join(await temporaryFolder(), 'journal.jsonl');
  await writeFile(file, events.map(writeLine).join(''));
  return file;
}

describe('a journal', () => {
  test('gives back what was appended, numbered from 1 and with the time of the clock', async () => {
    const file = join(await temporaryFolder(), 'journal.jsonl');
    const journal = await openJournal(file, clock);
    await journal.append(started);
    expect(await journal.append(note('a\u2028b\n"c"'))).toEqual({
      v: 1,
      n: 2,
      at: '2026-01-02T00:00:00.000Z',
      type: 'noted',
      text: 'a\u2028b\n"c"',
    });
    await journal.close();
    const again = await openJournal(file, clock);
    expect(again.events.map(({ n, type }) => [n, type])).toEqual([
      [1, 'run-started'],
      [2, 'noted'],
    ]);
    expect(again.torn).toBe(0);
    await again.close();
  });

  test('is one line of JSON an event, with the CRC-32 of the line without it as its sum', async () => {
    const [event] = numbered([note('x')]);
    const line = event === undefined ? '' : writeLine(event);
    expect(line).toBe('{"v":1,"n":1,"at":"2026-01-01T00:00:00.000Z","type":"noted","text":"x","sum":"a352dcfe"}\n');
  });

  test('is readable by its owner alone', async () => {
    const file = join(await temporaryFolder(), 'journal.jsonl');
    await (await openJournal(file, clock)).close();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('keeps the order of events that are appended at once', async () => {
    const file = await journalFile(numbered([started]));
    const journal = await openJournal(file, clock);
    const events = await Promise.all(Array.from({ length: 100 }, (_, i) => journal.append(note(String(i)))));
    expect(events.map((event) => event.n)).toEqual(Array.from({ length: 100 }, (_, i) => i + 2));
    await journal.close();
    const { events: read } = readJournal(await readFile(file), file);
    expect(read.slice(1)).toEqual(events);
  });

  test('cut at any byte opens with all events whose lines are whole, and goes on', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEvent, { maxLength: 6 }), fc.nat(), async (bodies, place) => {
        const events = numbered([started, ...bodies]);
        const lines = events.map(writeLine);
        const whole = Buffer.from(lines.join(''));
        const cut = whole.subarray(0, place % (whole.length + 1));
        let length = 0;
        const expected = events.filter((_, i) => {
          length += Buffer.byteLength(lines[i] ?? '');
          return length <= cut.length;
        });
        const file = join(await temporaryFolder(), 'journal.jsonl');
        await writeFile(file, cut);
        const journal = await openJournal(file, clock);
        expect(journal.events).toEqual(JSON.parse(JSON.stringify(expected)));
        fold(journal.events);
        await journal.append(expected.length === 0 ? started : note('and on'));
        await journal.close();
        expect(readJournal(await readFile(file), file).events.length).toBe(expected.length + 1);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  test('drops a torn last line when it is opened, and tells how long it was', async () => {
    const file = await journalFile(numbered([started]));
    await appendFile(file, '{"v":1,"n":2,');
    const journal = await openJournal(file, clock);
    expect(journal.torn).toBe(13);
    expect(journal.events.length).toBe(1);
    await journal.close();
  });

  test('drops zeros that a loss of power left at its end', async () => {
    const file = await journalFile(numbered([started]));
    await appendFile(file, `${'\0'.repeat(500)}"}\n`);
    const journal = await openJournal(file, clock);
    expect([journal.torn, journal.events.length]).toEqual([503, 1]);
    await journal.close();
  });

  test('with a changed byte is refused with the line and how to go on, and is left as it is', async () => {
    const file = await journalFile(numbered([started, note('first'), note('second')]));
    const good = await readFile(file, 'utf8');
    const bad = good.replace('"first"', '"fIrst"');
    await writeFile(file, bad);
    await expect(openJournal(file, clock)).rejects.toMatchObject({
      kind: 'broken',
      message: `${file}:2: this line cannot be read: its checksum does not match. Nothing was changed.`,
      advice: expect.stringContaining('head -n 1'),
    });
    expect(await readFile(file, 'utf8')).toBe(bad);
  });

  test('never reads a changed byte as another event', () => {
    const whole = Buffer.from(
      numbered([started, note('first'), note('second')])
        .map(writeLine)
        .join(''),
    );
    const events = readJournal(whole, 'j').events;
    fc.assert(
      fc.property(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const bytes = Buffer.from(whole);
        bytes[place] = (bytes[place] ?? 0) ^ change;
        let read: readonly Event[] = [];
        try {
          read = readJournal(bytes, 'j').events;
        } catch {
          // Refused: as it should be.
        }
        expect(read).toEqual(events.slice(0, read.length));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['a line that is missing', [1, 3], 'event 2 should stand there, not 3'],
    ['a line that stands twice', [1, 2, 2], 'event 3 should stand there, not 2'],
  ])('with %s is refused', async (_, order, why) => {
    const lines = numbered([started, note('a'), note('b')]).map(writeLine);
    const file = join(await temporaryFolder(), 'journal.jsonl');
    await writeFile(file, order.map((n) => lines[n - 1] ?? '').join(''));
    await expect(openJournal(file, clock)).rejects.toThrow(why);
  });

  test('of a newer handrail is refused as that, not as broken', async () => {
    const [event] = numbered([started]);
    const file = await journalFile([{ ...event, v: 2 } as unknown as Event]);
    await expect(openJournal(file, clock)).rejects.toMatchObject({ kind: 'newer' });
  });
});

describe('a full disk', () => {
  test('is told as that, takes back the part of the line that was written, and leaves a journal that goes on', async () => {
    const file = await journalFile(numbered([started]));
    // A limit on the size of files acts as a disk that is full does: the last write is cut short.
    const writer = join(import.meta.dirname, 'append-events.ts');
    const limited = spawn('bash', ['-c', 'ulimit -f 20; exec "$0" "$@"', process.execPath, writer, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [stdout, [code]] = await Promise.all([text(limited.stdout), once(limited, 'close')]);
    expect(code).toBe(3);
    expect(stdout).toContain('The disk is full: cannot write the journal');
    const bytes = await readFile(file);
    const { events, length } = readJournal(bytes, file);
    expect(length).toBe(bytes.length);
    expect(events.length).toBeGreaterThan(2);
    const journal = await openJournal(file, clock);
    expect((await journal.append(note('there is room again'))).n).toBe(events.length + 1);
    await journal.close();
  }, 30_000);
});

describe('a killed program', () => {
  test('loses no event that was acknowledged, and leaves a journal that opens', async () => {
    const file = await journalFile();
    for (let i = 0; i < 8; i++) {
      const acknowledged = await killAWriter(file, 3 + i * 2, (i * 131) % 900);
      const journal = await openJournal(file, clock);
      expect(journal.events.length).toBeGreaterThanOrEqual(acknowledged.at(-1) ?? 0);
      expect(journal.events.map((event) => event.n)).toEqual(journal.events.map((_, n) => n + 1));
      await journal.close();
    }
  }, 60_000);
});
