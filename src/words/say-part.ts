import { cleanLine } from '../output/clean.ts';
import { sayDuration } from './durations.ts';

/** What ran, on one line: which part of which attempt, and the beginning of its text. */
export function sayPart({
  kind,
  attempt,
  part,
  command,
}: {
  readonly kind: string;
  readonly attempt: number;
  readonly part: number;
  readonly command: string;
}): string {
  const [first = '', ...rest] = command.trim().split('\n');
  const which = `${attempt > 1 ? `attempt ${attempt}, ` : ''}${kind === 'undo' ? 'undo' : 'part'} ${part}`;
  return `${which}: ${cleanLine(first)}${rest.length === 0 ? '' : ' …'}`;
}

/** How a part ended. */
export function sayPartEnd({
  isOk,
  isUnknown,
  exit,
  why,
  ms,
}: {
  readonly isOk: boolean;
  readonly isUnknown: boolean;
  readonly exit: number | null;
  readonly why?: string | undefined;
  /** How long it took. */
  readonly ms: number;
}): string {
  const time = sayDuration(Math.max(0, ms));
  if (isUnknown) return `unknown. ${cleanLine(why ?? '')}`.trim();
  if (!isOk) return `failed after ${time}${exit === null ? '' : ` (exit code ${exit})`}.`;
  return `ended well after ${time}.`;
}
