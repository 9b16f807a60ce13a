import type { Ended, Found, Offsets } from '../host.ts';

/** What a record says of an attempt; `undefined` where it says something else. `delivered` are the bytes known to be there. */
export function foundOf(words: readonly string[], delivered: Offsets): Found | undefined {
  const [is] = words;
  switch (is) {
    case 'absent':
    case 'not-started':
      return { is };
    case 'ended':
      return endedOf(words, delivered);
    case 'running':
      return { is, started: timeOf(words[1], words[2], words[3]) ?? 0 };
    case 'lost':
      return { is, ...startedOf(words), childrenAlive: words[4] === 'alive' };
    case 'rebooted':
      return { is, ...startedOf(words) };
    default:
      return undefined;
  }
}

/** `ended CODE UP-AT-END UP-AT-START CLOCK UP-AT-CLOCK OUT ERR` */
function endedOf(words: readonly string[], delivered: Offsets): Ended {
  const ended = timeOf(words[2], words[4], words[5]) ?? 0;
  return {
    is: 'ended',
    code: Number(words[1]),
    started: timeOf(words[3], words[4], words[5]) ?? ended,
    ended,
    written: { out: delivered.out + droppedOf(words[6]), err: delivered.err + droppedOf(words[7]) },
  };
}

function startedOf(words: readonly string[]): { started?: number } {
  const started = timeOf(words[1], words[2], words[3]);
  return started === undefined ? {} : { started };
}

/** A time noted as seconds since the boot, by a pair of both clocks read at one moment. */
function timeOf(up: string | undefined, clock: string | undefined, upThen: string | undefined): number | undefined {
  const time = seconds(clock) + seconds(up) - seconds(upThen);
  return Number.isFinite(time) ? Math.round(time * 1000) : undefined;
}

/** Where `date` knows no fractions it prints none, or a letter. */
function seconds(text: string | undefined): number {
  return Number(/^\d+(?:\.\d+)?/.exec(text ?? '')?.[0] ?? Number.NaN);
}

/** Bytes that the logger took from the command and did not keep: `dropped:N`. */
function droppedOf(end: string | undefined): number {
  return Number(/^dropped:(\d+)$/.exec(end ?? '')?.[1] ?? 0);
}
