import type { Taint, UnitSettings } from './world.ts';

/** What a token is for: joining, or only timing the uploaded certificates out. */
export type Token = {
  readonly token: string;
  /** Milliseconds since 1970; null lives for ever. */
  readonly expires: number | null;
  readonly usages: readonly string[];
  readonly description: string;
  readonly groups: readonly string[];
};

/** A machine as it stands before anything has been done to it. */
export type NewMachine = {
  readonly machine: string;
  readonly address: string;
  readonly hostname?: string;
  readonly os?: 'debian-12' | 'debian-13' | 'ubuntu-18.04' | 'ubuntu-22.04' | 'ubuntu-24.04';
  readonly cores?: number;
  /** MiB. */
  readonly memory?: number;
  readonly cgroups?: 1 | 2;
  readonly hasSwap?: boolean;
};

/**
 * What has happened in the simulated world, in the past tense. A fact that does not fit the world as it is when it is
 * told (a member announced while another is still a learner) changes nothing: who comes first wins.
 */
export type Fact =
  | ({ readonly type: 'machine-added'; readonly at: number } & NewMachine)
  | { readonly type: 'paced'; readonly by: number }
  | { readonly type: 'time-passed'; readonly ms: number }
  | { readonly type: 'name-resolved'; readonly name: string; readonly addresses: readonly string[] }
  | { readonly type: 'power-lost'; readonly machine: string; readonly at: number }
  | { readonly type: 'booted'; readonly machine: string; readonly at: number }
  | {
      readonly type: 'called';
      readonly call: string;
      readonly machine: string;
      readonly argv: readonly string[];
      readonly uid: number;
      readonly at: number;
    }
  | { readonly type: 'call-ended'; readonly call: string; readonly exit: number; readonly at: number }
  | { readonly type: 'swap-changed'; readonly machine: string; readonly isOn: boolean }
  | { readonly type: 'module-loaded'; readonly machine: string; readonly module: string; readonly isLoaded: boolean }
  | { readonly type: 'sysctl-set'; readonly machine: string; readonly key: string; readonly value: string }
  | { readonly type: 'hostname-set'; readonly machine: string; readonly hostname: string }
  | { readonly type: 'package-lists-read'; readonly machine: string; readonly sources: readonly string[] }
  | { readonly type: 'package-installed'; readonly machine: string; readonly package: string; readonly version: string }
  | { readonly type: 'package-removed'; readonly machine: string; readonly package: string }
  | { readonly type: 'package-held'; readonly machine: string; readonly package: string; readonly isHeld: boolean }
  | { readonly type: 'unit-enabled'; readonly machine: string; readonly unit: string; readonly isEnabled: boolean }
  | {
      readonly type: 'unit-started';
      readonly machine: string;
      readonly unit: string;
      readonly at: number;
      readonly settings?: UnitSettings;
    }
  | {
      readonly type: 'unit-stopped';
      readonly machine: string;
      readonly unit: string;
      readonly at: number;
      readonly isFailed?: boolean;
    }
  | { readonly type: 'images-pulled'; readonly machine: string; readonly images: readonly string[] }
  | {
      readonly type: 'cluster-created';
      readonly cluster: string;
      readonly machine: string;
      readonly version: string;
      readonly endpoint: string | null;
      readonly port: number;
      readonly podSubnet: string | null;
      readonly serviceSubnet: string;
      readonly dnsDomain: string;
      readonly imageRepository: string;
      readonly at: number;
    }
  | {
      readonly type: 'kubelet-configured';
      readonly machine: string;
      readonly cluster: string;
      readonly allowsSwap: boolean;
      readonly at: number;
    }
  | { readonly type: 'control-plane-started'; readonly machine: string; readonly cluster: string; readonly at: number }
  | { readonly type: 'member-announced'; readonly cluster: string; readonly machine: string; readonly member: string; readonly at: number }
  | { readonly type: 'member-promoted'; readonly cluster: string; readonly machine: string }
  | { readonly type: 'member-removed'; readonly cluster: string; readonly member: string }
  | {
      readonly type: 'node-registered';
      readonly cluster: string;
      readonly node: string;
      readonly machine: string;
      readonly version: string;
      readonly runtime: string;
      readonly at: number;
    }
  | { readonly type: 'node-removed'; readonly cluster: string; readonly node: string }
  | {
      readonly type: 'node-labelled';
      readonly cluster: string;
      readonly node: string;
      readonly label: string;
      readonly value: string | null;
    }
  | { readonly type: 'node-tainted'; readonly cluster: string; readonly node: string; readonly taint: Taint; readonly isPresent: boolean }
  | { readonly type: 'node-cordoned'; readonly cluster: string; readonly node: string; readonly isCordoned: boolean }
  | { readonly type: 'token-made'; readonly cluster: string; readonly token: Token }
  | { readonly type: 'token-deleted'; readonly cluster: string; readonly id: string }
  | { readonly type: 'certificates-uploaded'; readonly cluster: string; readonly key: string; readonly expires: number }
  | {
      readonly type: 'network-applied';
      readonly cluster: string;
      readonly name: 'calico' | 'flannel';
      readonly version: string;
      /** The pool that pods take their addresses from; null follows the cluster's. */
      readonly pool: string | null;
      readonly at: number;
    }
  | { readonly type: 'network-removed'; readonly cluster: string }
  /** `kind.group/name` of each, and the text's digest, by which a second apply knows it. */
  | { readonly type: 'object-applied'; readonly cluster: string; readonly object: string; readonly digest: string; readonly at: number }
  | { readonly type: 'object-deleted'; readonly cluster: string; readonly object: string }
  | { readonly type: 'machine-reset'; readonly machine: string; readonly at: number };
