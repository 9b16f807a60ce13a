import { cleanLine, cleanLines } from '../output/clean.ts';
import type { Channel, ChannelInput, Login } from './channel.ts';
import { HostError } from './host.ts';
import type { Secrets } from './secrets.ts';

/** How root is reached, as far as can be told without a password. */
export type SudoProbe = {
  readonly user: string;
  readonly sudo:
    | { readonly is: 'not-needed' | 'free' }
    | { readonly is: 'password'; readonly needsTerminal: boolean }
    | { readonly is: 'none'; readonly why: string };
};

type Exec = Pick<Channel, 'exec'>;
/** `place` is known in full once there is a connection. */
type Where = { readonly host: string; readonly place: () => string };

/** Looks without asking: `-k` keeps a ticket of an earlier login from hiding that a password is needed. */
export async function probeSudo(channel: Exec, { host, place }: Where, signal: AbortSignal): Promise<SudoProbe> {
  const { out, err, code } = await collect(channel, 'id -un; [ "$(id -u)" = 0 ] && exit 0; LC_ALL=C sudo -k -n -- true', {}, signal);
  const user = cleanLine(out.split('\n')[0] ?? '');
  const refusal = /This account is currently not available|Password change required.*/i.exec(`${out}\n${err}`)?.[0];
  if (refusal !== undefined)
    throw /Password change/i.test(refusal)
      ? new HostError('refused', host, `The user must set a new password on ${place()} first.`, 'Log in by hand with ssh and set it.')
      : new HostError(
          'refused',
          host,
          `The user may not run commands on ${place()}. It says: ${refusal}.`,
          'Name another user for this host: user: ops',
        );
  if (user === 'root') return { user, sudo: { is: 'not-needed' } };
  if (code === 0) return { user, sudo: { is: 'free' } };
  if (says(err, /you must have a tty/)) return { user, sudo: { is: 'password', needsTerminal: true } };
  if (says(err, /password is required|password is necessary/)) return { user, sudo: { is: 'password', needsTerminal: false } };
  return { user, sudo: { is: 'none', why: whyNot(user, place(), err, code) } };
}

/** Finds how to become root, and asks for sudo's password where it needs one; again where it was wrong. */
export async function becomeRoot(channel: Exec, where: Where, secrets: Secrets, signal: AbortSignal): Promise<Login> {
  const { user, sudo } = await probeSudo(channel, where, signal);
  if (sudo.is !== 'password') return { user, sudo };
  const { host, place } = where;
  const opens = `sudo ${user}@${host}`;
  let { needsTerminal } = sudo;
  if (needsTerminal && (await collect(channel, 'LC_ALL=C sudo -k -n -- true', { withTerminal: true }, signal)).code === 0)
    return { user, sudo: { is: 'password', password: '', needsTerminal } };
  for (let attempt = 1; attempt <= 3; ) {
    const again = attempt === 1 ? '' : 'That was not right. ';
    const password = await secrets.get({
      host,
      what: 'sudo',
      prompt: `${again}sudo password of ${user} on ${place()}:`,
      echo: false,
      opens,
    });
    if (password === null)
      throw new HostError(
        'sudo',
        host,
        `sudo on ${place()} wants the password of ${user}, and nobody answered.`,
        'Start handrail where it can ask, or let sudo go without a password there.',
      );
    const stdin = Buffer.from(`${password}\n`);
    const tried = await collect(channel, "LC_ALL=C sudo -S -k -p '' -- true", { stdin, withTerminal: needsTerminal }, signal);
    const said = `${tried.err}\n${tried.out}`;
    if (tried.code === 0) return { user, sudo: { is: 'password', password, needsTerminal } };
    if (!needsTerminal && says(said, /you must have a tty/)) needsTerminal = true;
    else if (says(said, /Sorry, try again|incorrect password|no password was provided/)) {
      secrets.wrong(opens, password);
      attempt += 1;
    } else return { user, sudo: { is: 'none', why: whyNot(user, place(), said, tried.code) } };
  }
  throw new HostError(
    'sudo',
    host,
    `sudo on ${place()} refused three passwords of ${user}.`,
    `Try it by hand: ssh -t ${host} sudo -k true`,
  );
}

/** Noise may come first (an unknown own name, a syntax error elsewhere, the lecture): the line that decides is looked for. */
function whyNot(user: string, at: string, err: string, code: number | null): string {
  if (code === 127 || says(err, /sudo: (command )?not found/)) return `${user} is not root on ${at}, and sudo is not installed there.`;
  if (says(err, /not in the sudoers file|not allowed to run sudo|may not run sudo/))
    return `${user} may not use sudo on ${at}: not in the sudoers file.`;
  if (says(err, /is not allowed to execute/)) return `${user} may not run every command with sudo on ${at}.`;
  const line =
    cleanLines(err)
      .filter((text) => text.trim() !== '')
      .at(-1) ?? `code ${code}`;
  return `sudo does not work for ${user} on ${at}: ${line.slice(0, 200)}`;
}

function says(text: string, what: RegExp): boolean {
  return text.split('\n').some((line) => what.test(line));
}

type Collected = { readonly out: string; readonly err: string; readonly code: number | null };

async function collect(channel: Exec, commandLine: string, input: ChannelInput, signal: AbortSignal): Promise<Collected> {
  const out: Uint8Array[] = [];
  const err: Uint8Array[] = [];
  const { code } = await channel.exec(
    commandLine,
    { ...input, onOut: (bytes) => out.push(bytes), onErr: (bytes) => err.push(bytes) },
    signal,
  );
  return { out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString(), code };
}
