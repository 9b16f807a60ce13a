import { stringify } from 'yaml';
import type { Call, Program, Run } from '../../program.ts';
import { err, out } from '../../program.ts';
import type { World } from '../../world/world.ts';
import { versionJson } from '../api-server.ts';
import { readOptions } from '../options.ts';
import { releaseOf } from '../release.ts';
import { readYamlDocuments, textAt } from '../yaml-documents.ts';
import { apply } from './apply.ts';
import { client, commonOptions, kubeconfig, kubectlVersion, withCommon } from './client.ts';
import { describe } from './describe.ts';
import { badFlag, get } from './get.ts';
import { deleteNode, label, schedule, taint } from './node-commands.ts';
import { resourceKind } from './objects.ts';
import { rollout, wait } from './wait.ts';

/** The stand-in for kubectl. */
export const kubectl: Program = function* (call, world) {
  const [action, args] = actionOf(call.argv.slice(1));
  switch (action) {
    case 'get':
      return yield* get(call, world, args);
    case 'describe':
      return yield* describe(call, world, args);
    case 'apply':
    case 'create':
      return yield* apply(call, world, action, args);
    case 'delete': {
      const words = readOptions(args, withCommon({ valued: ['filename'], switches: [], short: { f: 'filename' } }));
      const type = (words.words[0] ?? '').split('/')[0] ?? '';
      if (words.value('filename') !== undefined) return yield* apply(call, world, 'delete', args);
      if (resourceKind(type)?.kind === 'Node') return yield* deleteNode(call, world, args);
      yield err(`error: the practice lab does not simulate "kubectl delete ${type}"`);
      return 1;
    }
    case 'taint':
      return yield* taint(call, world, args);
    case 'label':
      return yield* label(call, world, args);
    case 'cordon':
    case 'uncordon':
    case 'drain':
      return yield* schedule(call, world, action, args);
    case 'wait':
      return yield* wait(call, world, args);
    case 'rollout':
      return yield* rollout(call, world, args);
    case 'version':
      return yield* version(call, world, args);
    case 'cluster-info':
      return yield* clusterInfo(call, world, args);
    case 'config':
      return yield* config(call, args);
    case 'auth':
      return yield* auth(call, world, args);
    case '':
      yield out('kubectl controls the Kubernetes cluster manager.');
      return 0;
    default:
      yield err(`error: unknown command "${action}" for "kubectl"`);
      return 1;
  }
};

/** The command among the arguments: global options may stand before it. */
function actionOf(args: readonly string[]): readonly [string, readonly string[]] {
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    if (!word.startsWith('-')) return [word, [...args.slice(0, i), ...args.slice(i + 1)]];
    const name = word.startsWith('--') ? word.slice(2) : (commonOptions.short[word.slice(1)] ?? '');
    if (commonOptions.valued.includes(name)) i++;
  }
  return ['', []];
}

function* version(call: Call, world: World, args: readonly string[]): Run {
  const options = readOptions(args, withCommon({ valued: ['output'], switches: ['client', 'short'], short: { o: 'output' } }));
  if (options.unknown !== null) return yield* badFlag(options.unknown);
  const own = kubectlVersion(call, world);
  const { minor } = releaseOf(own);
  const format = options.value('output');
  if (format === 'json' && options.has('client')) {
    yield out(`{\n  "clientVersion": ${versionJson(own).replaceAll('\n', '\n  ')},\n  "kustomizeVersion": "v5.8.1"\n}`);
    return 0;
  }
  if (minor < 28 && !options.has('short'))
    yield out(
      `Client Version: version.Info{Major:"1", Minor:"${minor}", GitVersion:"v${own}", GitTreeState:"clean", Compiler:"gc", Platform:"linux/amd64"}`,
    );
  else yield out(`Client Version: v${own}`, ...(minor >= 28 ? [`Kustomize Version: v5.${minor >= 36 ? '8.1' : '7.1'}`] : []));
  if (options.has('client')) return 0;
  const connection = yield* client(call, world, options, { isRaw: true });
  if (!connection) return 1;
  const server = connection.cluster.version;
  yield out(
    minor < 28 && !options.has('short')
      ? `Server Version: version.Info{Major:"1", Minor:"${releaseOf(server).minor}", GitVersion:"v${server}", GitTreeState:"clean", Compiler:"gc", Platform:"linux/amd64"}`
      : `Server Version: v${server}`,
  );
  return 0;
}

function* clusterInfo(call: Call, world: World, args: readonly string[]): Run {
  const options = readOptions(args, withCommon({ valued: ['output'], switches: [] }));
  if (options.unknown !== null) return yield* badFlag(options.unknown);
  const connection = yield* client(call, world, options);
  if (!connection) return 1;
  const { minor } = releaseOf(kubectlVersion(call, world));
  const name = minor < 20 ? 'Kubernetes master' : 'Kubernetes control plane';
  const service = minor < 16 ? 'KubeDNS' : minor < 20 ? 'KubeDNS' : 'CoreDNS';
  yield out(
    `${name} is running at ${connection.url}`,
    `${service} is running at ${connection.url}/api/v1/namespaces/kube-system/services/kube-dns:dns/proxy`,
    '',
    "To further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.",
  );
  return 0;
}

function* config(call: Call, [action = '', ...args]: readonly string[]): Run {
  const options = readOptions(args, withCommon({ valued: ['output'], switches: ['minify', 'raw', 'flatten'], short: { o: 'output' } }));
  if (options.unknown !== null) return yield* badFlag(options.unknown);
  const found = kubeconfig(call, options);
  if ('error' in found) {
    yield err(found.error);
    return 1;
  }
  const [document = null] = readYamlDocuments(found.text ?? '').documents;
  if (action === 'current-context') {
    const context = textAt(document, 'current-context');
    if (context !== undefined) yield out(context);
    else yield err('error: current-context is not set');
    return context === undefined ? 1 : 0;
  }
  if (action !== 'view') {
    yield err(`error: the practice lab does not simulate "kubectl config ${action}"`);
    return 1;
  }
  const path = /^jsonpath=(.*)$/s.exec(options.value('output') ?? '');
  if (path) {
    const server = textAt(document, 'clusters', 0, 'cluster', 'server') ?? '';
    yield { out: (path[1] ?? '').includes('server') ? server : '' };
    return 0;
  }
  const text =
    document === null
      ? 'apiVersion: v1\nclusters: null\ncontexts: null\ncurrent-context: ""\nkind: Config\nusers: null\n'
      : stringify(document, { indentSeq: false, lineWidth: 0 });
  yield {
    out: options.has('raw')
      ? text
      : text
          .replace(/(certificate-authority-data|client-certificate-data|client-key-data): .*/g, '$1: DATA+OMITTED')
          .replace(/^preferences: \{\}\n/m, ''),
  };
  return 0;
}

function* auth(call: Call, world: World, args: readonly string[]): Run {
  const options = readOptions(args, withCommon({ valued: ['as'], switches: ['all-namespaces'], short: { A: 'all-namespaces' } }));
  const connection = yield* client(call, world, options);
  if (!connection) return 1;
  yield out('yes');
  return 0;
}
