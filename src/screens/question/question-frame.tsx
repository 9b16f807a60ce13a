import type { ReactElement, ReactNode } from 'react';
import type { Send } from '../../scenes/act.ts';
import type { WalkState } from '../../scenes/walk-state.ts';
import { keysOf } from '../../words/letters.ts';
import { type Binding, bind } from '../keys/key-table.ts';
import { questionKeys } from '../keys/question-keys.ts';
import { scrollKeys } from '../keys/scroll-keys.ts';
import { Frame } from '../pieces/frame.tsx';
import { runHead } from '../pieces/run-head.ts';
import type { ScrollActs } from '../pieces/use-row.ts';
import type { ScreenProps } from '../screen-props.ts';
import type { Size } from '../size.ts';
import type { DialogQuestion } from './question-lines.ts';

export type DialogProps<Asked extends DialogQuestion = DialogQuestion> = ScreenProps<WalkState> & { readonly question: Asked };

/** The frame of a dialog: guarded, with the run's name above. */
export function QuestionFrame({
  state,
  size,
  send,
  keys,
  isTyping,
  children,
}: DialogProps & {
  readonly keys: readonly Binding[];
  readonly isTyping: boolean;
  readonly children: (body: Size) => ReactNode;
}): ReactElement {
  const head = runHead(state);
  return (
    <Frame
      state={state}
      size={size}
      send={send}
      where="question"
      {...head}
      aside={`${asideOf(state)}${head.aside}`}
      keys={keys}
      isTyping={isTyping}
      isGuarded
    >
      {children}
    </Frame>
  );
}

/** The letters of a question, each as what it says. */
export function choiceKeys(question: DialogQuestion, choose: (choice: string) => void): readonly Binding[] {
  const says = new Map(keysOf(question).map((key) => [key.choice, key.says]));
  return question.choices.map((choice) => {
    const record = questionKeys[choice];
    return { ...record, says: says.get(choice) ?? record.says, name: choice, run: () => choose(choice) };
  });
}

/** What moves a dialog's text; letters that do so elsewhere may be answers here. */
export function pageBinding({ up, down, pageUp, pageDown }: ScrollActs): readonly Binding[] {
  return bind(scrollKeys, { up, down, pageUp, pageDown, top: null, bottom: null });
}

export function answerWith(send: Send, question: DialogQuestion, choice: string, text?: string): void {
  send({ do: 'answer', answer: { question: question.id, choice, ...(text === undefined ? {} : { text }) } });
}

/** The name under which a text typed for a question is kept: the same when it is asked again. */
export function draftOf(question: DialogQuestion, choice: string): string {
  const of = 'host' in question ? question.host : '';
  const what = question.is === 'value' ? `${question.name}.${question.field}` : '';
  return [question.is, of, what, choice].join(' ');
}

function asideOf({ questions }: WalkState): string {
  return questions.length < 2 ? '' : `1 of ${questions.length} questions   `;
}
