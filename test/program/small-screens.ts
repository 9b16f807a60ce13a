import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { node } from './operator-home.ts';
import { type OpenScreen, openScreen } from './screen.ts';

type Environment = Readonly<Record<string, string>>;

const program = fileURLToPath(new URL('../terminal/small-screens.ts', import.meta.url));
export const shellEnvironment: Environment = { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), LANG: 'C.UTF-8', PS1: 'shell> ' };

/** What a program may leave behind in a terminal. */
export type LeftBehind = {
  readonly buffer: 'normal' | 'alternate';
  readonly isCursorVisible: boolean;
  readonly isPasteMarked: boolean;
  readonly isFocusTold: boolean;
  readonly mouse: string;
};
export const nothing: LeftBehind = { buffer: 'normal', isCursorVisible: true, isPasteMarked: false, isFocusTold: false, mouse: 'none' };
/** How the screens want the terminal. */
export const forScreens: LeftBehind = { ...nothing, buffer: 'alternate', isCursorVisible: false, isPasteMarked: true };

export function leftBehind(screen: OpenScreen): LeftBehind {
  const { bracketedPasteMode, sendFocusMode, mouseTrackingMode } = screen.modes();
  return {
    buffer: screen.buffer(),
    isCursorVisible: screen.isCursorVisible(),
    isPasteMarked: bracketedPasteMode,
    isFocusTold: sendFocusMode,
    mouse: mouseTrackingMode,
  };
}

/** The small screens, under a shell that tells before and after them how the system reads keys; ended with the test. */
export async function openSmallScreens(more: Environment = {}): Promise<OpenScreen> {
  const script = 'stty -g; "$0" "$@"; code=$?; stty -g; echo "ended with $code."';
  const screen = opened('/bin/bash', ['-c', script, node, program], more);
  await screen.shows('said ready');
  return screen;
}

/** The small screens as a job of a shell at which a person sits. Some shells leave the terminal's modes alone between their jobs. */
export async function openJob(more: Environment = {}, shell: 'bash' | 'dash' = 'bash'): Promise<OpenScreen> {
  const screen = openShell(more, shell);
  await screen.shows(/shell>$/);
  screen.type(`"${node}" "${program}"\n`);
  await screen.shows('said ready');
  return screen;
}

export function openShell(more: Environment = {}, shell: 'bash' | 'dash' = 'bash'): OpenScreen {
  return opened(`/bin/${shell}`, shell === 'bash' ? ['--norc', '-i'] : ['-i'], more);
}

export function opened(file: string, words: readonly string[], more: Environment = {}): OpenScreen {
  const screen = openScreen(file, words, { env: { ...shellEnvironment, ...more }, cwd: tmpdir(), columns: 120 });
  onTestFinished(() => screen.close());
  return screen;
}

/** The process whose screens are shown. */
export function processOf(screen: OpenScreen): number {
  return Number(/process (\d+)/.exec(screen.text())?.[1]);
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-terminal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
