import type { Event } from '../events/event.ts';
import { readLine } from './journal-line.ts';
import { RunError } from './run-error.ts';

/**
 * All events of a journal. `length` is where the good lines end: what follows is the torn last line of a write that was cut short.
 * Throws `RunError` for a broken line that is not the torn last one; nothing is changed.
 */
export function readJournal(bytes: Uint8Array, file: string): { readonly events: readonly Event[]; readonly length: number } {
  const events: Event[] = [];
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let length = 0;
  for (let end = text.indexOf(10); end !== -1; end = text.indexOf(10, length)) {
    const read = readLine(text.toString('utf8', length, end), events.length + 1);
    if (read.is !== 'event') {
      // After a loss of power a file system may have given the file its length but not its content.
      if (read.is === 'broken' && text.indexOf(0, length) !== -1 && end === text.length - 1) break;
      throw unreadable(file, events.length + 1, read);
    }
    events.push(read.event);
    length = end + 1;
  }
  const first = events[0];
  if (first !== undefined && first.type !== 'run-started') throw unreadable(file, 1, { is: 'broken', why: 'a run begins otherwise' });
  return { events, length };
}

function unreadable(file: string, line: number, { is, why }: { readonly is: 'broken' | 'newer'; readonly why: string }): RunError {
  if (is === 'newer') {
    return new RunError('newer', `${file}:${line}: this line cannot be read: ${why}.`, 'Use the newer handrail that wrote it.');
  }
  const good = line - 1;
  const rescue =
    good === 0
      ? 'Put back a copy of the file'
      : `Put back a copy of the file, or go on from the ${good === 1 ? 'event' : `${good} events`} before: keep the file under another name, and put its first ${good} ${good === 1 ? 'line' : 'lines'} in its place (head -n ${good})`;
  return new RunError(
    'broken',
    `${file}:${line}: this line cannot be read: ${why}. Nothing was changed.`,
    good === 0 ? `${rescue}.` : `${rescue}; then handrail asks the hosts what came after.`,
  );
}
