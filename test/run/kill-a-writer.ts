import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** Starts `append-events.ts` on a journal, kills it after so many acknowledgements and a moment more; returns the numbers acknowledged. */
export async function killAWriter(file: string, acknowledged: number, microseconds: number): Promise<readonly number[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'append-events.ts'), file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  child.stdout.setEncoding('utf8');
  for await (const text of child.stdout) {
    told += text;
    if (told.split('\n').length > acknowledged && !child.killed) {
      // A moment somewhere in the next write: busy, since a timer would let whole writes pass.
      for (const end = performance.now() + microseconds / 1000; performance.now() < end; );
      child.kill('SIGKILL');
    }
  }
  // The last line may be cut as the journal's may.
  return told.split('\n').slice(0, -1).map(Number);
}
