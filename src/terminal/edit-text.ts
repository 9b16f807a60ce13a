import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Environment, firstInstalled, runInTerminal } from './run-in-terminal.ts';

/** What became of a text in the editor. */
export type EditedText =
  | { readonly is: 'changed'; readonly text: string }
  | { readonly is: 'unchanged' }
  | { readonly is: 'failed'; readonly why: string };

/** Longest text taken back, in bytes: what is longer was not meant. */
const longest = 1024 * 1024;

/**
 * Lets the operator change a text in the user's editor; the terminal must be lent. The text stands in a file for this user alone, gone
 * with its folder when the editor has ended, so secrets must be masked in it. `name` tells the editor what kind of text it is.
 */
export async function editText(text: string, name: string, env: Environment): Promise<EditedText> {
  const editor = env['VISUAL']?.trim() || env['EDITOR']?.trim() || firstInstalled(['vi', 'nano'], env);
  if (editor === undefined) return failed('There is no editor here: name one in VISUAL or EDITOR.');
  const folder = await mkdtemp(join(tmpdir(), 'handrail-edit-'));
  try {
    const file = join(folder, name);
    await writeFile(file, text, { mode: 0o600, flag: 'wx' });
    const end = await runInTerminal(editor, [file], { env });
    if (end.code === null) return failed(`The editor (${editor}) failed: ${end.why} Nothing was changed. Another can be named in VISUAL.`);
    if (end.code !== 0)
      return failed(`The editor (${editor}) ended with exit code ${end.code}. Nothing was changed. Another can be named in VISUAL.`);
    return await takeBack(file, text);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function takeBack(file: string, before: string): Promise<EditedText> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) return failed('The editor left no file. Nothing was changed.');
  if (found.size > longest) return failed('The text became longer than 1 MiB. Nothing was changed.');
  const bytes = await readFile(file);
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    // Editors end the last line.
    return text === before || text === `${before}\n` ? { is: 'unchanged' } : { is: 'changed', text };
  } catch {
    return failed('The text is no longer UTF-8. Nothing was changed.');
  }
}

function failed(why: string): EditedText {
  return { is: 'failed', why };
}
