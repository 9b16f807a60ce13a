/** What the user's ssh configuration says of one name. */
export type SshSettings = {
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** Paths, in the order in which they are tried; those that do not exist among them. */
  readonly keys: readonly string[];
  readonly onlyTheseKeys: boolean;
  /** The agent's socket; absent where there is none, or none is wanted. */
  readonly agent?: string;
  /** The names of the hops, the nearest to the console first. */
  readonly jumps: readonly string[];
  /** As the user's shell runs it, its tokens filled. */
  readonly proxyCommand?: string;
  readonly hostKeyAlias?: string;
  readonly userKnownHosts: readonly string[];
  readonly globalKnownHosts: readonly string[];
  readonly hashKnownHosts: boolean;
  /** An unknown host key is refused without a question. */
  readonly isStrict: boolean;
  readonly allows: { readonly key: boolean; readonly password: boolean; readonly keyboardInteractive: boolean };
};

/** A name to look up, with what the hosts file says of it already. */
export type SshQuery = { readonly name: string; readonly user?: string; readonly port?: number; readonly key?: string };

/** This machine as far as the configuration speaks of it; as OpenSSH takes it: the home of the account, not of `HOME`. */
export type Console = {
  readonly home: string;
  readonly user: string;
  readonly uid: number;
  readonly hostname: string;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** Makes settings of keywords in lower case and their values, as both `ssh -G` and a configuration file give them. */
export function settingsFrom(values: ReadonlyMap<string, readonly string[]>, query: SshQuery, local: Console): SshSettings {
  const first = (keyword: string): string | undefined => values.get(keyword)?.[0];
  const isOff = (keyword: string): boolean => ['no', 'false'].includes(first(keyword) ?? '');
  const address = first('hostname') ?? query.name;
  const port = Number(first('port') ?? 22);
  const user = first('user') ?? local.user;
  const fill = (text: string): string => fillTokens(text, { address, port, user, name: query.name }, local);
  const files = (keyword: string): readonly string[] =>
    (first(keyword) ?? '')
      .split(/\s+/)
      .filter((file) => file !== '' && file !== 'none')
      .map(fill);
  const agent = agentOf(first('identityagent'), local);
  const proxyCommand = first('proxycommand');
  const hostKeyAlias = first('hostkeyalias');
  return {
    address,
    port,
    user,
    // ssh itself leaves out a key that was named and does not exist, and so nobody is told.
    keys: [
      ...new Set(
        [...(query.key === undefined ? [] : [query.key]), ...(values.get('identityfile') ?? [])]
          .filter((file) => file !== 'none')
          .map(fill),
      ),
    ],
    onlyTheseKeys: ['yes', 'true'].includes(first('identitiesonly') ?? ''),
    ...(agent === undefined ? {} : { agent: fill(agent) }),
    jumps: (first('proxyjump') ?? 'none')
      .split(',')
      .map((hop) => hop.trim())
      .filter((hop) => hop !== '' && hop !== 'none'),
    ...(proxyCommand === undefined || proxyCommand === 'none' ? {} : { proxyCommand: fill(proxyCommand) }),
    ...(hostKeyAlias === undefined ? {} : { hostKeyAlias }),
    userKnownHosts: files('userknownhostsfile'),
    globalKnownHosts: files('globalknownhostsfile'),
    hashKnownHosts: ['yes', 'true'].includes(first('hashknownhosts') ?? ''),
    isStrict: ['yes', 'true'].includes(first('stricthostkeychecking') ?? ''),
    allows: {
      key: !isOff('pubkeyauthentication'),
      password: !isOff('passwordauthentication'),
      keyboardInteractive: !isOff('kbdinteractiveauthentication'),
    },
  };
}

/** Reads `[user@]name[:port]`, also `ssh://…` and `[IPv6]:port`, as `ProxyJump` writes a hop. */
export function readHop(hop: string): SshQuery {
  const [, user, bracketed, plain = '', port] = /^(?:ssh:\/\/)?(?:(.*)@)?(?:\[([^\]]+)\]|([^:]*|.*:.*:.*?))(?::(\d+))?\/?$/.exec(hop) ?? [];
  const name = bracketed ?? (plain === '' ? hop : plain);
  return { name, ...(user === undefined ? {} : { user }), ...(port === undefined ? {} : { port: Number(port) }) };
}

/** Fills `~`, `${VAR}` and the `%` tokens of ssh_config(5) that name things known before a connection. */
function fillTokens(
  text: string,
  target: { readonly address: string; readonly port: number; readonly user: string; readonly name: string },
  local: Console,
): string {
  const tokens: Readonly<Record<string, string>> = {
    '%': '%',
    d: local.home,
    h: target.address,
    i: String(local.uid),
    k: target.name,
    L: local.hostname.split('.')[0] ?? '',
    l: local.hostname,
    n: target.name,
    p: String(target.port),
    r: target.user,
    u: local.user,
  };
  return text
    .replace(/^~(?=\/|$)/, local.home)
    .replace(/\$\{(\w+)\}/g, (whole, name: string) => local.env[name] ?? whole)
    .replace(/%(.)/g, (whole, token: string) => tokens[token] ?? whole);
}

function agentOf(setting: string | undefined, { env }: Console): string | undefined {
  if (setting === 'none') return undefined;
  const socket = env['SSH_AUTH_SOCK'];
  if (setting === undefined || setting === 'SSH_AUTH_SOCK') return socket === '' ? undefined : socket;
  return setting.startsWith('$') && !setting.startsWith('${') ? env[setting.slice(1)] : setting;
}
