import type { Call, Program, Run } from '../../program.ts';
import { absolute, fail } from '../../program.ts';
import type { World } from '../../world/world.ts';
import { isAddress, resolve } from '../address.ts';
import { healthText, versionJson } from '../api-server.ts';
import { page } from '../internet.ts';
import { reachFrom } from '../kubeconfig.ts';
import { readOptions } from '../options.ts';

/** The stand-in for curl: known addresses of the internet, and the API servers of the simulated cluster. */
export const curl: Program = function* (call, world) {
  const options = readOptions(call.argv.slice(1), {
    valued: [
      'output',
      'retry',
      'max-time',
      'connect-timeout',
      'cacert',
      'cert',
      'key',
      'write-out',
      'header',
      'request',
      'data',
      'resolve',
      'proto',
      'retry-delay',
      'user-agent',
    ],
    switches: [
      'fail',
      'silent',
      'show-error',
      'location',
      'insecure',
      'head',
      'remote-name',
      'verbose',
      'tlsv1.2',
      'retry-connrefused',
      'compressed',
      'ipv4',
    ],
    short: {
      o: 'output',
      m: 'max-time',
      E: 'cert',
      w: 'write-out',
      H: 'header',
      X: 'request',
      d: 'data',
      A: 'user-agent',
      f: 'fail',
      s: 'silent',
      S: 'show-error',
      L: 'location',
      k: 'insecure',
      I: 'head',
      O: 'remote-name',
      v: 'verbose',
      '4': 'ipv4',
    },
  });
  const [url] = options.words;
  if (options.unknown !== null)
    return yield* fail(2, `curl: option ${options.unknown}: is unknown`, "curl: try 'curl --help' or 'curl --manual' for more information");
  if (url === undefined)
    return yield* fail(2, 'curl: (2) no URL specified', "curl: try 'curl --help' or 'curl --manual' for more information");
  const isQuiet = options.has('silent') && !options.has('show-error');
  const end = (code: number, why: string): Run => fail(code, ...(isQuiet ? [] : [`curl: (${code}) ${why}`]));
  yield { wait: 300 };
  const got = fetchPage(call, world, url);
  if ('code' in got) return yield* end(got.code, got.why);
  if (got.status >= 400 && options.has('fail')) return yield* end(22, `The requested URL returned error: ${got.status}`);
  const target = options.value('output') ?? (options.has('remote-name') ? (url.split('/').at(-1) ?? 'index.html') : undefined);
  const body = options.has('head') ? `HTTP/2 ${got.status} \r\ncontent-type: text/plain\r\n\r\n` : got.body;
  if (target === undefined || target === '-') yield { out: body };
  else if (target !== '/dev/null') yield { write: { path: absolute(call, target), content: body } };
  const format = options.value('write-out');
  if (format !== undefined) yield { out: format.replaceAll('%{http_code}', String(got.status)).replaceAll('\\n', '\n') };
  return 0;
};

type Got = { readonly status: number; readonly body: string } | { readonly code: number; readonly why: string };

function fetchPage(call: Call, world: World, url: string): Got {
  const known = page(url);
  if (known !== undefined) return { status: 200, body: known };
  const [, scheme = 'http', host = '', given, path = '/'] = /^(?:(https?):\/\/)?([^/:]+)(?::(\d+))?(\/.*)?$/.exec(url) ?? [];
  const port = Number(given ?? (scheme === 'https' ? 443 : 80));
  if (host === '') return { code: 3, why: 'URL rejected: No host part in the URL' };
  const isKnownSite = /(^|\.)(k8s\.io|githubusercontent\.com|github\.com|projectcalico\.org|docker\.com|aliyun\.com)$/.test(host);
  if (isKnownSite) return { status: 404, body: '404: Not Found' };
  const addresses = isAddress(host) ? [host] : resolve(call, world, host);
  if (addresses.length === 0) return { code: 6, why: `Could not resolve host: ${host}` };
  for (const address of addresses) {
    const reached = reachFrom(call, world, address, port);
    if (reached.is === 'dropped') return { code: 35, why: `Recv failure: Connection reset by peer` };
    if (reached.is !== 'api-server') continue;
    const [name = '', query = ''] = path.split('?');
    const { version } = reached.cluster;
    const body =
      healthText(name, { isVerbose: query.includes('verbose'), version }) ?? (name === '/version' ? versionJson(version) : undefined);
    if (body !== undefined) return { status: 200, body };
    return {
      status: 403,
      body: JSON.stringify(
        {
          kind: 'Status',
          apiVersion: 'v1',
          status: 'Failure',
          message: `forbidden: User "system:anonymous" cannot get path "${name}"`,
          reason: 'Forbidden',
          code: 403,
        },
        null,
        2,
      ),
    };
  }
  return { code: 7, why: `Failed to connect to ${host} port ${port} after 0 ms: Couldn't connect to server` };
}
