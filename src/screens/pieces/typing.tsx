import { Text } from 'ink';
import { type ReactElement, useRef } from 'react';
import { useQuiet } from '../keys/use-quiet.ts';
import type { Size } from '../size.ts';
import { type Line, line, linesOf } from './line.ts';
import { Lines } from './lines.tsx';
import { seenLines } from './scroll.ts';
import { TextField } from './text-field.tsx';

/** A text, and below it a field with what is asked. */
export function Typing({
  size,
  lines,
  prompt,
  hint,
  value,
  isSecret = false,
  comesUnasked = false,
  onChange,
  onEnter,
  onEscape,
  onTab,
}: {
  readonly size: Size;
  readonly lines: readonly Line[];
  readonly prompt: string;
  /** Below the field, where more is to be said than the keys at the foot of the screen say. */
  readonly hint?: string;
  readonly value: string;
  readonly isSecret?: boolean;
  /** As it is drawn first: it came up by itself. What the operator was typing elsewhere does not go into it. */
  readonly comesUnasked?: boolean;
  readonly onChange: (value: string) => void;
  readonly onEnter: (value: string) => void;
  readonly onEscape: () => void;
  readonly onTab?: ((value: string) => void) | undefined;
}): ReactElement {
  const isOurs = useOwnKeys(comesUnasked);
  const asked = linesOf([{ prose: prompt, indent: '', hanging: '', tone: 'strong' }], size.columns);
  const under = hint === undefined ? [] : [line(hint, 'quiet')];
  const above = Math.min(lines.length, Math.max(0, size.rows - asked.length - 2 - under.length));
  return (
    <>
      <Lines size={{ columns: size.columns, rows: above }} lines={seenLines(lines, above, 0, 'esc to read them')} />
      <Lines size={{ columns: size.columns, rows: asked.length + 1 }} lines={[[], ...asked]} />
      <Text>
        {'> '}
        <TextField
          value={value}
          onChange={onChange}
          onEnter={onEnter}
          onEscape={onEscape}
          onTab={onTab}
          takesKey={isOurs}
          isSecret={isSecret}
          width={size.columns - 2}
        />
      </Text>
      <Lines size={{ columns: size.columns, rows: under.length }} lines={under} />
    </>
  );
}

/** Says whether a key was meant for what is seen: once there was a pause before one, all that follow are. */
function useOwnKeys(comesUnasked: boolean): () => boolean {
  const isQuiet = useQuiet({ isWatching: true });
  const isOpen = useRef(!comesUnasked);
  return () => {
    if (isQuiet()) isOpen.current = true;
    return isOpen.current;
  };
}
