import type { Plain } from '../runbook/scope.ts';
import { findCertificateKey } from './certificate-key.ts';
import { findJoinCommands, type JoinCommand } from './join-commands.ts';
import type { Parsed } from './parsed.ts';
import { checkValue } from './value-type.ts';

/**
 * Reads `endpoint`, `token`, `ca_hash` and, where it is printed, `certificate_key` from the join commands in these lines. Each is
 * checked strictly: the text comes from another machine and goes into the commands of the next ones. Several hashes are one value,
 * joined by commas, as kubeadm's flag takes them.
 */
export function readJoinFields(lines: readonly string[]): Parsed {
  const commands = findJoinCommands(lines);
  // The one for control planes says most; kubeadm prints it once for each token, and the first is as good as any.
  const main = commands.find((command) => command.certificateKey !== undefined) ?? commands[0];
  if (main === undefined) return { fields: {}, problems: [], missing: 'holds no "kubeadm join" command' };
  const problems: string[] = [];
  const key = main.certificateKey === undefined ? findCertificateKey(lines) : main.certificateKey;
  const found: Record<string, Plain | undefined> = {
    endpoint: keep(main.endpoint, isEndpoint, 'has no endpoint (HOST:PORT) in its join command'),
    token: keep(main.token, isToken, 'has no whole token (six and sixteen letters or digits) in its join command'),
    ca_hash: readHashes(main),
    certificate_key: key === undefined ? undefined : keep(key, isCertificateKey, 'has a certificate key that is not 64 hex digits'),
  };
  if (main.token === null || key === null) {
    problems.unshift('withholds its values: run it without --skip-token-print and --skip-certificate-key-print');
  }
  for (const other of commands) {
    if (other.endpoint !== main.endpoint) problems.push('names two different endpoints in its join commands');
    else if (other.hashes.join() !== main.hashes.join()) problems.push('names two different CA certificate hashes in its join commands');
  }
  return {
    fields: Object.fromEntries(Object.entries(found).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
    problems: [...new Set(problems)],
  };

  function keep(text: string | null | undefined, isRight: (text: string) => boolean, problem: string): string | undefined {
    if (text !== undefined && text !== null && isRight(text)) return text;
    if (text !== null) problems.push(problem);
    return undefined;
  }

  function readHashes({ hashes }: JoinCommand): string | undefined {
    // Up to 1.7 kubeadm printed none.
    if (hashes.length === 0) return undefined;
    return keep(hashes.join(','), isHashes, 'has a CA certificate hash that is not sha256: and 64 hex digits; the line may have been cut');
  }
}

const isToken = (text: string): boolean => /^[a-z0-9]{6}\.[a-z0-9]{16}$/.test(text);
const isCertificateKey = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);
const isHashes = (text: string): boolean => text.length < 4096 && text.split(',').every((hash) => /^sha256:[0-9a-f]{64}$/.test(hash));

/** `host:port`, `[v6]:port`, or an address alone as 1.4 and 1.5 print it. */
function isEndpoint(text: string): boolean {
  const [, bracketed, name = '', port] = /^(?:\[([^\]]{1,45})\]|([^[\]:]{1,253}))(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (port !== undefined && checkValue('port', port) !== null) return false;
  if (bracketed !== undefined) return bracketed.includes(':') && checkValue('ip', bracketed) === null;
  return checkValue(port === undefined ? 'ipv4' : 'host', name) === null;
}
