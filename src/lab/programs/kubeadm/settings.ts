/** What `kubeadm init` is to make, from flags or a file, with kubeadm's defaults filled in. */
export type InitSettings = {
  readonly version: string;
  readonly endpoint: string | null;
  readonly advertiseAddress: string;
  readonly port: number;
  readonly podSubnet: string | null;
  readonly serviceSubnet: string;
  readonly dnsDomain: string;
  readonly imageRepository: string | undefined;
  readonly nodeName: string;
  readonly criSocket: string | undefined;
  readonly token: string | undefined;
  /** Milliseconds; 0 for ever. */
  readonly tokenLife: number;
  readonly certificateKey: string | undefined;
  readonly allowsSwap: boolean;
  readonly allowsCgroups1: boolean;
  readonly taints: 'default' | 'none';
  readonly ignored: readonly string[];
};

/** What `kubeadm join` is to do. */
export type JoinSettings = {
  readonly endpoint: string;
  readonly token: string;
  readonly hashes: readonly string[];
  readonly skipsVerification: boolean;
  readonly controlPlane: { readonly certificateKey: string | undefined; readonly advertiseAddress: string | undefined } | null;
  readonly nodeName: string | undefined;
  readonly criSocket: string | undefined;
  readonly ignored: readonly string[];
};

/** Settings, or the message with which kubeadm ends; warnings come first either way. */
export type Settled<T> = { readonly settings: T | null; readonly error: string | null; readonly warnings: readonly string[] };
