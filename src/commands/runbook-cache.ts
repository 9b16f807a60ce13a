import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Runbook } from '../runbook/runbook.ts';

/** What was read from a file's text by one build of handrail. */
type Kept = { readonly build: string; readonly file: string; readonly text: string; readonly runbook: Runbook };

/** Set when handrail is built; run from its sources it keeps nothing. */
const build: string | undefined = process.env['HANDRAIL_BUILD'];
const folder = fileURLToPath(new URL('../.build/runbook-cache', import.meta.url));
/** More than these are not worth their place: the folder begins anew. */
const mostKept = 100;

/**
 * The runbook that `read` gives for a file's text; when this very text of this file was read before by this build, what came of it then.
 * Only what has no error and includes nothing is kept. A cache that cannot be read or written costs time and nothing else.
 */
export async function rememberedRunbook(file: string, text: string, read: () => Promise<Runbook | null>): Promise<Runbook | null> {
  if (build === undefined) return read();
  const kept = readKept(file);
  if (kept?.build === build && kept.file === file && kept.text === text) return kept.runbook;
  const runbook = await read();
  if (runbook?.phases.every(({ include }) => include === undefined)) keep({ build, file, text, runbook });
  return runbook;
}

function readKept(file: string): Kept | undefined {
  try {
    // Written by this program alone, beside its own code; whoever can change it can change that too.
    return JSON.parse(readFileSync(pathFor(file), 'utf8')) as Kept;
  } catch {
    return undefined;
  }
}

function keep(kept: Kept): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (readdirSync(folder).length >= mostKept) rmSync(folder, { recursive: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = pathFor(kept.file);
    const made = `${path}.${process.pid}`;
    writeFileSync(made, JSON.stringify(kept), { mode: 0o600 });
    renameSync(made, path);
  } catch {
    // Next time it is read anew.
  }
}

/** One file for each runbook's path; two that meet only take turns, since the path is compared. */
function pathFor(file: string): string {
  let sum = 5381;
  for (const char of file) sum = (sum * 33 + (char.codePointAt(0) ?? 0)) % 2 ** 48;
  return join(folder, `${sum.toString(36)}.json`);
}
