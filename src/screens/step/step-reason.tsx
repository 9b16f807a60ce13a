import type { ReactElement } from 'react';
import type { WalkState } from '../../scenes/walk-state.ts';
import { nothingTyped } from '../../words/nothing-typed.ts';
import { prose } from '../../words/said.ts';
import { sayHost } from '../../words/say-host.ts';
import { bind } from '../keys/key-table.ts';
import { typingKeys } from '../keys/typing-keys.ts';
import { type Line, linesOf } from '../pieces/line.ts';
import { heading, sections } from '../pieces/sections.ts';
import { Typing } from '../pieces/typing.tsx';
import { DialogFrame, type StepDialogIs, type StepDialogProps } from './step-dialog-frame.tsx';

/** What is typed before it is said to the walk. */
export type Typed = 'skip' | 'mark-done' | 'note' | 'leave-host-out';
const typed: readonly Typed[] = ['skip', 'mark-done', 'note', 'leave-host-out'];

/** A text half typed before another question came in front is taken up again. */
export function openedByDraft(state: WalkState, step: string): StepDialogIs | null {
  for (const is of typed) {
    if (is === 'leave-host-out') {
      const host = state.run.hosts.find(({ name }) => draftOf(step, is, name) in state.drafts)?.name;
      if (host !== undefined) return { is, host };
    } else if (draftOf(step, is) in state.drafts) return { is };
  }
  return null;
}

/** A reason or a note is typed; an empty one says nothing. */
export function StepReason({ choice, host, ...props }: StepDialogProps & { readonly choice: Typed; readonly host?: string }): ReactElement {
  const { state, view, send, onClose } = props;
  const of = draftOf(view.record.id, choice, host);
  const close = (): void => {
    send({ do: 'draft', of, text: '' });
    onClose();
  };
  const say = (text: string): void => {
    close();
    if (text === '') {
      send({ do: 'tell', text: nothingTyped });
      return;
    }
    if (choice === 'note') send({ do: 'note', text, step: view.record.id });
    else if (view.confirm !== null)
      send({ do: 'answer', answer: { question: view.confirm.id, choice, text, ...(host === undefined ? {} : { hosts: [host] }) } });
  };
  return (
    <DialogFrame {...props} keys={bind(typingKeys, { enter: () => say((state.drafts[of] ?? '').trim()), back: close })} isTyping>
      {(room) => (
        <Typing
          size={room}
          lines={reasonLines(props, choice, host)}
          prompt={choice === 'note' ? 'The note:' : 'Why?'}
          hint="It stands in the report."
          value={state.drafts[of] ?? ''}
          comesUnasked={of in state.drafts}
          onChange={(text) => send({ do: 'draft', of, text })}
          onEscape={close}
          onEnter={(text) => say(text.trim())}
        />
      )}
    </DialogFrame>
  );
}

function reasonLines({ view, size }: StepDialogProps, choice: Typed, host?: string): readonly Line[] {
  const hosts = view.hosts.map((each) => sayHost(each.host)).join(', ');
  const says = {
    skip: `This step is skipped on ${hosts}. Nothing is run for it; what later steps need of it will be missing.`,
    'mark-done': `This step counts as done on ${hosts}. Nothing is run for it.`,
    note: 'A note about this step. It changes nothing.',
    'leave-host-out': `${host} is left out of the rest of the run: no step looks at it or runs on it any more.`,
  } satisfies Record<Typed, string>;
  return sections(heading(view.record.title, size.columns), linesOf(prose(says[choice]), size.columns));
}

function draftOf(step: string, choice: Typed, host = ''): string {
  return `${step} ${choice} ${host}`.trim();
}
