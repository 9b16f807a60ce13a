import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { factFileName, openFactFile } from './fact-file.ts';
import { basePrograms } from './programs/program-table.ts';
import { type StandInPlace, standInText } from './stand-in-files.ts';
import type { Fact, NewMachine } from './world/fact.ts';

export type StandInOptions = StandInPlace & {
  /** Which of the bare machine's stand-ins; those whose real program would touch or miss the machine, unless said. */
  readonly programs?: readonly string[];
};

/** Left to the real machine: they only read, and what they read is there. */
const realOnRealMachines = ['getent', 'ip'];

/** The stand-ins of a bare machine as files; those of packages appear when these are installed. */
export function standInFiles(options: StandInOptions): readonly { readonly path: string; readonly content: string }[] {
  const names = options.programs ?? Object.keys(basePrograms).filter((name) => !realOnRealMachines.includes(name));
  return names.map((name) => ({ path: `/usr/local/bin/${name}`, content: standInText(options, name) }));
}

/** Writes the stand-ins below `root`. */
export function installStandIns(options: StandInOptions & { readonly root: string }): void {
  for (const { path, content } of standInFiles(options)) {
    const file = join(options.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    chmodSync(file, 0o755);
  }
}

/** The same as a `sh` script, to be run as root in a machine whose files cannot be written from here. */
export function standInScript(options: StandInOptions): string {
  const write = ({ path, content }: { path: string; content: string }): string =>
    `cat >${path} <<'END OF STAND-IN'\n${content}END OF STAND-IN\nchmod 0755 ${path}\n`;
  return `mkdir -p /usr/local/bin\n${standInFiles(options).map(write).join('')}`;
}

/** Begins a world in a state folder: its machines, how many times faster than life it goes, the names that its DNS knows. */
export function beginWorld(
  stateDir: string,
  world: {
    readonly machines: readonly NewMachine[];
    readonly speed?: number;
    readonly names?: Readonly<Record<string, readonly string[]>>;
  },
): void {
  const at = Date.now();
  const facts: Fact[] = world.machines.map((machine) => ({ type: 'machine-added', at, ...machine }));
  for (const [name, addresses] of Object.entries(world.names ?? {})) facts.push({ type: 'name-resolved', name, addresses });
  if (world.speed !== undefined) facts.push({ type: 'paced', by: world.speed });
  openFactFile(stateDir).tell(...facts);
  // Every user of these machines takes part in their world; who may look into it from outside is for the folder above to say.
  chmodSync(stateDir, 0o777);
  chmodSync(join(stateDir, factFileName), 0o666);
}
