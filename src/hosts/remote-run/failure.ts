import { cleanLines } from '../../output/clean.ts';
import type { ChannelEnd } from '../channel.ts';
import { HostError } from '../host.ts';

/** The error that a record `failed …`, or none at all, stands for. `noise` is what else was said. */
export function failure(host: string, words: readonly string[], noise: string): HostError {
  const rest = words.slice(2).join(' ');
  const said = lastLine(noise);
  switch (words[0] === 'failed' ? words[1] : words[0]) {
    case 'upload':
      return new HostError('lost', host, `The command did not reach ${host} whole, and was not started.`, 'Try again.');
    case 'folder':
      return new HostError(
        'disk',
        host,
        `No folder can be written on ${host}: neither the home of the login user nor /var/tmp, /tmp or /dev/shm.`,
        'Make room there, or a home that can be written.',
      );
    case 'disk':
      return new HostError(
        'disk',
        host,
        `The disk of ${host} is full at ${rest}; the command was not started.`,
        'Make room there, then try again.',
      );
    case 'moved':
      return new HostError(
        'disk',
        host,
        `The folder that handrail uses on ${host} can no longer be written; ${rest} could be, but what was started before would not be found.`,
        'See what became of the home of the login user there.',
      );
    case 'sudo':
      return new HostError('sudo', host, `sudo on ${host} refused: ${said || 'it said nothing'}`, `Try it by hand there: sudo -k true`);
    case 'absent':
      return new HostError(
        'unsupported',
        host,
        `The supervisor did not start on ${host}${said && `: ${said}`}.`,
        'See whether processes can be started there.',
      );
    default:
      return new HostError(
        'unsupported',
        host,
        `${host} did not understand handrail${said && `: ${said}`}.`,
        'It needs a POSIX sh, and the usual tools.',
      );
  }
}

/** For a call that ended without saying how. */
export function callError(host: string, end: ChannelEnd, noise: string): HostError {
  const died = end.code === null || end.code > 97;
  if (died && end.code !== 127) return new HostError('lost', host, `What followed the command on ${host} was ended.`, 'Follow it again.');
  return failure(host, [], noise);
}

function lastLine(text: string): string {
  const lines = cleanLines(text).filter((line) => line.trim() !== '');
  return (lines.at(-1) ?? '').trim().slice(0, 200);
}
