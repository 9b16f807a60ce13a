import { Box } from 'ink';
import { type ReactElement, useState } from 'react';
import type { Question } from '../run/walk/question.ts';
import { isUntrusted } from '../scenes/set-up-parts.ts';
import type { SetUpState } from '../scenes/set-up-state.ts';
import { showQuestion } from '../words/show-question.ts';
import { bind } from './keys/key-table.ts';
import { scrollKeys } from './keys/scroll-keys.ts';
import { setUpCheckKeys, setUpSecretKeys } from './keys/set-up-keys.ts';
import { useKeys } from './keys/use-keys.ts';
import { linesOf } from './pieces/line.ts';
import { Lines } from './pieces/lines.tsx';
import { seenLines, useScroll } from './pieces/scroll.ts';
import { Typing } from './pieces/typing.tsx';
import type { ScreenProps } from './screen-props.ts';
import { checkFindings, checkTable, gap } from './set-up-check-lines.ts';
import { partKeys, SetUpFrame } from './set-up-frame.tsx';
import { bodyOf, type Size } from './size.ts';

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
  const panes = panesOf(state, bodyOf(size));
  const findings = checkFindings(state, panes.below.columns);
  const scroll = useScroll(findings.length, panes.below.rows);
  const keys = [
    ...partKeys(props, whyNotOn(state)),
    ...bind(setUpCheckKeys, { trust: null, refuse: null, again: () => send({ do: 'check-hosts' }) }),
    ...bind(scrollKeys, scroll.acts),
  ];
  return (
    <SetUpFrame {...props} keys={keys}>
      {() => (
        <Below {...props}>
          <Lines size={panes.below} lines={seenLines(findings, panes.below.rows, scroll.from, 'up down')} />
        </Below>
      )}
    </SetUpFrame>
  );
}

function AsksTrust(props: Props & { readonly question: Trust }): ReactElement {
  const { state, size, send, question } = props;
  const answer = (choice: 'trust' | 'no'): void => send({ do: 'answer', answer: { question: question.id, choice } });
  const { below } = panesOf(state, bodyOf(size));
  const asked = linesOf(showQuestion(question), below.columns);
  const keys = bind(setUpCheckKeys, { trust: () => answer('trust'), refuse: () => answer('no'), again: null });
  return (
    <SetUpFrame {...props} keys={keys} isGuarded>
      {() => (
        <Below {...props}>
          <Lines size={below} lines={seenLines(asked.slice(asked[0]?.length === 0 ? 1 : 0), below.rows, 0)} />
        </Below>
      )}
    </SetUpFrame>
  );
}

function AsksSecret(props: Props & { readonly question: Secret }): ReactElement {
  const { state, size, send, question } = props;
  const [typed, setTyped] = useState('');
  const answer = (choice: string): void => {
    if (typed === '' && choice !== 'stop') return;
    send({ do: 'answer', answer: { question: question.id, choice, ...(choice === 'stop' ? {} : { text: typed }) } });
  };
  const isForAll = (question.choices as readonly string[]).includes('answer-for-all');
  const keys = bind(setUpSecretKeys, {
    give: () => answer('answer'),
    giveForAll: isForAll ? () => answer('answer-for-all') : null,
    stop: () => answer('stop'),
  });
  // The field itself takes the other two.
  useKeys(keys.filter(({ name }) => name === 'giveForAll'));
  const { below } = panesOf(state, bodyOf(size));
  return (
    <SetUpFrame {...props} keys={keys} isTyping>
      {() => (
        <Below {...props}>
          <Typing
            size={below}
            lines={[]}
            prompt={`${question.host} asks: ${question.prompt}`}
            value={typed}
            isSecret={!question.echo}
            comesUnasked
            onChange={setTyped}
            onEnter={() => answer('answer')}
            onEscape={() => answer('stop')}
          />
        </Below>
      )}
    </SetUpFrame>
  );
}

/** What stands below the table of the hosts. */
function Below({ state, size, children }: Props & { readonly children: ReactElement }): ReactElement {
  const body = bodyOf(size);
  const { table } = panesOf(state, body);
  return (
    <Box flexDirection="column">
      <Lines size={table} lines={[...seenLines(checkTable(state, body.columns), table.rows - 1, 0, 'below'), gap]} />
      {children}
    </Box>
  );
}

/** The table as high as it needs to be, but no more than what is told below leaves. */
function panesOf({ check }: SetUpState, body: Size): { readonly table: Size; readonly below: Size } {
  const rows = Math.min((check?.hosts.length ?? 0) + 2, Math.max(3, body.rows - 8));
  return { table: { columns: body.columns, rows }, below: { columns: body.columns, rows: Math.max(1, body.rows - rows) } };
}

function whyNotOn({ check }: SetUpState): string | null {
  if (check === null || check.isRunning) return 'the hosts are still being looked at';
  const untrusted = check.hosts.filter(isUntrusted).map(({ name }) => name);
  return untrusted.length === 0 ? null : `${untrusted.join(', ')}: the host key is not trusted`;
}
