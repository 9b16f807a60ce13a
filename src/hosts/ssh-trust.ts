import { cleanLine } from '../output/clean.ts';
import { type Asker, HostError } from './host.ts';
import { fingerprint, hostKeyOrder, judgeKey, type KnownLine, keyType, knownName } from './known-hosts.ts';
import { addKnownHost, loadKnownHosts } from './known-hosts-files.ts';
import type { SshSettings } from './ssh-settings.ts';

/** Decides whether the key that a host shows is trusted; made anew for each connection, so that files just changed count. */
export type Trust = {
  /** Algorithms in the order in which they are to be offered. */
  readonly order: readonly string[];
  /** Resolves where the key is trusted; asks where it is unknown. Throws `HostError` of kind `untrusted` where it is not. */
  check(key: Uint8Array): Promise<void>;
  /** To be called when the host has proven to own the key: writes down what the operator accepted. */
  proven(): Promise<void>;
};

/** Keys that the operator accepted in this run, by known_hosts name: they hold where no file can be written, and nobody is asked twice. */
export type Accepted = Map<string, string>;

export async function openTrust(
  { host, place, settings }: { readonly host: string; readonly place: string; readonly settings: SshSettings },
  asker: Asker,
  accepted: Accepted,
  tell: (text: string) => void,
): Promise<Trust> {
  const name = knownName(settings.address, settings.port, settings.hostKeyAlias);
  const lines = await loadKnownHosts([...settings.userKnownHosts, ...settings.globalKnownHosts]);
  let toWrite: Uint8Array | undefined;

  async function ask(key: Uint8Array, knownTypes: readonly string[], hasAuthority: boolean): Promise<void> {
    const said = fingerprint(key);
    if (settings.isStrict)
      throw new HostError(
        'untrusted',
        host,
        `The host key of ${place} is not known (${typeOf(key)} ${said}), and your ssh configuration says StrictHostKeyChecking yes.`,
        `Add it to known_hosts by hand, after comparing: ssh-keyscan -p ${settings.port} ${settings.address}`,
      );
    const note = hasAuthority
      ? 'known_hosts names an authority for host certificates here; handrail cannot check certificates, so compare the fingerprint.'
      : undefined;
    const isTrusted = await asker.trustHostKey({
      host,
      address: settings.port === 22 ? settings.address : `${settings.address} port ${settings.port}`,
      keyType: typeOf(key),
      fingerprint: said,
      knownTypes,
      ...(note === undefined ? {} : { note }),
    });
    if (isTrusted !== true)
      throw new HostError(
        'untrusted',
        host,
        `The host key of ${place} is not known and was not accepted (${typeOf(key)} ${said}).`,
        `Compare it on the host: ssh-keygen -lf /etc/ssh/ssh_host_${shortType(key)}_key.pub`,
      );
    accepted.set(name, said);
    toWrite = key;
  }

  return {
    order: hostKeyOrder(lines, name),
    async check(key) {
      const verdict = judgeKey(lines, name, key);
      switch (verdict.is) {
        case 'known':
          return;
        case 'changed':
          throw changed(host, place, name, key, verdict.line);
        case 'revoked':
          throw new HostError(
            'untrusted',
            host,
            `The host key that ${place} shows is revoked (${verdict.line.file}:${verdict.line.line}): whoever has it may not be this host.`,
            'Do not connect. Ask who looks after this host for its new key.',
          );
        case 'unknown':
          if (accepted.get(name) !== fingerprint(key)) await ask(key, verdict.knownTypes, verdict.hasAuthority);
          return;
        default:
          verdict satisfies never;
      }
    },
    async proven() {
      const file = settings.userKnownHosts[0];
      const key = toWrite;
      toWrite = undefined;
      if (key === undefined || file === undefined) return;
      try {
        await addKnownHost(file, name, key, { hash: settings.hashKnownHosts });
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        tell(`The host key of ${place} is trusted for this run only: ${file} cannot be written (${why}).`);
      }
    },
  };
}

function changed(host: string, place: string, name: string, key: Uint8Array, line: KnownLine): HostError {
  return new HostError(
    'untrusted',
    host,
    `The host key of ${place} has changed: it shows ${typeOf(key)} ${fingerprint(key)}, and ${line.file}:${line.line} knows ${fingerprint(Buffer.from(line.key, 'base64'))}. It was reinstalled, or another machine answers in its place.`,
    `Find out which. If it was reinstalled, remove the old key: ssh-keygen -f ${line.file} -R '${name}'`,
  );
}

/** The type as the host names it: it has proven nothing yet, and may write there what it likes. */
function typeOf(key: Uint8Array): string {
  return cleanLine(keyType(key)).slice(0, 60);
}

function shortType(key: Uint8Array): string {
  const type = keyType(key);
  return type.includes('ed25519') ? 'ed25519' : type.includes('ecdsa') ? 'ecdsa' : 'rsa';
}
