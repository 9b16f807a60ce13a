import type { ParserName } from '../runbook/runbook.ts';
import { parseCertificateKey } from './certificate-key.ts';
import { readJoinFields } from './join-fields.ts';
import { parseKubeadmInit } from './kubeadm-init.ts';
import { parseKubectlNodes } from './kubectl-nodes.ts';
import type { Parsed } from './parsed.ts';

/** One parser: what it reads, which of its fields are there only sometimes, and which are secret. The field `''` is the value itself. */
export type NamedParser = {
  readonly parse: (lines: readonly string[]) => Parsed;
  readonly fields: readonly string[];
  readonly secretFields: readonly string[];
};

/** The parsers a capture may name, for the outputs of every version since 1.4. */
export const namedParsers: Readonly<Record<ParserName, NamedParser>> = {
  'kubeadm-init': {
    parse: parseKubeadmInit,
    fields: ['endpoint', 'token', 'ca_hash', 'certificate_key'],
    secretFields: ['token', 'certificate_key'],
  },
  'kubeadm-join-command': {
    parse: readJoinFields,
    fields: ['endpoint', 'token', 'ca_hash', 'certificate_key'],
    secretFields: ['token', 'certificate_key'],
  },
  'certificate-key': { parse: parseCertificateKey, fields: ['certificate_key'], secretFields: ['certificate_key'] },
  'kubectl-nodes': { parse: parseKubectlNodes, fields: [''], secretFields: [] },
};
