import { createHash, createHmac } from 'node:crypto';

/** One line of a known_hosts file that names a key. */
export type KnownLine = {
  readonly file: string;
  readonly line: number;
  /** `@revoked`, `@cert-authority`, or empty. */
  readonly marker: string;
  readonly hosts: string;
  readonly type: string;
  /** base64. */
  readonly key: string;
};

/** What known_hosts says of a key, as OpenSSH decides it. */
export type Verdict =
  | { readonly is: 'known' }
  | { readonly is: 'revoked'; readonly line: KnownLine }
  | { readonly is: 'changed'; readonly line: KnownLine }
  /** `knownTypes`: other kinds of key that are known for this host; `hasAuthority`: an authority vouches for its host certificates. */
  | { readonly is: 'unknown'; readonly knownTypes: readonly string[]; readonly hasAuthority: boolean };

/** Reads the lines of one file; what OpenSSH would ignore (comments, broken lines) is left out. */
export function readKnownHosts(file: string, text: string): readonly KnownLine[] {
  return text.split('\n').flatMap((source, index) => {
    const [, marker = '', hosts, type, key] = linePattern.exec(source) ?? [];
    if (hosts === undefined || type === undefined || key === undefined) return [];
    return [{ file, line: index + 1, marker, hosts, type, key }];
  });
}

/** The name under which a host stands in known_hosts. An alias of the ssh configuration stands without its port. */
export function knownName(host: string, port: number, alias?: string): string {
  if (alias !== undefined) return alias.toLowerCase();
  return port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;
}

/** Decides about the key (in SSH's wire form) that a host shows. Revocation comes first, even where the key is listed as good too. */
export function judgeKey(lines: readonly KnownLine[], name: string, blob: Uint8Array): Verdict {
  const key = Buffer.from(blob).toString('base64');
  const type = keyType(blob);
  const mine = lines.filter((line) => isFor(line.hosts, name));
  const plain = mine.filter((line) => line.marker === '');
  const revoked = mine.find((line) => line.marker === '@revoked' && line.key === key);
  if (revoked !== undefined) return { is: 'revoked', line: revoked };
  if (plain.some((line) => line.key === key)) return { is: 'known' };
  const changed = plain.find((line) => line.type === type);
  if (changed !== undefined) return { is: 'changed', line: changed };
  return {
    is: 'unknown',
    knownTypes: [...new Set(plain.map((line) => line.type))],
    hasAuthority: mine.some((line) => line.marker === '@cert-authority'),
  };
}

/**
 * The host key algorithms to offer, those of known keys first: a server that has several keys then shows the one that is known,
 * and a changed one cannot hide behind another type.
 */
export function hostKeyOrder(lines: readonly KnownLine[], name: string): readonly string[] {
  const known = lines.filter((line) => line.marker === '' && isFor(line.hosts, name)).map((line) => line.type);
  const isKnown = (algorithm: string): boolean => known.includes(algorithm.startsWith('rsa-sha2') ? 'ssh-rsa' : algorithm);
  return [...algorithms.filter(isKnown), ...algorithms.filter((algorithm) => !isKnown(algorithm))];
}

/** The line to append for a key that was accepted; with the name hashed where the ssh configuration asks for it. */
export function knownHostsLine(name: string, blob: Uint8Array, salt?: Uint8Array): string {
  const hidden = salt === undefined ? name : `|1|${Buffer.from(salt).toString('base64')}|${hashOf(name, salt)}`;
  return `${hidden} ${keyType(blob)} ${Buffer.from(blob).toString('base64')}\n`;
}

/** `SHA256:…`, as `ssh-keygen -lf` prints it. */
export function fingerprint(blob: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

/** The type's name stands first in a key's wire form. */
export function keyType(blob: Uint8Array): string {
  const bytes = Buffer.from(blob);
  return bytes.length < 4 ? '' : bytes.toString('latin1', 4, 4 + bytes.readUInt32BE(0));
}

const algorithms = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
] as const;

const linePattern = /^\s*(?:(@\S+)\s+)?([^\s#@]\S*)\s+(\S+)\s+([A-Za-z0-9+/=]+)/;

function isFor(hosts: string, name: string): boolean {
  if (hosts.startsWith('|')) {
    const [, version, salt = '', hash] = hosts.split('|');
    return version === '1' && hashOf(name, Buffer.from(salt, 'base64')) === hash;
  }
  const patterns = hosts.toLowerCase().split(',');
  const hits = (some: readonly string[]): boolean => some.some((pattern) => covers(pattern, name));
  return (
    hits(patterns.filter((pattern) => !pattern.startsWith('!'))) &&
    !hits(patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1)))
  );
}

function hashOf(name: string, salt: Uint8Array): string {
  return createHmac('sha1', salt).update(name).digest('base64');
}

/** Whether a pattern of `*` and `?` covers the name: on a mismatch only the last star is taken back, so no line makes it slow. */
function covers(pattern: string, name: string): boolean {
  let at = 0;
  let i = 0;
  let star = -1;
  let resume = 0;
  while (i < name.length) {
    if (pattern[at] === '*') {
      star = at++;
      resume = i;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[i])) {
      at++;
      i++;
    } else if (star !== -1) {
      at = star + 1;
      i = ++resume;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
