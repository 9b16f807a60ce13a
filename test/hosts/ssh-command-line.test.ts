import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandLineFor, waitingLine, waitingShellFor } from '../../src/hosts/ssh-command-line.ts';

const hostile = fc.string({ maxLength: 60, unit: fc.constantFrom(...'ab 01\n\t\'"\\!$`(){}|&;<>*?~#%é\u007f') });
const say = (text: string): string => `printf %s '${text.replaceAll("'", "'\\''")}'`;

describe('command lines for a host', () => {
  test.each(['sh', 'bash'])('whatever the text, the login shell %s hands it to sh unchanged', (shell) => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(execFileSync(shell, ['-c', commandLineFor(say(text))]).toString()).toBe(text);
      }),
      { numRuns: 40 },
    );
  });

  test('a waiting shell runs the line it is given, and leaves the rest of stdin to the command', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, rest) => {
        const shell = waitingShellFor('known() { printf "<%s>" "$1"; }');
        const line = waitingLine(`known '${text.replaceAll("'", "'\\''")}'; cat`) ?? '';
        expect(line).not.toBe('');
        expect(execFileSync('sh', ['-c', shell], { input: line + rest }).toString()).toBe(`<${text}>${rest}`);
      }),
      { numRuns: 40 },
    );
  });

  test('a text too long for one argument is refused before it is sent', () => {
    expect(() => commandLineFor('x'.repeat(130_000))).toThrow('stdin');
  });
});
