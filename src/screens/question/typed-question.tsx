import { type ReactElement, useState } from 'react';
import { keysOf } from '../../words/letters.ts';
import { prose } from '../../words/said.ts';
import { type Binding, bind } from '../keys/key-table.ts';
import { bindLooks } from '../keys/look-keys.ts';
import { givingKeys, typedKeys } from '../keys/question-keys.ts';
import { type Line, linesOf } from '../pieces/line.ts';
import { Lines } from '../pieces/lines.tsx';
import { seenLines, useScroll } from '../pieces/scroll.ts';
import { Typing } from '../pieces/typing.tsx';
import { bodyOf } from '../size.ts';
import { answerWith, choiceKeys, type DialogProps, draftOf, pageBinding, QuestionFrame } from './question-frame.tsx';
import { type DialogQuestion, questionLines } from './question-lines.ts';

type TypedQuestion = Extract<DialogQuestion, { is: 'secret' | 'value' }>;

/** A question that is answered by a text. Enter gives it; where it may be for all hosts, or nothing is typed, letters say what to do with it. */
export function TypedQuestionScreen(props: DialogProps<TypedQuestion>): ReactElement {
  const { state, size, send, question } = props;
  const isSecret = question.is === 'secret' ? !question.echo : question.isSecret;
  const isForAll = question.is === 'secret' && question.choices.includes('answer-for-all');
  const [isTyping, setTyping] = useState(true);
  // A secret is kept nowhere else before it is given.
  const [secret, setSecret] = useState('');
  const draft = draftOf(question, '');
  const text = isSecret ? secret : (state.drafts[draft] ?? '');
  const change = (typed: string): void => (isSecret ? setSecret(typed) : send({ do: 'draft', of: draft, text: typed }));
  const choose = (choice: string): void => {
    change('');
    answerWith(send, question, choice, choice === 'stop' ? undefined : text);
  };
  const lines = [...questionLines(state, question, size.columns), ...(isTyping ? [] : choiceLines(question, text, isSecret, size.columns))];
  const scroll = useScroll(lines.length, bodyOf(size).rows);
  const keys: readonly Binding[] = [
    ...bind(typedKeys, { type: () => setTyping(true) }),
    ...choiceKeys(question, choose).map((key): Binding => {
      const { run: _, ...record } = key;
      return key.name !== 'stop' && text === '' ? { ...record, whyNot: 'nothing is typed yet' } : key;
    }),
    ...bindLooks(send),
    ...pageBinding(scroll.acts),
  ];
  const enter = (): void => (text === '' || isForAll ? setTyping(false) : choose('answer'));
  const typing = bind(givingKeys, { give: enter, rest: () => setTyping(false) });
  return (
    <QuestionFrame {...props} keys={isTyping ? typing : keys} isTyping={isTyping}>
      {(body) =>
        isTyping ? (
          <Typing
            size={body}
            lines={lines}
            prompt={isSecret ? 'It is not shown while you type, only dots:' : 'Your answer:'}
            value={text}
            isSecret={isSecret}
            comesUnasked
            onChange={change}
            onEscape={() => setTyping(false)}
            onEnter={enter}
          />
        ) : (
          <Lines size={body} lines={seenLines(lines, body.rows, scroll.from)} />
        )
      }
    </QuestionFrame>
  );
}

function choiceLines(question: TypedQuestion, text: string, isSecret: boolean, columns: number): readonly Line[] {
  const typed = text === '' ? 'Nothing is typed yet.' : `Typed: ${isSecret ? '•'.repeat([...text].length) : text}`;
  const letters = [{ letter: 'enter', says: 'go on typing' }, ...keysOf(question)];
  return linesOf(
    ['', ...prose(typed), '', ...letters.flatMap(({ letter, says }) => prose(says, `  ${letter.padEnd(5)}  `, ' '.repeat(9)))],
    columns,
  );
}
