import type { Cluster, World } from '../../world/world.ts';
import { fixedText } from '../random-text.ts';
import type { Yaml } from '../yaml-documents.ts';

/** A Kubernetes object as `kubectl get -o json` shows it, and the cells of its row. */
export type KubernetesObject = {
  readonly namespace: string | null;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly at: number;
  readonly json: { readonly [key: string]: Yaml };
  /** Everything between NAME and AGE; a cell of null stands for the age. */
  readonly cells: readonly (string | null)[];
  readonly wideCells: readonly string[];
};
export type ResourceKind = {
  /** As in `node/cp1` and in messages. */
  readonly plural: string;
  readonly singular: string;
  readonly names: readonly string[];
  readonly kind: string;
  readonly isNamespaced: boolean;
  readonly group: string;
  readonly columns: readonly string[];
  readonly wideColumns: readonly string[];
  list(world: World, cluster: Cluster, now: number): readonly KubernetesObject[];
};

/** An id in the shape of a UUID, always the same for one text. */
export const uid = (seed: string): string => {
  const digits = fixedText(seed, 32, '0123456789abcdef');
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join('-');
};
