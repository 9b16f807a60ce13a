import { cleanLine } from '../output/clean.ts';
import { HostError } from './host.ts';
import type { KeyNote } from './ssh-keys.ts';
import type { LoginTrace } from './ssh-login.ts';

/** How far a connection came; `ready` is a login that succeeded. */
export type Stage = 'tcp' | 'hello' | 'kex' | 'auth' | 'ready';

/** What is known of a connection that failed. */
export type FailedConnection = {
  /** As people know it, and where it was tried: `server77 (10.0.0.7)`. */
  readonly host: string;
  readonly place: string;
  readonly port: number;
  readonly user: string;
  readonly stage: Stage;
  readonly error: Error | undefined;
  /** What the host said that no message of the protocol carries: text before its greeting, or a banner. */
  readonly text: string;
  /** What went wrong in the way to the host: a ProxyCommand's last words, or what the jump host said. */
  readonly way: string | undefined;
  readonly trace: LoginTrace;
  readonly notes: readonly KeyNote[];
};

/** The sentence for each way in which a connection or login fails, and what to do next. */
export function connectionFailure(failed: FailedConnection): HostError {
  const { host, error, stage } = failed;
  if (error instanceof HostError) return error;
  const told = stage === 'auth' || stage === 'ready' ? loginFailure(failed) : reachFailure(failed);
  return new HostError(told.kind, host, told.says, told.advice, error === undefined ? {} : { cause: error });
}

type Told = { readonly kind: HostError['kind']; readonly says: string; readonly advice: string };

function reachFailure({ place, port, stage, error, text, way }: FailedConnection): Told {
  const unreachable = (says: string, advice: string): Told => ({ kind: 'unreachable', says, advice });
  const said =
    text
      .split('\n')
      .map(cleanLine)
      .find((line) => line.trim() !== '' && !line.startsWith('SSH-')) ?? '';
  const message = error?.message ?? '';
  if (way !== undefined)
    return unreachable(`The way to ${place} failed: ${cleanLine(way)}`, 'Check the jump host or the ProxyCommand with ssh itself.');
  if (/no matching|no common/i.test(message)) {
    const what = /no matching (.+)/.exec(message)?.[1] ?? 'key exchange algorithm';
    return unreachable(
      `${place} and handrail share no ${what}.`,
      'Update the ssh server there, or let it offer a method of today in its sshd_config.',
    );
  }
  switch (codeOf(error)) {
    case 'ENOTFOUND':
      return unreachable(`The name ${place} is not known.`, 'Check its address in the hosts file.');
    case 'EAI_AGAIN':
      return unreachable(
        `The name ${place} could not be looked up: no name server answers.`,
        'Check the network of this machine, or write the IP address in the hosts file.',
      );
    case 'ECONNREFUSED':
      return unreachable(
        `${place} answers, but nothing listens on port ${port}.`,
        'Check that sshd runs there, and on which port: port: 22',
      );
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
      return unreachable(
        `There is no way to ${place} from here.`,
        'Check the network and the address; a host behind another needs: jump: NAME',
      );
    case 'EACCES':
    case 'EPERM':
      return unreachable(`This machine forbids the connection to ${place}, port ${port}.`, 'Check the firewall rules of this machine.');
    default:
  }
  if (error instanceof StageTimeout && stage === 'tcp')
    return unreachable(
      `${place} did not answer in ${error.seconds} s. Is it on? Is a firewall between?`,
      'Check that it is on and can be reached from here.',
    );
  if (/exceeded maxstartups/i.test(text))
    return unreachable(`${place} takes no more logins just now.`, 'Wait half a minute and try again.');
  if (stage === 'hello' || stage === 'tcp' || /identification string|header line/i.test(message)) {
    const says = said === '' ? 'It says nothing.' : `It says: ${said.slice(0, 200)}`;
    return unreachable(`Port ${port} of ${place} does not speak SSH. ${says}`, 'Check the port: port: 22');
  }
  if (error instanceof StageTimeout)
    return unreachable(
      `${place} fell silent for ${error.seconds} s during the key exchange.`,
      'Check the network between, then try again.',
    );
  return unreachable(
    `${place} closed the connection during the key exchange${because(message)}.`,
    'Look into the log of sshd there, then try again.',
  );
}

function loginFailure({ place, user, error, text, trace, notes }: FailedConnection): Told {
  const refused = (says: string, advice: string): Told => ({
    kind: 'refused',
    says: [says, ...notes.map((note) => note.why)].join(' '),
    advice: notes[0]?.advice ?? advice,
  });
  const message = error?.message ?? '';
  const banner = text
    .split('\n')
    .map(cleanLine)
    .filter((line) => line.trim() !== '' && !line.startsWith('SSH-'));
  if (error instanceof PasswordExpired)
    return refused(`${user} must set a new password on ${place} first.`, `Log in by hand and set it: ssh ${user}@${bare(place)}`);
  if (/too many authentication failures/i.test(message))
    return refused(`${place} gave up after too many tries to log in.`, 'Name the key for this host: key: ~/.ssh/id_ed25519');
  if (trace.isUnanswered)
    return refused(
      `${trace.offered.length > 0 ? `${place} refused ${keysOf(trace)} of ${user}, and` : place} wants a password of ${user}, which nobody gave.`,
      'Start handrail where it can ask, or use a key that the agent holds.',
    );
  if (/all configured authentication methods failed/i.test(message)) return refused(whatWasRefused(place, user, trace), adviceOf(trace));
  if (error instanceof StageTimeout)
    return refused(
      `${place} did not finish the login of ${user} in ${error.seconds} s.`,
      'Look into the log of sshd there, then try again.',
    );
  if (banner.length > 0)
    return refused(
      `${place} refused the login of ${user}. It says: ${banner.join(' ').slice(0, 300)}`,
      'Ask who looks after that account.',
    );
  return refused(
    `${place} closed the connection during the login of ${user}${because(message)}.`,
    'Look into the log of sshd there, then try again.',
  );
}

function whatWasRefused(place: string, user: string, trace: LoginTrace): string {
  const { offered, gavePassword, takes } = trace;
  const given = [...(offered.length > 0 ? [keysOf(trace)] : []), ...(gavePassword ? ['the password'] : [])];
  const known = (takes ?? []).map(cleanLine).filter((method) => method !== '');
  const accepts = known.length > 0 ? ` It takes ${known.join(', ')}.` : '';
  return given.length === 0
    ? `There is no key or password with which to log in to ${place} as ${user}.${accepts}`
    : `${place} refused ${given.join(' and ')} of ${user}.${accepts}`;
}

function keysOf({ offered }: LoginTrace): string {
  return `the ${offered.length === 1 ? 'key' : 'keys'} ${offered.join(', ')}`;
}

function adviceOf({ offered, gavePassword }: LoginTrace): string {
  if (gavePassword && offered.length === 0) return 'Check the user and the password.';
  return 'Check the user, and put the public key there with: ssh-copy-id';
}

/** No answer within the limit of one stage. */
export class StageTimeout extends Error {
  readonly seconds: number;
  constructor(seconds: number) {
    super(`no answer in ${seconds} s`);
    this.seconds = seconds;
  }
}

/** The host wants a new password before anything else. */
export class PasswordExpired extends Error {}

function because(message: string): string {
  return message === '' || message === 'closed' ? '' : `: ${cleanLine(message)}`;
}

function bare(place: string): string {
  return /\((.+)\)$/.exec(place)?.[1] ?? place;
}

function codeOf(error: Error | undefined): string {
  return error !== undefined && 'code' in error ? String(error.code) : '';
}
