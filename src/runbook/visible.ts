/**
 * Makes characters that steer a terminal or hide text visible, each as one character, so that columns stay what they were:
 * a control character becomes its picture (`␛`), anything else that cannot be seen becomes `�`.
 */
export function visible(text: string): string {
  return text.replace(unseen, sign);
}

/** The same of a text of several lines: its line ends and tabs are what they are. */
export function visibleInText(text: string): string {
  return text.replace(new RegExp(unseenInText, 'g'), sign);
}

function sign(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '␡' : '�';
}

/** The first character of a text that a reader of the page cannot see, and its offset; a tab and a line end are seen. */
export function findUnseen(text: string): { readonly at: number; readonly code: string } | undefined {
  const at = text.search(unseenInText);
  return at === -1 ? undefined : { at, code: codeOf(text.charCodeAt(at)) };
}

/** `U+202E`. */
export function codeOf(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** C0, C1, zero-width characters, line separators, marks and overrides of the writing direction, the byte-order mark. */
const hidden = '\\x7f-\\x9f\\u00ad\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb';
const unseen = new RegExp(`[\\x00-\\x1f${hidden}]`, 'g');
const unseenInText = new RegExp(`[\\x00-\\x08\\x0b-\\x1f${hidden}]`);
