import { type ReactElement, useState } from 'react';
import { keysOf } from '../words/letters.ts';
import { bind } from './keys/key-table.ts';
import { bindLooks } from './keys/look-keys.ts';
import { typingKeys } from './keys/typing-keys.ts';
import { Lines } from './pieces/lines.tsx';
import { seenLines, useScroll } from './pieces/scroll.ts';
import { Typing } from './pieces/typing.tsx';
import { answerWith, choiceKeys, type DialogProps, draftOf, pageBinding, QuestionFrame } from './question/question-frame.tsx';
import { questionLines } from './question/question-lines.ts';
import { TypedQuestionScreen } from './question/typed-question.tsx';
import { bodyOf } from './size.ts';

/** A question of the walk as a dialog, with the words and letters of plain mode. No key answers it that was pressed before it was seen. */
export function QuestionScreen(props: DialogProps): ReactElement {
  const { question } = props;
  if (question.is === 'secret' || question.is === 'value') return <TypedQuestionScreen key={question.id} {...props} question={question} />;
  return <ChoiceScreen key={question.id} {...props} />;
}

function ChoiceScreen(props: DialogProps): ReactElement {
  const { state, size, send, question } = props;
  // A reason half typed before the question was withdrawn is there again when it is asked again.
  const [typed, setTyped] = useState<string | null>(
    () => question.choices.find((choice) => draftOf(question, choice) in state.drafts) ?? null,
  );
  const lines = questionLines(state, question, size.columns);
  const scroll = useScroll(lines.length, bodyOf(size).rows);
  const choose = (choice: string): void => {
    if (choice === 'skip' || choice === 'leave-host-out') setTyped(choice);
    else answerWith(send, question, choice);
  };
  const keys = [...choiceKeys(question, choose), ...bindLooks(send), ...pageBinding(scroll.acts)];
  const keep = (choice: string, text: string): void => send({ do: 'draft', of: draftOf(question, choice), text });
  const close = (choice: string): void => {
    keep(choice, '');
    setTyped(null);
  };
  const say = (choice: string): void => {
    const text = (state.drafts[draftOf(question, choice)] ?? '').trim();
    close(choice);
    if (text !== '') answerWith(send, question, choice, text);
  };
  const typing = typed === null ? [] : bind(typingKeys, { enter: () => say(typed), back: () => close(typed) });
  return (
    <QuestionFrame {...props} keys={typed === null ? keys : typing} isTyping={typed !== null}>
      {(body) =>
        typed === null ? (
          <Lines size={body} lines={seenLines(lines, body.rows, scroll.from)} />
        ) : (
          <Typing
            size={body}
            lines={lines}
            prompt={`Why? (${keysOf(question).find((key) => key.choice === typed)?.says})`}
            value={state.drafts[draftOf(question, typed)] ?? ''}
            comesUnasked={draftOf(question, typed) in state.drafts}
            onChange={(text) => keep(typed, text)}
            onEscape={() => close(typed)}
            onEnter={() => say(typed)}
          />
        )
      }
    </QuestionFrame>
  );
}
