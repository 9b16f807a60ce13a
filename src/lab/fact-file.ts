import { appendFileSync, closeSync, fstatSync, mkdirSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Fact } from './world/fact.ts';
import { after, emptyWorld, type World } from './world/world.ts';

/** The facts of a simulated world in a file that several processes share. */
export type FactFile = {
  /** The world as it is by now. */
  world(): World;
  /** Adds facts; returns the world after them and after whatever others told before. */
  tell(...facts: readonly Fact[]): World;
};

/** The file's name in its state folder. */
export const factFileName: string = 'facts.jsonl';

/**
 * Opens the file of a state folder; makes both where they are not there. Needs no lock: a fact is one line, written in one go at the
 * file's end, and the order of the lines is the order of the world. A fact that comes too late changes nothing when it is folded.
 */
export function openFactFile(folder: string): FactFile {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, factFileName);
  let world = emptyWorld;
  let offset = 0;
  const catchUp = (): World => {
    const { bytes, end } = readFrom(path, offset);
    offset = end;
    for (const line of bytes.split('\n')) if (line !== '') world = after(world, parseFact(line, path));
    return world;
  };
  return {
    world: catchUp,
    tell(...facts) {
      if (facts.length > 0) appendFileSync(path, facts.map((fact) => `${JSON.stringify(fact)}\n`).join(''), { mode: 0o600 });
      return catchUp();
    },
  };
}

/** The whole lines that stand in the file from the offset on; a line that another process has only half written is left for later. */
function readFrom(path: string, offset: number): { readonly bytes: string; readonly end: number } {
  const file = openSync(path, 'a+', 0o600);
  try {
    const buffer = Buffer.alloc(Math.max(0, fstatSync(file).size - offset));
    let got = 0;
    while (got < buffer.length) {
      const read = readSync(file, buffer, got, buffer.length - got, offset + got);
      if (read === 0) break;
      got += read;
    }
    const whole = buffer.subarray(0, got).lastIndexOf(10) + 1;
    return { bytes: buffer.toString('utf8', 0, whole), end: offset + whole };
  } finally {
    closeSync(file);
  }
}

function parseFact(line: string, path: string): Fact {
  try {
    // Only this file's own lines come here: the type is what was written.
    return JSON.parse(line) as Fact;
  } catch (cause) {
    throw new Error(`${path} has a line that is no fact: ${line.slice(0, 80)}`, { cause });
  }
}
