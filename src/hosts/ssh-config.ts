import { execFile } from 'node:child_process';
import { hostname, userInfo } from 'node:os';
import { HostError } from './host.ts';
import { readConfigFiles } from './ssh-config-files.ts';
import { type Console, type SshQuery, type SshSettings, settingsFrom } from './ssh-settings.ts';

/** Looks names up in the user's ssh configuration; each name once. */
export type SshConfig = { lookUp(query: SshQuery): Promise<SshSettings> };

/**
 * Opens the user's ssh configuration, or `file` in its place. OpenSSH itself resolves it where it is installed (`ssh -G` contacts
 * nothing); else its files are read, and refused where reading them could differ from what OpenSSH does.
 */
export function openSshConfig(options: {
  readonly file?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The program; another name in tests. */
  readonly ssh?: string;
}): SshConfig {
  const local = thisConsole(options.env);
  const found = new Map<string, Promise<SshSettings>>();
  return {
    lookUp(query) {
      const key = JSON.stringify([query.name, query.user, query.port, query.key]);
      const known = found.get(key) ?? lookUp(query, local, options);
      found.set(key, known);
      return known;
    },
  };
}

async function lookUp(
  query: SshQuery,
  local: Console,
  { file, ssh = 'ssh', env }: { readonly file?: string; readonly ssh?: string; readonly env: Console['env'] },
): Promise<SshSettings> {
  const args = [
    ...['-T', '-G'],
    ...(file === undefined ? [] : ['-F', file]),
    ...(query.user === undefined ? [] : ['-l', query.user]),
    ...(query.port === undefined ? [] : ['-p', String(query.port)]),
    ...(query.key === undefined ? [] : ['-i', query.key]),
    ...['--', query.name],
  ];
  const answer = await run(ssh, args, env);
  if (answer.is === 'absent') {
    return settingsFrom(await readConfigFiles(query, local, file), query, local);
  }
  if (answer.is === 'failed')
    throw new HostError(
      'unsupported',
      query.name,
      `ssh cannot read its configuration for ${query.name}: ${answer.says}`,
      `Mend it, then try: ssh ${args.join(' ')}`,
    );
  return settingsFrom(keywords(answer.text), query, local);
}

function keywords(text: string): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  for (const line of text.split('\n')) {
    const [, keyword, value] = /^(\S+) (.*?)\s*$/.exec(line) ?? [];
    if (keyword === undefined || value === undefined) continue;
    values.set(keyword.toLowerCase(), [...(values.get(keyword.toLowerCase()) ?? []), value]);
  }
  return values;
}

type Answer = { readonly is: 'text'; readonly text: string } | { readonly is: 'absent' } | { readonly is: 'failed'; readonly says: string };

function run(program: string, args: readonly string[], env: Console['env']): Promise<Answer> {
  return new Promise((resolve) => {
    execFile(program, args, { env: { ...env, LC_ALL: 'C' }, timeout: 30_000, maxBuffer: 1 << 20 }, (error, stdout, stderr) => {
      if (error === null) resolve({ is: 'text', text: stdout });
      else if (error.code === 'ENOENT') resolve({ is: 'absent' });
      else resolve({ is: 'failed', says: stderr.trim().split('\n').at(-1) || error.message });
    });
  });
}

function thisConsole(env: Console['env']): Console {
  const { homedir, username, uid } = userInfo();
  return { home: homedir, user: username, uid, hostname: hostname(), env };
}
