import { Text, useInput, usePaste } from 'ink';
import { type ReactElement, useRef } from 'react';
import { widthOf } from '../../words/lay-out.ts';

type TextFieldProps = {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter: (value: string) => void;
  readonly onEscape: () => void;
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

/** One line of text that is typed; what does not fit is out of sight at its left. The text belongs to whoever shows the field. */
export function TextField({
  value,
  onChange,
  onEnter,
  onEscape,
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
      if (key.ctrl || key.meta || key.tab || key.upArrow || key.downArrow || key.leftArrow || key.rightArrow) return;
      const [text = '', ...rest] = input.split(/[\r\n\t]/);
      if (text !== '') change(latest.current.text + typeable(text));
      // Enter or tab that came together with the text in one piece is not taken: the operator has not seen the text yet.
      if (rest.length > 0) return;
    },
    { isActive },
  );
  const shown = isSecret ? '•'.repeat([...value].length) : value;
  return (
    <Text wrap="truncate">
      {tailOf(shown, width - 1)}
      {isActive ? <Text inverse> </Text> : ''}
    </Text>
  );
}

/** A field holds one line of text that can be seen. */
function typeable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
}

function tailOf(text: string, width: number): string {
  let tail = text;
  while (tail !== '' && widthOf(tail) > width) tail = [...tail].slice(1).join('');
  return tail;
}
