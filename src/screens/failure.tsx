import { Box } from 'ink';
import { type ReactElement, useState } from 'react';
import { editableParts } from '../run/walk/editable-parts.ts';
import type { FailureChoice } from '../run/walk/question.ts';
import type { WalkState } from '../scenes/walk-state.ts';
import { nothingTyped } from '../words/nothing-typed.ts';
import { FailureBottom } from './failure/failure-bottom.tsx';
import { fixOf, opensOf, whyNotOf } from './failure/failure-choices.ts';
import { layoutOf } from './failure/failure-layout.ts';
import {
  type FailureQuestion,
  failureLines,
  failuresOf,
  fittedFailure,
  linesSaid,
  logOf,
  standOf,
  stripLine,
} from './failure/failure-lines.ts';
import { SaidPane } from './failure/said-pane.tsx';
import { failureChoiceKeys, failureKeys } from './keys/failure-keys.ts';
import { type Binding, bind, bindEach } from './keys/key-table.ts';
import { bindLooks } from './keys/look-keys.ts';
import { scrollKeys } from './keys/scroll-keys.ts';
import { surelyKeys } from './keys/surely-keys.ts';
import { typingKeys } from './keys/typing-keys.ts';
import { Frame } from './pieces/frame.tsx';
import type { Line } from './pieces/line.ts';
import { Lines } from './pieces/lines.tsx';
import { runHead } from './pieces/run-head.ts';
import { type Scroll, seenLines, useScroll } from './pieces/scroll.ts';
import type { ScreenProps } from './screen-props.ts';
import { wide } from './size.ts';

/** The hosts that did not come out well: what was said, what it means, what can be done. Each choice only opens its own question. */
export function FailureScreen(props: ScreenProps<WalkState>): ReactElement | null {
  const failures = failuresOf(props.state);
  const [chosen, setChosen] = useState(failures[0]?.id);
  const current = failures.find(({ id }) => id === chosen) ?? failures[0];
  // A host that fails meanwhile does not take the place of the one that is read.
  if (current !== undefined && current.id !== chosen) setChosen(current.id);
  if (current === undefined) return null;
  const next = failures[(failures.indexOf(current) + 1) % failures.length] ?? current;
  return <OneFailure key={current.id} {...props} question={current} failures={failures} onNext={() => setChosen(next.id)} />;
}

type OneFailureProps = ScreenProps<WalkState> & {
  readonly question: FailureQuestion;
  readonly failures: readonly FailureQuestion[];
  readonly onNext: () => void;
};

