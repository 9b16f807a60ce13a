import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IndexedRun } from './run/disk/list-runs.ts';

/** What handrail keeps between runs, in `config.json` of its data directory. */
type Kept = {
  /** By number. Made again from the run folders wherever it differs from them. */
  readonly index: Readonly<Record<string, IndexedRun>>;
};

/** The index of the runs as it was kept last. Reads the file itself: loading conf takes 110 ms, and most commands keep nothing. */
export async function readIndex(dataDirectory: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(join(dataDirectory, 'config.json'), 'utf8').catch(() => '{}');
  try {
    const read: unknown = JSON.parse(text);
    const index = typeof read === 'object' && read !== null && 'index' in read ? read.index : {};
    return typeof index === 'object' && index !== null ? { ...index } : {};
  } catch {
    // Cut short or edited by hand: the folders tell all that stood in it.
    return {};
  }
}

/** Keeps the index of the runs. */
export async function keepIndex(dataDirectory: string, index: Kept['index']): Promise<void> {
  const { default: Conf } = await import('conf');
  const settings = new Conf<Kept>({
    cwd: dataDirectory,
    configName: 'config',
    configFileMode: 0o600,
    clearInvalidConfig: true,
    defaults: { index: {} },
  });
  settings.set('index', index);
}
