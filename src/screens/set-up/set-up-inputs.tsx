import { Box, Text } from 'ink';
import { type ReactElement, useRef, useState } from 'react';
import { isAnswered, isLacking } from '../../scenes/set-up-fields.ts';
import type { InputField, SetUpState } from '../../scenes/set-up-state.ts';
import { dialogKeys } from '../keys/dialog-keys.ts';
import { bind } from '../keys/key-table.ts';
import { setUpListKeys, setUpTypingKeys } from '../keys/set-up-keys.ts';
import { useKeys } from '../keys/use-keys.ts';
import { Lines } from '../pieces/lines.tsx';
import { seenLines } from '../pieces/scroll.ts';
import { between, sideBySide } from '../pieces/side-by-side.ts';
import type { ScreenProps } from '../screen-props.ts';
import { type Size, wide } from '../size.ts';
import { ChoiceOf } from './set-up-choice.tsx';
import { Form } from './set-up-form.tsx';
import { partKeys, SetUpFrame } from './set-up-frame.tsx';
import { aboutField, nameOfField, textOfField } from './set-up-input-lines.ts';

/** The inputs of a run as a form: checked as they are typed, with what each is for. */
export function SetUpInputsScreen(props: ScreenProps<SetUpState> & { readonly fields: readonly InputField[] }): ReactElement {
  const { state, size, send, fields } = props;
  const missing = fields.find((field) => !isAnswered(field));
  const [at, setAt] = useState(() => (missing ?? fields[0])?.id);
  // What is missing is typed at once; where nothing is, the form is read first.
  const [isTyping, setTyping] = useState(missing !== undefined);
  /** The text that Enter has taken, until it is checked. */
  const [taken, setTaken] = useState<string | null>(null);
  /** Enter was pressed where a value is needed. */
  const [wasTried, setTried] = useState(false);
  // Several keys may come before the next frame: each counts where the one before has gone.
  const latest = useRef(at);
  latest.current = at;
  const indexNow = (): number =>
    Math.max(
      0,
      fields.findIndex(({ id }) => id === latest.current),
    );
  const index = indexNow();
  const field = fields[index];
  const go = (to: number): void => {
    latest.current = fields[Math.max(0, Math.min(fields.length - 1, to))]?.id;
    setAt(latest.current);
    setTried(false);
  };
  const type = (text: string): void => (field === undefined ? undefined : send({ do: 'type-input', field: field.id, text }));

  /** To what is missing after this field, else to the next one, where typing stops. */
  function goOn(from: InputField): void {
    if (isAnswered(from)) {
      const after = [...fields.slice(index + 1), ...fields.slice(0, index)].find((each) => !isAnswered(each));
      if (after === undefined) setTyping(false);
      setAt((after ?? fields[index + 1] ?? from).id);
    }
    setTried(!isAnswered(from));
    setTaken(null);
  }

  // Enter may come before the frame that shows what the field says of the text: it is taken when that is known.
  if (taken !== null && field !== undefined && textOfField(field) === taken) goOn(field);

  const typingActs = {
    enter: () => setTaken(field === undefined ? null : textOfField(field)),
    previous: () => go(indexNow() - 1),
    following: () => go(indexNow() + 1),
    clear: () => type(''),
    stop: () => setTyping(false),
  };
  const isChoosing = isTyping && field !== undefined && field.of.length > 0 && !field.isList;
  useKeys(bind(setUpTypingKeys, { enter: null, previous: typingActs.previous, following: typingActs.following, clear: null, stop: null }), {
    isActive: isTyping && !isChoosing,
  });
  useKeys(bind(setUpTypingKeys, { enter: null, previous: null, following: null, clear: null, stop: typingActs.stop }), {
    isActive: isChoosing,
  });
  const listKeys = bind(setUpListKeys, {
    change: field === undefined ? null : () => setTyping(true),
    up: () => go(indexNow() - 1),
    down: () => go(indexNow() + 1),
    usual:
      whyNoDefault(field) ??
      (() => {
        const here = fields[indexNow()];
        if (here !== undefined && whyNoDefault(here) === null) send({ do: 'clear-input', field: here.id });
      }),
    takeOut: null,
  });
  const typingKeys = isChoosing ? bind(dialogKeys, { choose: typingActs.enter, back: typingActs.stop }) : bind(setUpTypingKeys, typingActs);
  const keys = isTyping ? typingKeys : [...listKeys, ...partKeys(props, whyNotOn(fields))];

  return (
    <SetUpFrame state={state} size={size} send={send} keys={keys} isTyping={isTyping}>
      {(body) => {
        const panes = panesOf(body);
        const about =
          field === undefined ? null : isChoosing ? (
            <ChoiceOf
              key={field.id}
              field={field}
              size={panes.about}
              onChoose={(value) => {
                send({ do: 'type-input', field: field.id, text: value });
                setTyping(false);
              }}
            />
          ) : (
            <Lines
              size={panes.about}
              lines={seenLines(aboutField(field, panes.about.columns), panes.about.rows, 0, 'there is no room for all')}
            />
          );
        return (
          <Box flexDirection={panes.isWide ? 'row' : 'column'}>
            <Form
              fields={fields}
              index={index}
              isNeededTold={wasTried}
              size={panes.form}
              typing={
                isTyping && !isChoosing && field !== undefined
                  ? {
                      value: textOfField(field),
                      onChange: type,
                      onEnter: setTaken,
                      onEscape: typingActs.stop,
                      isSecret: field.type === 'secret',
                    }
                  : null
              }
            />
            {panes.isWide ? (
              <Lines size={{ columns: between, rows: body.rows }} lines={sideBySide([], [], { leftWidth: 0, rows: body.rows })} />
            ) : (
              <Text> </Text>
            )}
            <Box flexDirection="column">{about}</Box>
          </Box>
        );
      }}
    </SetUpFrame>
  );
}

function whyNoDefault(field: InputField | undefined): string | null {
  if (field === undefined || field.usual.is === 'none') return 'it has none';
  return field.typed === null || field.typed === '' ? 'it is the default already' : null;
}

function whyNotOn(fields: readonly InputField[]): string | null {
  const missing = fields.find((field) => !isAnswered(field));
  if (missing === undefined) return null;
  return isLacking(missing) ? `${nameOfField(missing)} is needed` : `${nameOfField(missing)} is wrong`;
}

/** The form, and what is told of its current field: below it, or beside it where the screen is wide. */
function panesOf({ columns, rows }: Size): { readonly isWide: boolean; readonly form: Size; readonly about: Size } {
  if (columns >= wide) {
    const left = Math.floor(columns * 0.6);
    return { isWide: true, form: { columns: left, rows }, about: { columns: columns - left - between, rows } };
  }
  const about = rows >= 18 ? 6 : 4;
  return { isWide: false, form: { columns, rows: Math.max(1, rows - about - 1) }, about: { columns, rows: about } };
}
