import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { InputField } from '../../scenes/set-up-state.ts';
import { type Line, line, pad } from '../pieces/line.ts';
import { Lines } from '../pieces/lines.tsx';
import { TextField } from '../pieces/text-field.tsx';
import type { Size } from '../size.ts';
import { fieldLine, nameOfField, nameWidth, wrongLines } from './set-up-input-lines.ts';

/** The field that is typed in. */
export type Typed = {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter: (value: string) => void;
  readonly onEscape: () => void;
  readonly isSecret: boolean;
};

/** The fields around the current one, as many as there is room for; what is wrong with the current one stands below it. */
export function Form({
  fields,
  index,
  isNeededTold,
  size,
  typing,
}: {
  readonly fields: readonly InputField[];
  readonly index: number;
  /** Says below the current field that it is needed. */
  readonly isNeededTold: boolean;
  readonly size: Size;
  readonly typing: Typed | null;
}): ReactElement {
  const names = nameWidth(fields, size.columns);
  const row = (field: InputField, isCurrent: boolean): Line => fieldLine(field, { isCurrent, names, columns: size.columns });
  const current = fields[index];
  const wrong = current === undefined ? [] : wrongLines(current, size.columns, { isNeededTold }).slice(0, Math.max(0, size.rows - 1));
  const before = fields.slice(0, index).map((field) => row(field, false));
  const after = [...wrong, ...fields.slice(index + 1).map((field) => row(field, false))];
  const total = before.length + 1 + after.length;
  const isAll = total <= size.rows;
  const rows = isAll ? size.rows : Math.max(1, size.rows - 1);
  // The current field stands in the middle where not all have room, and what is wrong with it is never out of sight.
  const above = Math.min(before.length, Math.max(Math.floor((rows - 1) / 2) - wrong.length, rows - 1 - after.length, 0));
  const below = Math.max(0, rows - 1 - above);
  const shown = before.slice(before.length - above);
  const out = total - above - 1 - Math.min(below, after.length);
  return (
    <Box flexDirection="column" flexShrink={0} width={size.columns} height={size.rows} overflow="hidden">
      {above === 0 ? '' : <Lines size={{ columns: size.columns, rows: above }} lines={shown} />}
      {current === undefined ? (
        ''
      ) : typing === null ? (
        <Lines size={{ columns: size.columns, rows: 1 }} lines={[row(current, true)]} />
      ) : (
        <Text wrap="truncate">
          <Text bold>{`> ${pad(nameOfField(current), names)}  `}</Text>
          <TextField key={current.id} {...typing} width={Math.max(4, size.columns - names - 4)} />
        </Text>
      )}
      {below === 0 ? '' : <Lines size={{ columns: size.columns, rows: Math.min(below, after.length) }} lines={after} />}
      {isAll ? '' : <Lines size={{ columns: size.columns, rows: 1 }} lines={[line(`  … ${out} more: up down`)]} />}
    </Box>
  );
}
