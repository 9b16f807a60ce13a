import type { ReactElement } from 'react';
import { type EditablePart, editableParts } from '../../run/walk/editable-parts.ts';
import type { FailureChoice } from '../../run/walk/question.ts';
import type { WalkState } from '../../scenes/walk-state.ts';
import { keysOf } from '../../words/letters.ts';
import { Choices } from '../pieces/choices.tsx';
import { type Line, line, linesOf } from '../pieces/line.ts';
import { Lines } from '../pieces/lines.tsx';
import { Typing } from '../pieces/typing.tsx';
import type { Size } from '../size.ts';
import { partItems } from '../step/step-choices.ts';
import { firstChoice, listedChoices, opensOf, saysBefore } from './failure-choices.ts';
import type { FailureQuestion } from './failure-lines.ts';

type FailureBottomProps = {
  readonly state: WalkState;
  readonly size: Size;
  readonly question: FailureQuestion;
  /** The choice that has been taken and needs more: a yes, a reason, a part. */
  readonly opened: FailureChoice | null;
  readonly onChoose: (choice: FailureChoice) => void;
  readonly onPart: (part: EditablePart) => void;
  readonly draft: string;
  readonly onDraft: (text: string) => void;
  readonly onText: () => void;
  readonly onEscape: () => void;
};

/** Below a failure: what can be done, or what the choice that was taken asks. */
export function FailureBottom(props: FailureBottomProps): ReactElement {
  const { state, size, question, opened } = props;
  if (opened === null) {
    const listed = listedChoices(state, question);
    const items = listed.map(({ choice, label }) => ({ key: choice, label, value: choice }));
    return (
      <Titled title={`What now on ${question.host}?   arrows and enter, or the letter`} size={size}>
        {(rest) => <Choices items={items} first={firstChoice(listed)} size={rest} onChoose={props.onChoose} />}
      </Titled>
    );
  }
  switch (opensOf(question, opened)) {
    case 'a-part': {
      const items = partItems(state, editableParts(question.step, [question.host]));
      return (
        <Titled title="Which part do you want to edit?   esc none" size={size}>
          {(rest) => <Choices items={items} size={rest} onChoose={props.onPart} />}
        </Titled>
      );
    }
    case 'a-text': {
      const says = keysOf(question).find(({ choice }) => choice === opened)?.says ?? '';
      return (
        <Typing
          size={size}
          lines={[]}
          prompt={opened === 'note' ? 'The note:' : `${question.host}: ${says}. Why?`}
          value={props.draft}
          comesUnasked={props.draft !== ''}
          onChange={props.onDraft}
          onEscape={props.onEscape}
          onEnter={props.onText}
        />
      );
    }
    default: {
      const asks = linesOf([...saysBefore(question, opened), '', '  y  yes', '  n  no; nothing is done'], size.columns);
      return <Lines size={size} lines={[[], ...asks]} />;
    }
  }
}

function Titled({
  title,
  size,
  children,
}: {
  readonly title: string;
  readonly size: Size;
  readonly children: (rest: Size) => ReactElement;
}): ReactElement {
  const above: readonly Line[] = size.rows > 4 ? [[], line(title, 'strong')] : [line(title, 'strong')];
  return (
    <>
      <Lines size={{ columns: size.columns, rows: above.length }} lines={above} />
      {children({ columns: size.columns, rows: Math.max(1, size.rows - above.length) })}
    </>
  );
}
