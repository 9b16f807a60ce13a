import type { Channel } from '../channel.ts';
import { HostError } from '../host.ts';

/** How a call gets the rights it needs, and the line it must be given for that. */
export type Reach = {
  readonly how: 'direct' | 'free' | 'password' | 'terminal';
  readonly as: string;
  readonly password: readonly string[];
};

/** Finds the way to run as `as`; users other than root and the login user are reached through root. Asks only where it must. */
export async function reach(channel: Channel, as: string, signal: AbortSignal): Promise<Reach> {
  if (as === 'login') return { how: 'direct', as, password: [] };
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]*\$?$/.test(as)) throw new Error(`${as} is no name of a user`);
  const { user, sudo } = await channel.login(signal);
  if (user === as && as !== 'root') return { how: 'direct', as: 'login', password: [] };
  switch (sudo.is) {
    case 'not-needed':
      return { how: 'direct', as, password: [] };
    case 'free':
      return { how: 'free', as, password: [] };
    case 'password':
      return { how: sudo.needsTerminal ? 'terminal' : 'password', as, password: [`${sudo.password}\n`] };
    case 'none':
      throw new HostError(
        'sudo',
        channel.host,
        `${user} cannot become ${as} on ${channel.host}: ${sudo.why}`,
        'Log in as root, or let this user use sudo.',
      );
    default:
      return sudo satisfies never;
  }
}
