import type { ReactElement } from 'react';
import { cleanLine } from '../../output/clean.ts';
import type { WalkState } from '../../scenes/walk-state.ts';
import type { Binding } from '../keys/key-table.ts';
import { Frame } from '../pieces/frame.tsx';
import { runHead } from '../pieces/run-head.ts';
import type { ScreenProps } from '../screen-props.ts';
import type { Size } from '../size.ts';
import type { ElsewhereChoice } from './step-choices.ts';
import type { StepView } from './step-view.ts';

/** What a key of the step has opened: something is chosen, typed or read before anything is said to the walk. */
export type StepDialogIs =
  | { readonly is: 'confirm' }
  | { readonly is: 'wrapped' }
  | { readonly is: ElsewhereChoice }
  | { readonly is: 'edit' }
  | { readonly is: 'shell' }
  | { readonly is: 'skip' | 'mark-done' | 'note' }
  /** Which host, then why. */
  | { readonly is: 'leave-host-out'; readonly host: string | null };

export type StepDialogProps = ScreenProps<WalkState> & {
  readonly view: StepView;
  readonly dialog: Exclude<StepDialogIs, { is: 'confirm' }>;
  readonly onChange: (dialog: StepDialogIs) => void;
  readonly onClose: () => void;
};

/** The frame of what a key of the step has opened. */
export function DialogFrame({
  state,
  size,
  send,
  view,
  keys,
  isTyping = false,
  children,
}: StepDialogProps & {
  readonly keys: readonly Binding[];
  readonly isTyping?: boolean;
  readonly children: (room: Size) => ReactElement;
}): ReactElement {
  const head = runHead(state, view.record.id);
  return (
    <Frame
      state={state}
      size={size}
      send={send}
      where="step"
      {...head}
      title={`${head.title}   ${cleanLine(view.planned.phase)}`}
      keys={keys}
      isTyping={isTyping}
    >
      {children}
    </Frame>
  );
}
