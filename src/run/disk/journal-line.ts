import { crc32 } from 'node:zlib';
import type { Event } from '../events/event.ts';

/** The line of a journal for an event, with its sum and its end. */
export function writeLine(event: Event): string {
  const text = JSON.stringify(event);
  return `${text.slice(0, -1)},"sum":"${sumOf(text)}"}\n`;
}

/** What a line without its end says: its event, or why it is none. */
export type ReadLine = { readonly is: 'event'; readonly event: Event } | { readonly is: 'broken' | 'newer'; readonly why: string };

/** Reads the line that should be the `n`th. */
export function readLine(line: string, n: number): ReadLine {
  const match = /^(\{.*),"sum":"([0-9a-f]{8})"\}$/s.exec(line);
  const text = `${match?.[1]}}`;
  if (match === null || sumOf(text) !== match[2]) return { is: 'broken', why: 'its checksum does not match' };
  const read: unknown = JSON.parse(text);
  if (!isRecord(read) || typeof read['type'] !== 'string' || typeof read['at'] !== 'string') return { is: 'broken', why: 'it is no event' };
  if (read['v'] !== 1) return { is: 'newer', why: `it is of version ${String(read['v'])}` };
  if (read['n'] !== n) return { is: 'broken', why: `event ${n} should stand there, not ${String(read['n'])}` };
  // The sum holds: this handrail, or one of the same version, wrote it.
  return { is: 'event', event: read as Event };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function sumOf(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}
