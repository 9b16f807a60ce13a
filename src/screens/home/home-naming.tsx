import type { ReactElement } from 'react';
import type { HomeState } from '../../scenes/home-state.ts';
import { linesOf } from '../pieces/line.ts';
import { Typing } from '../pieces/typing.tsx';
import type { ScreenProps } from '../screen-props.ts';
import type { Size } from '../size.ts';
import { showRefused } from './home-lines.ts';

/** The path of a runbook's file while it is typed, and what the keys do with it. */
export type Named = {
  readonly typed: string;
  readonly type: (text: string) => void;
  readonly take: (text: string) => void;
  readonly close: () => void;
};

/** The path is kept outside the screen, so that it stands there still when the file turns out to be wrong. */
export function namedFile({ state, send }: ScreenProps<HomeState>, setNaming: (isNaming: boolean) => void): Named {
  const type = (text: string): void => send({ do: 'draft', of: 'file', text });
  return {
    typed: state.drafts['file'] ?? '',
    type,
    take: (text) => (text.trim() === '' ? undefined : send({ do: 'start', runbook: text.trim() })),
    close: () => {
      type('');
      setNaming(false);
    },
  };
}

/** Asks for the path of a file; what is wrong with the file named last stands above. */
export function Naming({ state, size, named }: { readonly state: HomeState; readonly size: Size; readonly named: Named }): ReactElement {
  const { refused, opening } = state;
  return (
    <Typing
      size={size}
      lines={refused === null ? [] : linesOf(showRefused(refused), size.columns)}
      prompt={opening ?? 'The path of a runbook, a Markdown file; it may be pasted'}
      value={named.typed}
      onChange={named.type}
      onEnter={named.take}
      onEscape={named.close}
    />
  );
}
