import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, writeWhole } from '../../private-files.ts';

/** A runbook's text, and that of the files it includes, by name. */
export type RunbookText = { readonly text: string; readonly includes: Readonly<Record<string, string>> };

/** Keeps a runbook in a run's folder as it is now. */
export async function copyRunbook(folder: string, { text, includes }: RunbookText): Promise<void> {
  await writeWhole(join(folder, 'runbook.md'), text);
  const names = Object.keys(includes);
  if (names.length > 0) await makeFolder(join(folder, 'includes'));
  // A name may hold a path: as one file name it cannot lead out of the folder.
  for (const name of names) await writeWhole(join(folder, 'includes', `=${encodeURIComponent(name)}`), includes[name] ?? '');
}

/** The runbook as it was when the run began. */
export async function readRunbookCopy(folder: string): Promise<RunbookText> {
  const includes: Record<string, string> = {};
  for (const file of await readdir(join(folder, 'includes')).catch(() => [])) {
    if (file.startsWith('=') && !file.includes('.new-')) {
      includes[decodeURIComponent(file.slice(1))] = await readFile(join(folder, 'includes', file), 'utf8');
    }
  }
  return { text: await readFile(join(folder, 'runbook.md'), 'utf8'), includes };
}

/** The digest of a runbook as the journal's first event holds it. */
export function runbookDigest({ text, includes }: RunbookText): string {
  const sorted = Object.entries(includes).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(sorted.length === 0 ? text : JSON.stringify([text, sorted]))
    .digest('hex');
}