function OneFailure(props: OneFailureProps): ReactElement {
  const { state, size, send, question, failures } = props;
  const draftOf = (choice: string): string => [question.step.step.id, question.host, choice].join(' ');
  // A reason half typed before another question came in front is taken up again.
  const [opened, setOpened] = useState<FailureChoice | null>(
    () => question.choices.find((choice) => draftOf(choice) in state.drafts) ?? null,
  );
  const opens = opened === null ? 'nothing' : opensOf(question, opened);
  const isWide = size.columns >= wide;
  // What was said stands in a pane of its own where there is room for one.
  const whole = (columns: number): readonly Line[] =>
    failureLines(state, question, { columns: columns - (isWide ? 1 : 0), tail: isWide ? null : linesSaid(question).length });
  const { strip, text, bottom, right } = layoutOf(size, {
    hosts: failures.length,
    choices: question.choices.length,
    textRows: (columns) => whole(columns).length,
  });
  const lines = isWide ? whole(text.columns) : fittedFailure(state, question, text);
  const scroll = useScroll(lines.length, text.rows);
  const answer = (choice: FailureChoice, more: { readonly text?: string; readonly step?: string } = {}): void =>
    send({ do: 'answer', answer: { question: question.id, choice, ...more } });
  const choose = (choice: FailureChoice): void => {
    const what = opensOf(question, choice);
    const [only, ...others] = editableParts(question.step, [question.host]);
    if (what === 'leaving') send({ do: 'show', over: { is: 'leave' } });
    else if (what === 'nothing') answer(choice, choice === 'fix' ? { step: fixOf(question) ?? '' } : {});
    else if (what === 'a-part' && only !== undefined && others.length === 0) edit(only);
    else setOpened(choice);
  };
  const edit = ({ part, host }: { readonly part: number; readonly host: string | null }): void => {
    setOpened(null);
    send({ do: 'edit-part', question: question.id, part, host });
  };
  const keep = (typed: string): void => {
    if (opened !== null) send({ do: 'draft', of: draftOf(opened), text: typed });
  };
  const close = (): void => {
    keep('');
    setOpened(null);
  };
  const say = (): void => {
    const typed = opened === null ? '' : (state.drafts[draftOf(opened)] ?? '').trim();
    close();
    if (typed === '') send({ do: 'tell', text: nothingTyped });
    else if (opened !== null) answer(opened, { text: typed });
  };
  const dialogKeys = bind(surelyKeys, { yes: opens === 'a-yes' && opened !== null ? () => answer(opened) : null, no: close });
  const head = runHead(state, question.step.step.id);
  return (
    <Frame
      state={state}
      size={size}
      send={send}
      where="failure"
      {...head}
      title={`${standOf(question).word.toUpperCase()} on ${question.host}: ${question.step.step.title}`}
      aside={`${sayOthers(state, failures)}${head.aside}`}
      keys={
        opened === null ? mainKeys(props, choose, scroll) : opens === 'a-text' ? bind(typingKeys, { enter: say, back: close }) : dialogKeys
      }
      isTyping={opens === 'a-text'}
      isGuarded={opens === 'a-yes'}
    >
      {() => (
        <Box flexDirection="row">
          <Box flexDirection="column" flexShrink={0} width={text.columns}>
            <Lines size={{ columns: text.columns, rows: strip }} lines={[stripLine(failures, question, text.columns)]} />
            <Lines size={text} lines={seenLines(lines, text.rows, scroll.from)} />
            <FailureBottom
              state={state}
              size={bottom}
              question={question}
              opened={opened}
              onChoose={choose}
              onPart={edit}
              draft={opened === null ? '' : (state.drafts[draftOf(opened)] ?? '')}
              onDraft={keep}
              onText={say}
              onEscape={close}
            />
          </Box>
          {right === null ? '' : <SaidPane size={right} question={question} />}
        </Box>
      )}
    </Frame>
  );
}

/** Questions that wait behind these: they are about something else. */
function sayOthers({ questions }: WalkState, failures: readonly FailureQuestion[]): string {
  const others = questions.length - failures.length;
  return others === 0 ? '' : `${others} more ${others === 1 ? 'question' : 'questions'}   `;
}

function mainKeys(
  { state, send, question, failures, onNext }: OneFailureProps,
  choose: (choice: FailureChoice) => void,
  { acts }: Scroll,
): readonly Binding[] {
  const log = logOf(state, question);
  const said = linesSaid(question).join('\n');
  return [
    ...bind(failureKeys, {
      nextHost: failures.length > 1 ? onNext : null,
      log: log === undefined ? 'nothing of it is kept: nothing ran' : () => send({ do: 'page-log', log }),
      copy: said.trim() === '' ? 'nothing was said' : () => send({ do: 'copy', what: 'what was said last', text: said }),
      values: () => send({ do: 'show', over: { is: 'values' } }),
    }),
    ...bindLooks(send, ['values']),
    ...bind(scrollKeys, { up: null, down: null, pageUp: acts.pageUp, pageDown: acts.pageDown, top: null, bottom: null }),
    ...bindEach(failureChoiceKeys, (choice) => (question.choices.includes(choice) ? () => choose(choice) : whyNotOf(question, choice))),
  ];
}
