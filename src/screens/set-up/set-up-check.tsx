import { type ReactElement, useState } from 'react';
import type { Question } from '../../run/walk/question.ts';
import { isUntrusted } from '../../scenes/set-up-parts.ts';
import type { SetUpState } from '../../scenes/set-up-state.ts';
import { prose } from '../../words/said.ts';
import { showQuestion } from '../../words/show-question.ts';
import { bind } from '../keys/key-table.ts';
import { scrollKeys } from '../keys/scroll-keys.ts';
import { setUpCheckKeys, setUpSecretKeys } from '../keys/set-up-keys.ts';
import { line, linesOf } from '../pieces/line.ts';
import { Lines } from '../pieces/lines.tsx';
import { seenLines, useScroll } from '../pieces/scroll.ts';
import { Typing } from '../pieces/typing.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { bodyOf } from '../size.ts';
import { checkFindings, checkTable, tableAround } from './set-up-check-lines.ts';
import { partKeys, SetUpFrame } from './set-up-frame.tsx';

type Props = ScreenProps<SetUpState>;
type Trust = Extract<Question, { is: 'trust-host-key' }>;
type Secret = Extract<Question, { is: 'secret' }>;

/** The hosts while they are looked at, all at once, and what their connections ask. */
export function SetUpCheckScreen(props: Props): ReactElement {
  const [question] = props.state.questions;
  // Each question is a dialog of its own: what was typed for the one before is no answer to it.
  if (question?.is === 'trust-host-key') return <AsksTrust key={question.id} {...props} question={question} />;
  if (question?.is === 'secret') return <AsksSecret key={question.id} {...props} question={question} />;
  return <Checked {...props} />;
}

function Checked(props: Props): ReactElement {
  const { state, size, send } = props;
  const body = bodyOf(size);
  const lines = [...checkTable(state, body.columns), line(''), ...checkFindings(state, body.columns)];
  const scroll = useScroll(lines.length, body.rows);
  const keys = [
    ...partKeys(props, whyNotOn(state)),
    ...bind(setUpCheckKeys, { trust: null, refuse: null, again: () => send({ do: 'check-hosts' }) }),
    ...bind(scrollKeys, scroll.acts),
  ];
  return (
    <SetUpFrame {...props} keys={keys}>
      {() => <Lines size={body} lines={seenLines(lines, body.rows, scroll.from, 'up down')} />}
    </SetUpFrame>
  );
}

function AsksTrust(props: Props & { readonly question: Trust }): ReactElement {
  const { size, send, question } = props;
  const body = bodyOf(size);
  const answer = (choice: 'trust' | 'no'): void => send({ do: 'answer', answer: { question: question.id, choice } });
  const asked = linesOf(showQuestion(question), body.columns);
  const rows = Math.min(asked.length, body.rows);
  const keys = bind(setUpCheckKeys, { trust: () => answer('trust'), refuse: () => answer('no'), again: null });
  return (
    <SetUpFrame {...props} keys={keys} isGuarded>
      {() => (
        <>
          <Hosts {...props} rows={body.rows - rows} />
          <Lines size={{ columns: body.columns, rows }} lines={seenLines(asked, rows, 0, 'make the window larger')} />
        </>
      )}
    </SetUpFrame>
  );
}

function AsksSecret(props: Props & { readonly question: Secret }): ReactElement {
  const { size, send, question } = props;
  const [typed, setTyped] = useState('');
  const answer = (choice: string, text = typed): void => {
    if (text === '' && choice !== 'stop') return;
    send({ do: 'answer', answer: { question: question.id, choice, ...(choice === 'stop' ? {} : { text }) } });
  };
  const isForAll = (question.choices as readonly string[]).includes('answer-for-all');
  const keys = bind(setUpSecretKeys, {
    give: () => answer('answer'),
    giveForAll: isForAll ? () => answer('answer-for-all') : null,
    stop: () => answer('stop'),
  });
  const body = bodyOf(size);
  const prompt = `${question.host} asks: ${question.prompt}`;
  const rows = Math.min(body.rows, linesOf(prose(prompt), body.columns).length + 2);
  return (
    <SetUpFrame {...props} keys={keys} isTyping>
      {() => (
        <>
          <Hosts {...props} rows={body.rows - rows} />
          <Typing
            size={{ columns: body.columns, rows }}
            lines={[]}
            prompt={prompt}
            value={typed}
            isSecret={!question.echo}
            comesUnasked
            onChange={setTyped}
            onEnter={(text) => answer('answer', text)}
            onEscape={() => answer('stop')}
            onTab={isForAll ? (text) => answer('answer-for-all', text) : undefined}
          />
        </>
      )}
    </SetUpFrame>
  );
}

/** The table of the hosts above a question that one of them asks; not higher than it needs to be. */
function Hosts({ state, size, question, rows }: Props & { readonly question: Trust | Secret; readonly rows: number }): ReactElement | null {
  const { columns } = bodyOf(size);
  const table = checkTable(state, columns);
  const asking = state.check?.hosts.findIndex(({ name }) => name === question.host) ?? 0;
  const seen = Math.min(rows, table.length);
  return seen < 1 ? null : <Lines size={{ columns, rows: seen }} lines={tableAround(table, seen, asking)} />;
}

function whyNotOn({ check }: SetUpState): string | null {
  if (check === null || check.isRunning) return 'the hosts are still being looked at';
  const untrusted = check.hosts.filter(isUntrusted).map(({ name }) => name);
  return untrusted.length === 0 ? null : `${untrusted.join(', ')}: the host key is not trusted`;
}
