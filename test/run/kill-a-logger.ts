import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** Starts `write-a-log.ts`, kills it after so many writes and a moment more; true when it was faster and has ended the log. */
export async function killALogger(
  folder: string,
  output: readonly (number | string)[],
  kill: { readonly after: number; readonly microseconds: number },
): Promise<boolean> {
  const program = join(import.meta.dirname, 'write-a-log.ts');
  const child = spawn(process.execPath, [program, folder, ...output.map(String)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  child.stdout.setEncoding('utf8');
  for await (const text of child.stdout) {
    told += text;
    if (told.length > kill.after && !child.killed) {
      for (const end = performance.now() + kill.microseconds / 1000; performance.now() < end; );
      child.kill('SIGKILL');
    }
  }
  return told.endsWith('ended\n');
}
