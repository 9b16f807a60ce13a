import type { Call, Run } from '../../program.ts';
import { err } from '../../program.ts';
import type { World } from '../../world/world.ts';
import { healthText, versionJson } from '../api-server.ts';
import type { Options } from '../options.ts';
import { client } from './client.ts';

/** `kubectl get --raw PATH` */
export function* rawPath(call: Call, world: World, options: Options, path: string): Run {
  const connection = yield* client(call, world, options, { isRaw: true });
  if (!connection) return 1;
  const [name = '', query = ''] = path.split('?');
  const health = healthText(name, { isVerbose: query.includes('verbose'), version: connection.cluster.version });
  if (health !== undefined) yield { out: health };
  else if (name === '/version') yield { out: versionJson(connection.cluster.version) };
  else {
    yield err('Error from server (NotFound): the server could not find the requested resource');
    return 1;
  }
  return 0;
}
