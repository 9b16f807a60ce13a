import type { Clock } from '../clock.ts';
import type { Setup } from '../plan/plan.ts';
import type { Host, Hosts } from './host.ts';
import { openConsole } from './local.ts';
import { hostOver } from './remote-run/host-over.ts';
import { openSshChannels, type SshOptions } from './ssh-channels.ts';

/** Opens the hosts of a set-up and the console. Nothing is contacted before it is used; what is asked, is asked once for all of them. */
export function openHosts(setup: Setup, options: SshOptions & { readonly clock: Clock }): Hosts {
  const channels = openSshChannels(setup.hosts, options);
  const console = openConsole(options.clock);
  const hosts = new Map<string, Host>();
  return {
    console,
    get(name) {
      if (name === 'console') return console;
      const known = hosts.get(name);
      if (known !== undefined) return known;
      const found = setup.hosts.find((host) => host.name === name);
      if (found === undefined) throw new Error(`no host named ${name} in this set-up`);
      const host = hostOver(channels.get(name), found, options.clock);
      hosts.set(name, host);
      return host;
    },
    async close() {
      channels.close();
      console.disconnect();
    },
  };
}
