/* Forms of times that are given: the one file of the lab's core that may use Date. */
import type { Call } from './program.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** An age as kubectl prints it: two units where the first is small. */
export function humanAge(ms: number): string {
  if (ms < -second) return '<invalid>';
  if (ms < 2 * minute) return `${Math.max(0, Math.floor(ms / second))}s`;
  if (ms < 10 * minute) return twoUnits(Math.floor(ms / minute), 'm', Math.floor((ms % minute) / second), 's');
  if (ms < 3 * hour) return `${Math.floor(ms / minute)}m`;
  if (ms < 8 * hour) return twoUnits(Math.floor(ms / hour), 'h', Math.floor((ms % hour) / minute), 'm');
  if (ms < 2 * day) return `${Math.floor(ms / hour)}h`;
  if (ms < 8 * day) return twoUnits(Math.floor(ms / day), 'd', Math.floor((ms % day) / hour), 'h');
  return `${Math.floor(ms / day)}d`;
}

/** A duration as kubeadm prints what is left of a token: one unit. */
export function shortAge(ms: number): string {
  if (ms < -second) return '<invalid>';
  if (ms < minute) return `${Math.max(0, Math.floor(ms / second))}s`;
  if (ms < hour) return `${Math.floor(ms / minute)}m`;
  if (ms < day) return `${Math.floor(ms / hour)}h`;
  if (ms < 365 * day) return `${Math.floor(ms / day)}d`;
  return `${Math.floor(ms / (365 * day))}y`;
}

const twoUnits = (first: number, a: string, then: number, b: string): string => `${first}${a}${then > 0 ? `${then}${b}` : ''}`;

/** Reads Go's way of writing a duration (`24h`, `1h30m`, `500ms`, `0`); undefined where it is none. */
export function readDuration(text: string): number | undefined {
  if (text === '0') return 0;
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
  const units: Record<string, number> = { ms: 1, s: second, m: minute, h: hour };
  let sum = 0;
  for (const [, amount = '', , unit = ''] of text.matchAll(/(\d+(\.\d+)?)(ms|s|m|h)/g)) sum += Number(amount) * (units[unit] ?? 0);
  return sum;
}

/** `2026-11-20T19:04:09Z` */
export const isoSeconds = (at: number): string => `${isoTime(at).slice(0, 19)}Z`;

/** `2026-11-20T19:04:09.218Z` */
export const isoTime = (at: number): string => new Date(at).toISOString();

/** The pieces of a moment of which programs make their own forms. */
export type Calendar = {
  readonly weekday: string;
  readonly month: string;
  readonly day: string;
  readonly year: string;
  /** `2026-11-20` */
  readonly date: string;
  /** `19:04:09` */
  readonly time: string;
  /** 0 is the first of January. */
  readonly dayOfYear: number;
};

/** Takes a moment apart, in UTC. */
export function calendar(at: number): Calendar {
  const text = new Date(at).toUTCString();
  const iso = isoTime(at);
  return {
    weekday: text.slice(0, 3),
    month: text.slice(8, 11),
    day: text.slice(5, 7),
    year: iso.slice(0, 4),
    date: iso.slice(0, 10),
    time: iso.slice(11, 19),
    dayOfYear: Math.floor((at - Date.UTC(Number(iso.slice(0, 4)), 0, 1)) / day),
  };
}

/** A line's head as Go programs of Kubernetes write their log: `W1120 19:04:01.701205    6825 checks.go:907] `. */
export function klog(call: Pick<Call, 'now' | 'pid' | 'random'>, level: 'I' | 'W' | 'E', source: string): string {
  const at = isoTime(call.now());
  const micros = String(call.random(1000)).padStart(3, '0');
  return `${level}${at.slice(5, 7)}${at.slice(8, 10)} ${at.slice(11, 23)}${micros} ${String(call.pid).padStart(7)} ${source}] `;
}
