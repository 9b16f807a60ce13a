import { klog } from '../../moment.ts';
import type { Call, Part } from '../../program.ts';
import { err } from '../../program.ts';
import { type Cluster, machineOf, type World } from '../../world/world.ts';
import { connect, kubeconfigPaths } from '../kubeconfig.ts';
import type { OptionNames, Options } from '../options.ts';
import { releaseOf } from '../release.ts';

/** Options that every command of kubectl has. */
export const commonOptions: {
  readonly valued: readonly string[];
  readonly switches: readonly string[];
  readonly short: Readonly<Record<string, string>>;
} = {
  valued: ['kubeconfig', 'server', 'namespace', 'request-timeout', 'context', 'v'],
  switches: ['insecure-skip-tls-verify'],
  short: { s: 'server', n: 'namespace', v: 'v' },
};

/** A command's own options with the common ones. */
export const withCommon = (names: OptionNames): OptionNames => ({
  valued: [...commonOptions.valued, ...names.valued],
  switches: [...commonOptions.switches, ...names.switches],
  short: { ...commonOptions.short, ...names.short },
});

/** The installed kubectl's version. */
export const kubectlVersion = (call: Call, world: World): string =>
  machineOf(world, call.machine).packages['kubectl']?.version.split('-')[0] ?? '1.36.2';

/** The kubeconfig that kubectl uses: its text, or why it cannot be read. No file at all is an empty one. */
export function kubeconfig(call: Call, options: Options): { readonly text: string | undefined } | { readonly error: string } {
  const asked = options.value('kubeconfig');
  for (const path of asked !== undefined ? [asked] : kubeconfigPaths(call)) {
    const text = call.read(path);
    if (text !== undefined) return { text };
    if (call.exists(path)) return { error: `error: error loading config file "${path}": open ${path}: permission denied` };
    if (asked !== undefined) return { error: `error: stat ${path}: no such file or directory` };
  }
  return { text: undefined };
}

/** Connects, or says in kubectl's words why not; the value is then null and the exit code 1. `isRaw` asks for a path, without looking at what the server offers. */
export function* client(
  call: Call,
  world: World,
  options: Options,
  how: { readonly isRaw?: boolean } = {},
): Part<{ cluster: Cluster; url: string } | null> {
  const found = kubeconfig(call, options);
  if ('error' in found) {
    yield err(found.error);
    return null;
  }
  const connection = connect(call, world, found.text, options.value('server'));
  if (connection.is === 'connected') {
    yield { wait: 100 };
    return { cluster: connection.cluster, url: connection.url };
  }
  const host = connection.url.replace(/^https?:\/\//, '');
  const { minor } = releaseOf(kubectlVersion(call, world));
  if (!how.isRaw && minor >= 24) {
    const timeout = options.value('request-timeout') ?? '32s';
    const why = connection.url.startsWith('http://localhost') ? 'dial tcp 127.0.0.1:8080: connect: connection refused' : connection.why;
    for (let i = 0; i < 5; i++) {
      const quote =
        minor >= 30
          ? `"Unhandled Error" err="couldn't get current server API group list: Get \\"${connection.url}/api?timeout=${timeout}\\": ${why.replaceAll('"', '\\"')}"`
          : `couldn't get current server API group list: Get "${connection.url}/api?timeout=${timeout}": ${why}`;
      yield err(`${klog(call, 'E', 'memcache.go:265')}${quote}`);
      if (!connection.isRefused && !connection.why.includes('lookup')) yield { wait: 3000 };
    }
  }
  yield err(
    connection.isRefused || connection.url.startsWith('http://localhost')
      ? `The connection to the server ${connection.isRefused ? connection.at.replace(/^127\.0\.0\.1:8080$/, 'localhost:8080') : host} was refused - did you specify the right host or port?`
      : `Unable to connect to the server: ${connection.why}`,
  );
  return null;
}
