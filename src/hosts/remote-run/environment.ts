import { quote } from '../../shell-text/quote.ts';

/** Where programs are looked for on a host. */
export const fixedPath: string = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Lines that set a part's own variables; an empty value is not set. Names come from the runbook, checked when it was read. */
export function exportLines(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => {
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`${name} is no name of a variable`);
      if (value.includes('\0')) throw new Error(`the value of ${name} holds a null byte`);
      return `export ${name}=${quote(value)}\n`;
    })
    .join('');
}

export type Wrapped = {
  readonly shell: 'bash' | 'sh';
  /** `root`, `login` or a user's name. */
  readonly as: string;
  readonly env: Readonly<Record<string, string>>;
  /** The user that ssh logs in as, where known. */
  readonly login?: string;
  /** The operator's own machine. */
  readonly isConsole?: boolean;
};

/** The fixed lines round a part's text, as they are shown to the operator who asks for them. Values that are secret are masked by the caller. */
export function wrapperText(what: Wrapped): string {
  const isOwn = what.isConsole === true || what.as === 'login' || what.as === what.login;
  const user = isOwn ? (what.isConsole === true ? 'the operator' : (what.login ?? 'the login user')) : what.as;
  const home = isOwn ? '~' : `~${what.as}`;
  const shell = what.shell === 'bash' ? 'bash -euo pipefail' : 'sh -eu';
  return [
    `# as ${user}, in a session of its own that goes on when the connection ends; the folder ~/.handrail/ATTEMPT keeps output and exit code`,
    ...(isOwn || what.login === 'root' ? [] : ["sudo -S -k -p '' -- …    # the password, if one is needed, on standard input"]),
    ...(isOwn || what.as === 'root' ? [] : [`runuser -u ${what.as} -- …`]),
    what.isConsole === true ? 'cd …    # where handrail was started' : `cd ${home}`,
    'umask 022',
    `env -i HOME=${home} USER=… LOGNAME=… LC_ALL=C HANDRAIL_ATTEMPT=… PATH=${what.isConsole === true ? '…    # the operator’s' : fixedPath}`,
    ...exportLines(what.env).trimEnd().split('\n').filter(Boolean),
    `${shell} ~/.handrail/ATTEMPT/script </dev/null`,
  ].join('\n');
}
