import { spawn } from 'node:child_process';

/** Runs a program to its end, its output thrown away; fails where it fails. */
export function runProcess(file: string, words: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...words], { stdio: 'ignore', env });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${file} ${words.join(' ')} ended with ${code}`))));
  });
}
