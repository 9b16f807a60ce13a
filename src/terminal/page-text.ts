import { constants, createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import { cleanChunks } from '../output/clean-chunks.ts';
import { type Environment, firstInstalled, runInTerminal } from './run-in-terminal.ts';

type Streams = { readonly input: NodeJS.ReadStream; readonly output: Pick<NodeJS.WriteStream, 'write'> };

/**
 * Shows a text, or a file of any size, in the user's pager, cleaned on the way; the terminal must be lent. Resolves when the operator
 * has left it: with null, or with what went wrong.
 */
export async function pageText(
  what: { readonly text: string } | { readonly file: string },
  env: Environment,
  { input, output }: Streams = { input: process.stdin, output: process.stdout },
): Promise<string | null> {
  const pager = env['PAGER']?.trim() || firstInstalled(['less', 'more'], env);
  if (pager === undefined) return 'There is no pager here: install less, or name one in PAGER.';
  if ('file' in what && !(await isReadable(what.file))) return `${what.file} is not there, or may not be read.`;
  const end = await runInTerminal(pager, [], { env: pagerEnvironment(env), input: cleanChunks(bytesOf(what)) });
  // Only less is known to wait for a key at the end of a short text.
  if (basename(pager.split(/\s/)[0] ?? '') !== 'less' || end.code !== 0) {
    output.write('\nEnter goes back to handrail. ');
    await nextKey(input);
  }
  if (end.code === 0) return null;
  return `The pager (${pager}) failed: ${end.code === null ? end.why : `it ended with exit code ${end.code}.`} Another can be named in PAGER.`;
}

/** A pager that runs no other program, keeps no history, and waits at the end of a text that fits on one screen. */
function pagerEnvironment(env: Environment): Environment {
  const { LESSOPEN: _open, LESSCLOSE: _close, ...rest } = env;
  return { ...rest, LESSSECURE: '1', PAGERSECURE: '1', LESSHISTFILE: '-', LESS: `${env['LESS'] ?? ''}$-+F` };
}

async function isReadable(file: string): Promise<boolean> {
  return await access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
}

async function* bytesOf(what: { readonly text: string } | { readonly file: string }): AsyncIterable<Uint8Array> {
  if ('text' in what) yield new TextEncoder().encode(what.text);
  else yield* createReadStream(what.file);
}

/** The terminal is cooked: a key comes with Enter. */
async function nextKey(input: NodeJS.ReadStream): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      input.off('data', done).off('end', done).pause();
      resolve();
    };
    input.on('data', done).on('end', done).resume();
  });
}
