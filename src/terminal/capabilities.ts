import type { Environment } from './run-in-terminal.ts';

/** How handrail shows itself on this terminal. */
export type Capabilities = {
  /** False: line by line. */
  readonly hasScreens: boolean;
  /** True where only ASCII may be drawn. */
  readonly isAscii: boolean;
  /** For FORCE_COLOR, which must be set before Ink is loaded: Ink does not know NO_COLOR, and takes CI for a terminal without colours. */
  readonly forceColor: string | undefined;
};

type Given = {
  readonly env: Environment;
  /** Both ends of the terminal are there. */
  readonly isTerminal: boolean;
  /** `--plain` */
  readonly wantsPlain: boolean;
  /** `--ascii` */
  readonly wantsAscii: boolean;
};

export function capabilities({ env, isTerminal, wantsPlain, wantsAscii }: Given): Capabilities {
  const term = env['TERM'] ?? '';
  return {
    hasScreens: isTerminal && !wantsPlain && term !== '' && term !== 'dumb' && !isOn(env['ACCESSIBLE']),
    isAscii: wantsAscii || term === 'linux' || !/utf-?8/i.test(localeOf(env)),
    forceColor: env['FORCE_COLOR'] ?? (isSaid(env['NO_COLOR']) ? '0' : isSaid(env['CI']) ? '1' : undefined),
  };
}

/** The locale of characters, as POSIX looks for it. */
function localeOf(env: Environment): string {
  return env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || 'C';
}

function isSaid(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

function isOn(value: string | undefined): boolean {
  return isSaid(value) && value !== '0' && value !== 'false';
}
