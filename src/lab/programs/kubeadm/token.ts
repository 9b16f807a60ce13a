import { isoSeconds, readDuration, shortAge } from '../../moment.ts';
import type { Call, Part, Run } from '../../program.ts';
import { out } from '../../program.ts';
import type { Cluster, World } from '../../world/world.ts';
import { readOptions } from '../options.ts';
import { bootstrapToken } from '../random-text.ts';
import { textTable } from '../text-table.ts';
import { adminConnection } from './admin-connection.ts';
import { endInError, kubeadmMinor, unknownFlag } from './ending.ts';
import { tokenShape } from './read-settings.ts';
import { joinCommand } from './success.ts';

/** The tokens that have not expired; the cluster's cleaner takes the others away. */
export const liveTokens = (cluster: Cluster, now: number): Cluster['tokens'] =>
  cluster.tokens.filter(({ expires }) => expires === null || expires > now);

/** Makes a token for joining that lives so long; 0 lives for ever. */
export function* makeToken(call: Call, cluster: string, token: string, life: number, description: string): Part<World> {
  return yield {
    change: {
      type: 'token-made',
      cluster,
      token: {
        token,
        expires: life === 0 ? null : call.now() + life,
        usages: ['authentication', 'signing'],
        description,
        groups: ['system:bootstrappers:kubeadm:default-node-token'],
      },
    },
  };
}

/** `kubeadm token create | delete | generate | list`. */
export function* token(call: Call, world: World, args: readonly string[]): Run {
  const minor = kubeadmMinor(call, world);
  const [action = '', ...rest] = args;
  const options = readOptions(rest, {
    valued: ['ttl', 'description', 'usages', 'groups', 'certificate-key', 'config', 'kubeconfig', 'output', 'v'],
    switches: ['print-join-command', 'dry-run'],
    short: { o: 'output', v: 'v' },
  });
  if (options.unknown !== null) return yield* endInError(minor, unknownFlag(options.unknown));
  if (action === 'generate') {
    yield out(bootstrapToken(call));
    return 0;
  }
  if (!['create', 'delete', 'list'].includes(action)) return yield* endInError(minor, `unknown command "${action}" for "kubeadm token"`);
  const connection = adminConnection(call, world, options.value('kubeconfig'));
  if (typeof connection === 'string') return yield* endInError(minor, connection);
  const { cluster, server } = connection;
  yield { wait: 200 };
  if (action === 'list') return yield* list(call, cluster, options.value('output'));
  if (action === 'delete') {
    for (const word of options.words) {
      const id = word.split('.')[0] ?? '';
      yield { change: { type: 'token-deleted', cluster: cluster.id, id } };
      yield out(`bootstrap token "${id}" deleted`);
    }
    return 0;
  }
  const made = options.words[0] ?? bootstrapToken(call);
  const life = readDuration(options.value('ttl') ?? '24h');
  if (!tokenShape.test(made))
    return yield* endInError(minor, `the bootstrap token "${made}" was not of the form "\\\\A([a-z0-9]{6})\\\\.([a-z0-9]{16})\\\\z"`);
  if (life === undefined)
    return yield* endInError(
      minor,
      `invalid argument "${options.value('ttl')}" for "--ttl" flag: time: invalid duration "${options.value('ttl')}"`,
    );
  if (liveTokens(cluster, call.now()).some((one) => one.token.split('.')[0] === made.split('.')[0]))
    return yield* endInError(minor, `a token with id "${made.split('.')[0]}" already exists`);
  yield* makeToken(call, cluster.id, made, life, options.value('description') ?? '');
  if (!options.has('print-join-command')) {
    yield out(made);
    return 0;
  }
  const key = options.value('certificate-key');
  // One line: what stood at the ends is taken away, what indented the next stays.
  const command = joinCommand(
    minor,
    { endpoint: server, token: made, cluster: cluster.id },
    '',
    key === undefined ? '' : `--control-plane --certificate-key ${key}`,
  );
  yield out(
    command
      .map((line) => line.replace(/\\$/, ''))
      .join('')
      .replaceAll('\t', ''),
  );
  return 0;
}

// kubeadm's table leaves room for `<forever>` and for the description that it once gave its own token.
const leastWidths = [0, 9, 0, 0, 56];

function* list(call: Call, cluster: Cluster, format: string | undefined): Run {
  const now = call.now();
  const tokens = liveTokens(cluster, now).toSorted((a, b) => (a.token < b.token ? -1 : 1));
  if (format === 'json') {
    for (const { token: text, expires, usages, description, groups } of tokens) {
      const found = {
        kind: 'BootstrapToken',
        apiVersion: 'output.kubeadm.k8s.io/v1alpha3',
        creationTimestamp: null,
        token: text,
        ...(description === '' ? {} : { description }),
        ...(expires === null ? {} : { expires: isoSeconds(expires) }),
        ...(usages.length > 0 ? { usages } : {}),
        ...(groups.length > 0 ? { groups } : {}),
      };
      yield out(JSON.stringify(found, null, 4));
    }
    return 0;
  }
  const rows = tokens.map(({ token: text, expires, usages, description, groups }) => [
    text,
    expires === null ? '<forever>' : shortAge(expires - now),
    expires === null ? '<never>' : isoSeconds(expires),
    usages.join(',') || '<none>',
    description || '<none>',
    groups.join(',') || '<none>',
  ]);
  if (rows.length > 0)
    yield out(...textTable([['TOKEN', 'TTL', 'EXPIRES', 'USAGES', 'DESCRIPTION', 'EXTRA GROUPS'], ...rows], leastWidths));
  return 0;
}
