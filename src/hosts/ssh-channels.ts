import type { SetupHost } from '../runbook/runbook.ts';
import { type Asker, HostError } from './host.ts';
import { createSecrets } from './secrets.ts';
import { type SshChannel, sshChannel } from './ssh-channel.ts';
import { openSshConfig } from './ssh-config.ts';
import { type Limits, usualLimits } from './ssh-connection.ts';
import { openKeyRings } from './ssh-keys.ts';
import { createLink, type Link, type LinkMeans, type Route } from './ssh-link.ts';
import { readHop, type SshQuery } from './ssh-settings.ts';
import { type Terminal, thisTerminal } from './ssh-terminal.ts';

export type SshOptions = {
  readonly asker: Asker;
  /** In place of the user's ssh configuration, as `ssh -F FILE`. */
  readonly sshConfig?: string;
  /** Unless said, that of this program. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly limits?: Partial<Limits>;
  /** What the operator should know and nobody waits for. */
  readonly tell?: (host: string, text: string) => void;
  readonly terminal?: Terminal;
};

/** One channel to each host of a set-up, each connected when first used; jump hosts and secrets are shared among them. */
export type SshChannels = { get(name: string): SshChannel; close(): void };

export function openSshChannels(hosts: readonly SetupHost[], options: SshOptions): SshChannels {
  const { asker, sshConfig, env = process.env, limits, tell = () => {}, terminal = thisTerminal(env) } = options;
  const config = openSshConfig({ env, ...(sshConfig === undefined ? {} : { file: sshConfig }) });
  const secrets = createSecrets(asker);
  const means: LinkMeans = {
    asker,
    secrets,
    keyRings: openKeyRings(secrets),
    accepted: new Map(),
    limits: { ...usualLimits, ...limits },
    env,
    tell,
  };
  const links = new Map<string, { readonly link: Link; place: string }>();
  const channels = new Map<string, SshChannel>();

  function linkFor(key: string, name: string, findRoute: () => Promise<Route>): { readonly link: Link; place: string } {
    const known = links.get(key);
    if (known !== undefined) return known;
    const made = {
      place: name,
      link: createLink(async () => {
        const route = await findRoute();
        made.place = route.place;
        return route;
      }, means),
    };
    links.set(key, made);
    return made;
  }

  function linkToHost(host: SetupHost): { readonly link: Link; place: string } {
    const query: SshQuery = {
      name: host.ssh ?? host.address,
      ...(host.user === undefined ? {} : { user: host.user }),
      ...(host.port === undefined ? {} : { port: host.port }),
      ...(host.key === undefined ? {} : { key: host.key }),
    };
    return linkFor(`host ${host.name}`, host.name, () => routeTo(host.name, query, host.jump, []));
  }

  async function routeTo(host: string, query: SshQuery, jump: string | undefined, before: readonly string[]): Promise<Route> {
    const settings = await config.lookUp(query);
    const place = host === settings.address ? host : `${host} (${settings.address})`;
    const { proxyCommand: _, ...direct } = settings;
    const via = jump === undefined ? viaHops(host, settings.jumps, before) : viaNamed(host, jump, before);
    return {
      host,
      place,
      settings: jump === undefined && via === undefined ? settings : direct,
      ...(query.key === undefined ? {} : { namedKey: query.key }),
      ...(via === undefined ? {} : { via }),
    };
  }

  /** `jump` of the hosts file: a host of this file, else a name of the ssh configuration. */
  function viaNamed(host: string, jump: string, before: readonly string[]): Route['via'] {
    const known = hosts.find(({ name }) => name === jump);
    return known === undefined ? viaHops(host, [jump], before) : { ...linkToHost(known).link, name: jump };
  }

  /** Each hop is looked up by its own name; only the first one goes on as its own configuration says. */
  function viaHops(host: string, hops: readonly string[], before: readonly string[]): Route['via'] {
    let via: Route['via'];
    for (const [index, hop] of hops.entries()) {
      const path = [...before, hop];
      if (path.length > 8 || before.includes(hop))
        throw new HostError(
          'unreachable',
          host,
          `The jump hosts of ${host} go round in a circle: ${path.join(', ')}.`,
          'Correct ProxyJump in your ssh configuration.',
        );
      const previous = via;
      const query = readHop(hop);
      const { link } = linkFor(`hop ${hops.slice(0, index + 1).join(',')}`, query.name, async () => {
        if (previous === undefined) return routeTo(query.name, query, undefined, path);
        const { proxyCommand: _, ...settings } = await config.lookUp(query);
        return { host: query.name, place: query.name, settings, via: previous };
      });
      via = { ...link, name: query.name };
    }
    return via;
  }

  return {
    get(name) {
      const host = hosts.find((one) => one.name === name);
      if (host === undefined) throw new Error(`no host named ${name} in this set-up`);
      const made = linkToHost(host);
      const channel = channels.get(name) ?? sshChannel({ host: name, place: () => made.place, link: made.link, secrets, terminal });
      channels.set(name, channel);
      return channel;
    },
    close() {
      for (const { link } of links.values()) link.drop();
    },
  };
}
