import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where handrail keeps everything: `HANDRAIL_DATA`, else the data directory of the platform. */
export function dataDirectory(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform = process.platform): string {
  const named = env['HANDRAIL_DATA'];
  if (named !== undefined && named !== '') return resolve(named);
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'handrail');
  if (platform === 'win32') return join(env['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local'), 'handrail', 'Data');
  const data = env['XDG_DATA_HOME'];
  // The specification says that a relative path there is to be ignored.
  return join(data?.startsWith('/') === true ? data : join(homedir(), '.local', 'share'), 'handrail');
}
