// A program with one screen, to be run in a terminal of its own: each key does one thing that can happen to a terminal.
import { writeFileSync } from 'node:fs';
import { render, Text, useApp, useInput, usePaste, useWindowSize } from 'ink';
import { createElement, type ReactElement, useEffect, useState } from 'react';
import { editText } from '../../src/terminal/edit-text.ts';
import { type Lending, openLending } from '../../src/terminal/lend.ts';
import { pageText } from '../../src/terminal/page-text.ts';
import { restoreAtExit } from '../../src/terminal/restore-at-exit.ts';
import { runInTerminal } from '../../src/terminal/run-in-terminal.ts';
import { redraw, stopProgram } from '../../src/terminal/stop-program.ts';

let lending: Lending | undefined;
let isBroken = false;

async function act(key: string, say: (text: string) => void): Promise<void> {
  if (lending === undefined) throw new Error('The terminal cannot be lent yet.');
  const { env } = process;
  const { lend } = lending;
  if (key === 's') say(`shell: ${JSON.stringify(await lend(() => runInTerminal('bash --norc -i', [], { env })))}`);
  if (key === 'k') say(`one key: ${JSON.stringify(await lend(() => runInTerminal('sh -c', [readOneKey], { env })))}`);
  if (key === 'h') say(`here: ${await lend(readHere)}`);
  if (key === '2') {
    const both = [
      lend(() => runInTerminal('sh -c', ['echo first; read word'], { env })),
      lend(() => runInTerminal('sh -c', ['echo second; read word'], { env })),
    ];
    say(`both: ${JSON.stringify(await Promise.all(both))}`);
  }
  if (key === 'i') say(`interrupted: ${JSON.stringify(await lend(() => runInTerminal('sh -c', [interrupted], { env })))}`);
  if (key === 'w') await lend(() => runInTerminal('sh -c', ['echo "waits as $$."; exec cat'], { env }));
  if (key === 'n') say(`within: ${await lend(() => lend(async () => 'lent already'))}`);
  if (key === 'z') say(`stopped: ${await stopProgram(lending)}`);
  if (key === 'l') await redraw(lending);
  if (key === 'g') say(`pager: ${await lend(() => pageText({ text: env['TEXT'] ?? '' }, env))}`);
  if (key === 'e') say(`editor: ${JSON.stringify(await lend(() => editText('one\ntwo\n', 'step.sh', env)))}`);
  if (key === 'm') process.stdout.write('\x1b[?1000h\x1b[?1006h\x1b[?1004h\x1b(0\x1b[31m');
  if (key === 'o') process.stdout.write('\x1b[?1049l\x1b[?25h\x1b[?2004l');
  if (key === 't') setTimeout(() => broken('in a timer'), 1);
  if (key === 'p') void Promise.reject(new Error('rejected'));
  if (key === 'x') process.exit(7);
  if (key === 'q') app.unmount();
  if (key === 'r') {
    isBroken = true;
    say('');
  }
}

const readOneKey = 'stty -icanon -echo; echo press; key=$(dd bs=1 count=1 2>/dev/null); stty sane; echo "got $key"; test "$key" = X';
const interrupted = 'trap "echo interrupted" INT; echo waits; read line; read line; exit 3';

/** As a shell on a host does: this program itself reads the keys. */
async function readHere(): Promise<string> {
  const { stdin, stdout } = process;
  let typed = '';
  stdin.setRawMode(true);
  stdout.write('here\n');
  await new Promise<void>((resolve) => {
    const take = (chunk: string): void => {
      typed += chunk;
      if (!typed.endsWith('.')) return;
      stdin.off('data', take);
      resolve();
    };
    stdin.on('data', take).resume();
  });
  stdin.setRawMode(false);
  return typed;
}

function broken(where: string): never {
  throw new Error(`broken ${where}`);
}

function Screen(): ReactElement {
  const [keys, setKeys] = useState('');
  const [said, say] = useState('nothing');
  const { suspendTerminal } = useApp();
  const { columns, rows } = useWindowSize();
  useEffect(() => {
    lending = openLending(suspendTerminal);
    // Only now a key does something: keys typed before would be lost.
    say('ready');
  }, [suspendTerminal]);
  usePaste(() => {});
  useInput((input) => {
    setKeys((before) => before + input);
    for (const key of input) act(key, say).catch((error: unknown) => say(String(error)));
  });
  if (isBroken) broken('in a frame');
  return createElement(Text, {}, `process ${process.pid}, said ${said}, keys "${keys}", ${columns}x${rows}`);
}

const guard = restoreAtExit({
  leave: () => app.unmount(),
  farewell: () => 'To go on: handrail resume 7',
  async end() {
    const { MARK: mark, NEVER_ENDS: neverEnds } = process.env;
    if (mark !== undefined) writeFileSync(mark, 'left in order\n');
    if (neverEnds !== undefined) await new Promise(() => {});
  },
  async tell(error) {
    process.stderr.write(`told: ${error instanceof Error ? error.message : error}\n`);
    return 1;
  },
  isLent: () => lending?.isLent() === true,
  onContinue: () => void (lending && redraw(lending)),
});
const app = render(createElement(Screen), {
  alternateScreen: true,
  incrementalRendering: true,
  maxFps: 60,
  exitOnCtrlC: false,
  interactive: true,
  patchConsole: false,
});
try {
  await app.waitUntilExit();
} catch (error) {
  guard.close();
  process.stderr.write(`caught: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
} finally {
  guard.close();
}
