import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { type Cluster, fourMachines, startCluster } from './cluster.ts';
import { operatorHome } from './operator-home.ts';

export const passphrase: string = 'a passphrase with blanks';
export const sudoPassword: string = 'sudo-of-78-Ostrich';
export const loginPassword: string = 'login-of-lb-Penguin';

/** Every host is logged in to in another way, and one wants a password for sudo. */
export async function startGuardedCluster({
  speed,
}: {
  readonly speed?: number;
} = {}): Promise<{ readonly cluster: Cluster; readonly agentSocket: string }> {
  const operator = operatorHome();
  const inAgent = operator.makeKey('in-agent');
  const agentSocket = await operator.startAgent([inAgent.file]);
  rmSync(inAgent.file);
  const locked = operator.makeKey('locked', passphrase);
  const behindJump = operator.makeKey('behind-jump');
  // A name that only the jump host knows: there is no other way to server79.
  const inner = `127.${randomInt(64, 128)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;
  const access: Readonly<Record<string, Partial<(typeof fourMachines)[number]>>> = {
    lb: {
      test: {
        users: [{ name: 'ops', password: loginPassword }],
        sshdConfig: ['PasswordAuthentication no', 'KbdInteractiveAuthentication yes'],
        setUp: `echo '${inner} inner79' >>/etc/hosts`,
      },
    },
    server77: { test: { users: [{ name: 'ops', keys: [inAgent.publicKey] }] } },
    server78: {
      access: { key: locked.file },
      test: { users: [{ name: 'ops', keys: [locked.publicKey], password: sudoPassword }], sudoers: ['ops ALL=(ALL:ALL) ALL'] },
    },
    server79: {
      ssh: 'inner79',
      access: { key: behindJump.file, jump: 'lb' },
      test: { address: inner, users: [{ name: 'ops', keys: [behindJump.publicKey] }] },
    },
  };
  const cluster = await startCluster(
    fourMachines.map((machine) => ({ ...machine, ...access[machine.name] })),
    { operator, ...(speed === undefined ? {} : { speed }) },
  );
  return { cluster, agentSocket };
}
