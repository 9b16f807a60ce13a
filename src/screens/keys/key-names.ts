import type { Key } from 'ink';

const named = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pgup'],
  ['pageDown', 'pgdn'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
] as const satisfies readonly (readonly [keyof Key, string])[];

/** The names of the keys in what Ink hands over: keys typed quickly, or over a slow line, arrive as one string. */
export function keyNames(input: string, key: Key): readonly string[] {
  if (key.tab) return [key.shift ? 'shift-tab' : 'tab'];
  const special = named.find(([property]) => key[property] === true);
  if (special !== undefined) return [special[1]];
  return [...input].map((character) => (key.ctrl ? `ctrl-${character}` : (control[character] ?? character)));
}

/** Characters that stand for keys where several arrive together. */
const control: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\x7f': 'backspace',
  '\x03': 'ctrl-c',
  '\x1b': 'esc',
};
