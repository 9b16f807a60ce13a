import { readJoinFields } from './join-fields.ts';
import type { Parsed } from './parsed.ts';

/** Reads the join values that `kubeadm init` prints after its success line, from 1.4 on. */
export function parseKubeadmInit(lines: readonly string[]): Parsed {
  const success = lines.findIndex((line) => successLine.test(line));
  if (success < 0) return { fields: {}, problems: [], missing: 'does not say that the control plane was initialised' };
  return readJoinFields(lines.slice(success));
}

/** `Kubernetes master initialised successfully!` (1.4, 1.5), `Your Kubernetes master has initialized …` (1.6 to 1.13), `… control-plane has …`. */
const successLine = /Kubernetes (?:master|control-plane) (?:has initialized|initialised) successfully!/;
