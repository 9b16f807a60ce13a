import { randomBytes } from 'node:crypto';
import type { Shell } from '../../runbook/runbook.ts';
import { quote } from '../../shell-text/quote.ts';
import type { Channel } from '../channel.ts';
import { type Host, HostError } from '../host.ts';
import type { Own } from './attempts.ts';
import { makeCall } from './call.ts';
import { encodeLine } from './encode-line.ts';
import { exportLines, fixedPath } from './environment.ts';
import { failure } from './failure.ts';
import { supervisorFile } from './prologue.ts';
import { type Reach, reach } from './reach.ts';

/** Lends the terminal to a shell, or to an interactive part, whose text goes before it into a file. sudo asks on the terminal itself. */
export async function openTerminal(
  channel: Channel,
  own: Own | undefined,
  what: Parameters<Host['terminal']>[0],
  signal: AbortSignal,
): Promise<number | null> {
  const { how, as } = await reach(channel, own === undefined ? what.as : 'login', signal);
  const line =
    what.script === undefined ? shellLine(how, as, own) : await layPart(channel, own, { ...what, script: what.script, how, as }, signal);
  try {
    const { code } = await channel.terminal(line, signal);
    return code;
  } catch (error) {
    if (error instanceof HostError && error.kind === 'lost') return null;
    throw error;
  }
}

function shellLine(how: Reach['how'], as: string, own: Own | undefined): string {
  if (own !== undefined) return ['cd', quote(own.folder), '&&', 'exec "${SHELL:-sh}"'].join(' ');
  if (as === 'login' || (as === 'root' && how === 'direct')) return 'cd; exec "${SHELL:-sh}" -l';
  if (as === 'root') return 'exec sudo -i';
  return how === 'direct' ? `exec su - ${quote(as)}` : `exec sudo -u ${quote(as)} -i`;
}

type Part = Pick<Reach, 'how' | 'as'> & { readonly script: string; readonly shell?: Shell; readonly env: Readonly<Record<string, string>> };

/** Puts the part's text where it will be read, and gives the line that reads it and takes it away. */
async function layPart(channel: Channel, own: Own | undefined, part: Part, signal: AbortSignal): Promise<string> {
  const token = randomBytes(16).toString('hex');
  const id = `terminal-${token}.part`;
  const shell = part.shell ?? 'bash';
  const path = own?.path ?? fixedPath;
  const folder = own?.folder ?? '-';
  const text = [encodeLine(exportLines(part.env)), encodeLine(part.script)];
  const records: (readonly string[])[] = [];
  await makeCall(
    channel,
    {
      words: ['hr_start', 'lay', id, token, '-', '-', ...text.map((line) => line.length), part.as, shell, 'one', 0, path, folder],
      input: text.map((line) => `${line}\n`),
      onRecord: (record) => records.push(record),
    },
    signal,
  );
  const base = records
    .find(([is]) => is === 'folder')
    ?.slice(1)
    .join(' ');
  if (base === undefined || !records.some(([is]) => is === 'laid')) throw failure(channel.host, records.at(-1) ?? [], '');
  const words = [`${base}/${supervisorFile}`, 'interactive', `${base}/${id}`, token, part.as, shell, folder];
  return `exec ${part.how === 'direct' ? '' : 'sudo '}env -i TERM="$TERM" HOME="$HOME" USER="$LOGNAME" PATH=${quote(path)} sh ${words.map(quote).join(' ')}`;
}
