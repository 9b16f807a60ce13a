/** A login user of a test host. */
export type TestUser = {
  readonly name: string;
  /** Without one the account takes no password. */
  readonly password?: string;
  /** Public keys, as lines of `authorized_keys`. */
  readonly keys?: readonly string[];
  readonly shell?: string;
};
/** A folder or file of this machine shown in the host; read-only unless said. */
export type TestMount = { readonly from: string; readonly to: string; readonly access?: 'read' | 'write' };
export type HostKeyType = 'ed25519' | 'ecdsa' | 'rsa';

export type TestHostOptions = {
  readonly name: string;
  /** A free loopback address unless said. */
  readonly address?: string;
  readonly port?: number;
  /** root always exists; name it here to give it keys or a password. */
  readonly users?: readonly TestUser[];
  /** Lines of `/etc/sudoers`, `ops ALL=(ALL:ALL) NOPASSWD: ALL`. */
  readonly sudoers?: readonly string[];
  /** Lines of `sshd_config`; they win over the harness's own. */
  readonly sshdConfig?: readonly string[];
  readonly hostKeys?: readonly HostKeyType[];
  readonly machineId?: string;
  readonly mounts?: readonly TestMount[];
  /** Size of the disk; a small one makes a full disk. */
  readonly size?: string;
  /** Takes the way that is taken where `/` cannot lie under an overlay. */
  readonly withoutOverlay?: boolean;
  /** A `sh -eu` script run once as root in the host, before its sshd first listens. */
  readonly setUp?: string;
};

export type RunResult = { readonly code: number | null; readonly out: string; readonly err: string };

/** A real sshd with its own file system, name, processes, users, keys and machine id on a loopback address. */
export type TestHost = {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** `type base64` of each host key, as in known_hosts. */
  readonly hostKeys: readonly string[];
  /** `SHA256:…` of the first host key. */
  readonly hostKeyFingerprint: string;
  readonly machineId: string;
  /** Runs a `sh` script as root in the host, past its sshd. */
  run(script: string, input?: string | Uint8Array): Promise<RunResult>;
  /** Ends every ssh connection to it as a broken line does; what runs there stays. */
  cutConnections(): Promise<void>;
  /** Loss of power: every process of it is gone when this resolves. */
  kill(): Promise<void>;
  /** Starts it (again) on the same disk with another boot id; resolves when sshd answers. */
  boot(): Promise<void>;
  /** `kill` and `boot`. In the host, the program `reboot` does the same. */
  reboot(): Promise<void>;
  /** Ends it and removes all it had. May be called twice. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};
