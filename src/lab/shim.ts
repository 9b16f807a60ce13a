import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { openFactFile } from './fact-file.ts';
import type { Call, Event } from './program.ts';
import { programs } from './programs/program-table.ts';
import { hex } from './programs/random-text.ts';
import { standInText } from './stand-in-files.ts';

/*
 * Runs one stand-in program on a real machine: `node shim.mjs STATE_FOLDER MACHINE PROGRAM [ARGUMENT...]`. Synchronous from end to end:
 * it starts fast, its output keeps its order, and a signal ends it at once, as it ends the program it stands for.
 */
const [node = '', shim = '', stateDir = '', machine = '', name = '', ...args] = process.argv;
const facts = openFactFile(stateDir);
let world = facts.world();

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/** The result, or undefined where the file is not there or not to be had. */
function orAbsent<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR', 'EPERM'].includes(String(codeOf(error)))) return undefined;
    throw error;
  }
}

const random = (limit: number): number => Math.floor(Math.random() * limit);
let input: string | undefined;
const call: Call = {
  machine,
  argv: [name, ...args],
  env: process.env,
  cwd: process.cwd(),
  uid: process.getuid?.() ?? 0,
  pid: process.pid,
  now: () => Date.now() + world.passed,
  random,
  stdin: () => (input ??= orAbsent(() => readFileSync(0, 'utf8')) ?? ''),
  read: (path) => orAbsent(() => readFileSync(path, 'utf8')),
  exists: existsSync,
  list: (path) => (orAbsent(() => readdirSync(path)) ?? []).sort(),
};

function sleep(ms: number): void {
  if (ms > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function print(descriptor: 1 | 2, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      // A pipe that does not block is full: its reader needs a moment.
      if (codeOf(error) === 'EAGAIN') sleep(2);
      // Nobody reads any more: end as SIGPIPE ends a program.
      else if (codeOf(error) === 'EPIPE') process.exit(141);
      else throw error;
    }
  }
}

function write(path: string, content: string, mode: number | undefined): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  if (mode !== undefined) chmodSync(path, mode);
}

function perform(event: Event): void {
  if ('out' in event) print(1, event.out);
  else if ('err' in event) print(2, event.err);
  else if ('wait' in event) {
    sleep(event.wait / world.pace);
    world = facts.world();
  } else if ('change' in event) world = facts.tell(event.change);
  else if ('write' in event) write(event.write.path, event.write.content, event.write.mode);
  else if ('remove' in event) rmSync(event.remove, { recursive: true, force: true });
  else if ('mkdir' in event) mkdirSync(event.mkdir, { recursive: true });
  else write(event.install.path, standInText({ node, shim, stateDir, machine }, event.install.program), 0o755);
}

const program = programs[name];
if (!program || !world.machines[machine]) {
  print(2, `${name}: the practice lab has no such program, or no machine ${machine}\n`);
  process.exit(127);
}
const id = hex({ random }, 16);
world = facts.tell({ type: 'called', call: id, machine, argv: call.argv, uid: call.uid, at: call.now() });
let exit = 1;
try {
  const run = program(call, world);
  let step = run.next();
  while (!step.done) {
    perform(step.value);
    step = run.next(world);
  }
  exit = step.value;
} catch (error) {
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(String(codeOf(error)))) throw error;
  print(2, `${name}: ${error instanceof Error ? error.message : String(error)}\n`);
}
facts.tell({ type: 'call-ended', call: id, exit, at: call.now() });
process.exitCode = exit;
