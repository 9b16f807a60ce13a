import { Text, useInput, usePaste } from 'ink';
import { type ReactElement, useRef } from 'react';
import { widthOf } from '../../words/lay-out.ts';

type TextFieldProps = {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter: (value: string) => void;
  readonly onEscape: () => void;
  readonly onTab?: ((value: string) => void) | undefined;
  readonly isActive?: boolean;
  /** Shown as dots. */
  readonly isSecret?: boolean;
  /** Where a text must be typed by hand. */
  readonly refusesPaste?: boolean;
  /** Asked at each key: whether it is meant for the field. */
  readonly takesKey?: () => boolean;
  /** Columns it may take, the cursor among them. */
  readonly width: number;
};

/** One line of text that is typed; what does not fit is out of sight at its left, behind a mark. The text belongs to whoever shows the field. */
export function TextField({
  value,
  onChange,
  onEnter,
  onEscape,
  onTab = () => {},
  isActive = true,
  isSecret = false,
  refusesPaste = false,
  takesKey = () => true,
  width,
}: TextFieldProps): ReactElement {
  // Several keys may come before the frame that shows the first of them, each to the text that the one before has left.
  const latest = useRef({ shown: value, text: value });
  if (latest.current.shown !== value) latest.current = { shown: value, text: value };
  const change = (text: string): void => {
    latest.current = { ...latest.current, text };
    onChange(text);
  };
  usePaste((pasted) => (refusesPaste || !takesKey() ? undefined : change(latest.current.text + typeable(pasted))), { isActive });
  useInput(
    (input, key) => {
      if (!takesKey()) return;
      if (key.return) return onEnter(latest.current.text);
      if (key.escape) return onEscape();
      if (key.backspace || key.delete) return change([...latest.current.text].slice(0, -1).join(''));
      if (key.ctrl && input === 'u') return change('');
      if (key.tab && !key.shift) return onTab(latest.current.text);
      if (key.ctrl || key.meta || key.tab || key.upArrow || key.downArrow || key.leftArrow || key.rightArrow) return;
      const [text = '', ...rest] = input.split(/[\r\n\t]/);
      if (text !== '') change(withKeys(latest.current.text, text));
      // Enter or tab that came together with the text in one piece is not taken: the operator has not seen the text yet.
      if (rest.length > 0) return;
    },
    { isActive },
  );
  const shown = isSecret ? '•'.repeat([...value].length) : typeable(value);
  return (
    <Text wrap="truncate">
      {tailOf(shown, width - 1)}
      {isActive ? <Text inverse> </Text> : ''}
    </Text>
  );
}

/** What keys that came together, as over a slow line, make of a text: among them may be those that take something away. */
function withKeys(before: string, keys: string): string {
  return keys.split(/([\x15\x7f\b])/).reduce((text, piece) => {
    if (piece === '\x15') return '';
    if (piece === '\x7f' || piece === '\b') return Array.from(text).slice(0, -1).join('');
    return text + typeable(piece);
  }, before);
}

/** A field holds one line of text that can be seen. */
function typeable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
}

/** The end of a text, behind a mark where something is out of sight. */
function tailOf(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let tail = text;
  while (tail !== '' && widthOf(tail) > width - 1) tail = [...tail].slice(1).join('');
  return `…${tail}`;
}
