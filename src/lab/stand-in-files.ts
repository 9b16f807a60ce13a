/** What a stand-in on a real machine needs to know; paths as that machine sees them. */
export type StandInPlace = {
  /** The Node that runs it. */
  readonly node: string;
  /** The bundled shim. */
  readonly shim: string;
  /** The folder that all machines of one simulated world share. */
  readonly stateDir: string;
  /** This machine's name in that world. */
  readonly machine: string;
};

/** The text of the program that stands in for `program`. */
export function standInText(place: StandInPlace, program: string): string {
  const words = [place.node, place.shim, place.stateDir, place.machine, program].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  return `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`;
}
