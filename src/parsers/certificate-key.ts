import type { Parsed } from './parsed.ts';

/** The key under `[upload-certs] Using certificate key:`, as it stands there, or undefined. */
export function findCertificateKey(lines: readonly string[]): string | undefined {
  const heading = lines.findIndex((line) => /\[upload-certs\] Using certificate key:/.test(line));
  if (heading < 0) return undefined;
  const sameLine = /Using certificate key:\s*(\S+)/.exec(lines[heading] ?? '')?.[1];
  return (
    sameLine ??
    lines
      .slice(heading + 1)
      .find((line) => line.trim() !== '')
      ?.trim()
  );
}

/**
 * Reads what `kubeadm init phase upload-certs --upload-certs` prints (the key stands on the line after its heading), or the bare
 * line of `kubeadm certs certificate-key`. Without its flag the first ends well and has done nothing: that is told.
 */
export function parseCertificateKey(lines: readonly string[]): Parsed {
  const bare = lines.map((line) => line.trim()).filter((line) => /^[0-9a-f]{64}$/.test(line));
  const key = findCertificateKey(lines) ?? (bare.length === 1 ? bare[0] : undefined);
  if (key !== undefined && /^[0-9a-f]{64}$/.test(key)) return { fields: { certificate_key: key }, problems: [] };
  if (key !== undefined) return { fields: {}, problems: ['has a certificate key that is not 64 hex digits'] };
  const isSkipped = lines.some((line) => line.includes('[upload-certs] Skipping phase'));
  if (isSkipped) return { fields: {}, problems: ['says that the phase was skipped: run it with --upload-certs'] };
  return { fields: {}, problems: [], missing: 'holds no certificate key' };
}
