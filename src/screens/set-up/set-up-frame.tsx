import type { ReactElement, ReactNode } from 'react';
import { cleanLine } from '../../output/clean.ts';
import type { SetUpPart, SetUpState } from '../../scenes/set-up-state.ts';
import { type Binding, bind } from '../keys/key-table.ts';
import type { Where } from '../keys/key-tables.ts';
import { setUpKeys } from '../keys/set-up-keys.ts';
import { Frame } from '../pieces/frame.tsx';
import type { ScreenProps } from '../screen-props.ts';
import type { Size } from '../size.ts';

const titles: Readonly<Record<SetUpPart, string>> = {
  inputs: '1 of 3: inputs',
  hosts: '2 of 3: hosts',
  answers: '2 of 3: answers for each host',
  check: '2 of 3: check of the hosts',
  summary: '3 of 3: summary',
};

/** Whose keys the help shows. */
const wheres: Readonly<Record<SetUpPart, Where>> = {
  inputs: 'set-up',
  hosts: 'set-up',
  answers: 'set-up',
  check: 'set-up-check',
  summary: 'set-up-summary',
};

/** The frame of each part of a set-up: the runbook, and which part it is. */
export function SetUpFrame({
  state,
  size,
  send,
  keys,
  isTyping = false,
  isGuarded = false,
  children,
}: ScreenProps<SetUpState> & {
  readonly keys: readonly Binding[];
  readonly isTyping?: boolean;
  readonly isGuarded?: boolean;
  readonly children: (body: Size) => ReactNode;
}): ReactElement {
  const { part, runbook } = state;
  return (
    <Frame
      state={state}
      size={size}
      send={send}
      where={wheres[part]}
      title={cleanLine(runbook.title)}
      aside={`set-up ${titles[part]}`}
      keys={keys}
      isTyping={isTyping}
      isGuarded={isGuarded}
    >
      {children}
    </Frame>
  );
}

/** The keys that lead from part to part; `whyNot` says why the next one has to wait. */
export function partKeys({ state, send }: Pick<ScreenProps<SetUpState>, 'state' | 'send'>, whyNot: string | null): readonly Binding[] {
  return bind(setUpKeys, {
    next: state.part === 'summary' ? null : (whyNot ?? (() => send({ do: 'next-part' }))),
    back: () => send({ do: 'previous-part' }),
    leave: () => send({ do: 'leave' }),
  });
}
