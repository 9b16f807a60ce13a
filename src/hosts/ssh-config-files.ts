import { readdir, readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import SSHConfig from 'ssh-config';
import { HostError } from './host.ts';
import type { Console, SshQuery } from './ssh-settings.ts';

/**
 * Reads the configuration's files where OpenSSH is not installed. What the parser is known to read otherwise than OpenSSH (`Match`,
 * an `Include` that holds for some hosts only, canonical names) is refused: a wrong guess would reach another machine.
 */
export async function readConfigFiles(
  query: SshQuery,
  local: Console,
  file: string | undefined,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const user = join(local.home, '.ssh');
  const files =
    file !== undefined
      ? [{ file: resolve(file), folder: user, isNeeded: true }]
      : [
          { file: join(user, 'config'), folder: user, isNeeded: false },
          { file: '/etc/ssh/ssh_config', folder: '/etc/ssh', isNeeded: false },
        ];
  const values = new Map<string, readonly string[]>();
  if (query.user !== undefined) values.set('user', [query.user]);
  if (query.port !== undefined) values.set('port', [String(query.port)]);
  if (query.key !== undefined) values.set('identityfile', [query.key]);
  for (const source of files) {
    const text = await withIncludes(query, source, local, 0);
    for (const [keyword, value] of Object.entries(SSHConfig.parse(text).compute(query.name, { ignoreCase: true, matchExec: false }))) {
      const key = keyword.toLowerCase();
      const list = typeof value === 'string' ? [value] : value;
      if (key === 'identityfile') values.set(key, [...(values.get(key) ?? []), ...list]);
      else if (!values.has(key)) values.set(key, list);
    }
  }
  return withDefaults(values, query.name, local);
}

function withDefaults(
  values: ReadonlyMap<string, readonly string[]>,
  name: string,
  local: Console,
): ReadonlyMap<string, readonly string[]> {
  const folder = join(local.home, '.ssh');
  const given = values.get('hostname')?.[0];
  const hosts = [`${folder}/known_hosts`, `${folder}/known_hosts2`].join(' ');
  return new Map([
    ['identityfile', ['id_rsa', 'id_ecdsa', 'id_ed25519'].map((file) => join(folder, file))],
    ['globalknownhostsfile', ['/etc/ssh/ssh_known_hosts /etc/ssh/ssh_known_hosts2']],
    ['userknownhostsfile', [hosts]],
    ...values,
    ['hostname', [(given?.replaceAll('%h', name) ?? name).toLowerCase()]],
  ]);
}

type Source = { readonly file: string; readonly folder: string; readonly isNeeded: boolean };

async function withIncludes(query: SshQuery, source: Source, local: Console, depth: number): Promise<string> {
  const text = await readText(query, source);
  const lines = text.split('\n');
  let isForAll = true;
  const expanded: string[] = [];
  for (const [index, line] of lines.entries()) {
    const [, keyword = '', value = ''] = /^\s*([A-Za-z0-9]+)(?:\s*=\s*|\s+)(.*?)\s*$/.exec(line) ?? [];
    const refuse = (what: string): never => {
      throw new HostError(
        'unsupported',
        query.name,
        `${source.file}:${index + 1}: ${what} can only be read by OpenSSH, which is not installed here.`,
        'Install the OpenSSH client, or name another file: --ssh-config FILE',
      );
    };
    switch (keyword.toLowerCase()) {
      case 'match':
        if (value.toLowerCase() !== 'all') refuse('`Match`');
        isForAll = true;
        break;
      case 'canonicalizehostname':
        if (value.toLowerCase() !== 'no') refuse('`CanonicalizeHostname`');
        break;
      case 'host':
        isForAll = value === '*';
        break;
      case 'include': {
        if (!isForAll) refuse('An `Include` for some hosts only');
        if (depth >= 16) refuse('An `Include` this deep');
        const files = await includedFiles(value, source.folder, local);
        for (const file of files)
          expanded.push(await withIncludes(query, { ...source, file, isNeeded: false }, local, depth + 1), 'Host *');
        continue;
      }
      default:
    }
    expanded.push(line);
  }
  return expanded.join('\n');
}

async function readText(query: SshQuery, { file, isNeeded }: Source): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing && !isNeeded) return '';
    const why = error instanceof Error ? error.message : String(error);
    throw new HostError(
      'unsupported',
      query.name,
      `The ssh configuration cannot be read: ${why}`,
      'Name a file that can be: --ssh-config FILE',
      {
        cause: error,
      },
    );
  }
}

/** Paths of an `Include`, in the order of a shell: `*` and `?` only in the last part, as in `config.d/*`. */
async function includedFiles(value: string, folder: string, local: Console): Promise<readonly string[]> {
  const files: string[] = [];
  for (const [, quoted, bare = ''] of value.matchAll(/"([^"]*)"|(\S+)/g)) {
    const given = (quoted ?? bare).replace(/^~(?=\/)/, local.home);
    const path = isAbsolute(given) ? given : join(folder, given);
    if (!/[*?]/.test(path)) files.push(path);
    else {
      const parent = dirname(path);
      const pattern = path.slice(parent.length + 1).replace(/[.+^${}()|[\]\\]/g, '\\$&');
      const name = new RegExp(`^${pattern.replace(/\*+/g, '.*').replaceAll('?', '.')}$`);
      const names = await readdir(parent).catch((): string[] => []);
      files.push(
        ...names
          .filter((entry) => name.test(entry) && !entry.startsWith('.'))
          .sort()
          .map((entry) => join(parent, entry)),
      );
    }
  }
  return files;
}
