import type { ReactElement } from 'react';
import type { InputField } from '../../scenes/set-up-state.ts';
import { Choices } from '../pieces/choices.tsx';
import { Lines } from '../pieces/lines.tsx';
import type { Size } from '../size.ts';
import { aboutField, textOfField } from './set-up-input-lines.ts';

/** The choices of a field below what it is for; the cursor stands on its value. */
export function ChoiceOf({
  field,
  size,
  onChoose,
}: {
  readonly field: InputField;
  readonly size: Size;
  readonly onChoose: (value: string) => void;
}): ReactElement {
  const about = aboutField(field, size.columns).slice(0, Math.max(1, size.rows - field.of.length));
  return (
    <>
      <Lines size={{ columns: size.columns, rows: about.length }} lines={about} />
      <Choices
        items={field.of.map((value) => ({ key: value, label: value, value }))}
        first={Math.max(0, field.of.indexOf(textOfField(field)))}
        size={{ columns: size.columns, rows: Math.max(1, size.rows - about.length) }}
        onChoose={onChoose}
      />
    </>
  );
}
