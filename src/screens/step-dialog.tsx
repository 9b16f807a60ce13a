import type { ReactElement } from 'react';
import { cleanLine } from '../output/clean.ts';
import type { Common } from '../scenes/scene.ts';
import type { WalkState } from '../scenes/walk-state.ts';
import { fixedLines } from '../words/fixed-lines.ts';
import { prose } from '../words/said.ts';
import { sayHost } from '../words/say-host.ts';
import { dialogKeys } from './keys/dialog-keys.ts';
import { type Binding, bind } from './keys/key-table.ts';
import { pageKeys } from './keys/page-keys.ts';
import { typingKeys } from './keys/typing-keys.ts';
import { type Choice, Choices } from './pieces/choices.tsx';
import { Frame } from './pieces/frame.tsx';
import { type Line, line, linesOf } from './pieces/line.ts';
import { Lines } from './pieces/lines.tsx';
import { runHead } from './pieces/run-head.ts';
import { seenLines, useScroll } from './pieces/scroll.ts';
import { Typing } from './pieces/typing.tsx';
import type { ScreenProps } from './screen-props.ts';
import { bodyOf, type Size } from './size.ts';
import { type ElsewhereChoice, editItems, elsewhereItems, elsewhereQuestion, hostItems } from './step-choices.ts';
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

type Typed = 'skip' | 'mark-done' | 'note' | 'leave-host-out';
const typed: readonly Typed[] = ['skip', 'mark-done', 'note', 'leave-host-out'];

type DialogProps = ScreenProps<WalkState> & {
  readonly view: StepView;
  readonly dialog: Exclude<StepDialogIs, { is: 'confirm' }>;
  readonly onChange: (dialog: StepDialogIs) => void;
  readonly onClose: () => void;
};

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

/** What a key of the step has opened, in place of the step. */
export function StepDialog(props: DialogProps): ReactElement {
  const { dialog, view, send, onClose, onChange, state } = props;
  const { confirm } = view;
  switch (dialog.is) {
    case 'wrapped':
      return <Wrapped {...props} />;
    case 'undo':
    case 'go-back':
    case 'aside': {
      const question = elsewhereQuestion(state.questions, dialog.is);
      return (
        <Choosing
          {...props}
          prompt={prompts[dialog.is]}
          items={elsewhereItems(state, dialog.is)}
          first={elsewhereItems(state, dialog.is).findIndex(({ value }) => value.step === view.record.id)}
          onChoose={(more) => {
            onClose();
            if (question !== undefined) send({ do: 'answer', answer: { question: question.id, choice: dialog.is, ...more } });
          }}
        />
      );
    }
    case 'edit':
      return (
        <Choosing
          {...props}
          prompt="Which text do you want to change? It is shown again before it runs."
          items={confirm === null ? [] : editItems(state, confirm)}
          onChoose={({ part, host }) => {
            onClose();
            if (confirm !== null) send({ do: 'edit-part', question: confirm.id, part, host });
          }}
        />
      );
    case 'shell':
      return (
        <Choosing
          {...props}
          prompt="On which host do you want a shell? Leaving it comes back here. What you do there is not recorded."
          items={confirm === null ? [] : hostItems(confirm)}
          onChoose={(host) => {
            onClose();
            if (confirm !== null) send({ do: 'answer', answer: { question: confirm.id, choice: 'shell', hosts: [host] } });
          }}
        />
      );
    case 'leave-host-out':
      if (dialog.host !== null) return <Reason {...props} choice={dialog.is} host={dialog.host} />;
      return (
        <Choosing
          {...props}
          prompt="Which host is to be left out of the rest of the run?"
          items={confirm === null ? [] : hostItems(confirm)}
          onChoose={(host) => onChange({ is: 'leave-host-out', host })}
        />
      );
    case 'skip':
    case 'mark-done':
    case 'note':
      return <Reason {...props} choice={dialog.is} />;
    default:
      return dialog satisfies never;
  }
}

const prompts: Readonly<Record<ElsewhereChoice, string>> = {
  undo: 'Which step is to be taken back? What would run for it is shown and asked about first.',
  'go-back': 'Which step do you want to walk again? Its hosts are looked at first; what is done already is found so.',
  aside: 'Which step is to be run in between? It is shown and asked about first.',
};

function Choosing<Value>({
  prompt,
  items,
  first = 0,
  onChoose,
  ...props
}: DialogProps & {
  readonly prompt: string;
  readonly items: readonly Choice<Value>[];
  readonly first?: number;
  readonly onChoose: (value: Value) => void;
}): ReactElement {
  // The list itself takes Enter.
  const keys = bind(dialogKeys, { choose: () => {}, back: props.onClose });
  return (
    <DialogFrame {...props} keys={keys}>
      {(room) => {
        const above = [...linesOf(prose(prompt), room.columns), []];
        return (
          <>
            <Lines size={{ columns: room.columns, rows: above.length }} lines={above} />
            <Choices
              items={items}
              first={Math.max(0, first)}
              size={{ columns: room.columns, rows: Math.max(1, room.rows - above.length) }}
              onChoose={onChoose}
            />
          </>
        );
      }}
    </DialogFrame>
  );
}

/** A reason or a note is typed; an empty one says nothing. */
function Reason({ choice, host, ...props }: DialogProps & { readonly choice: Typed; readonly host?: string }): ReactElement {
  const { state, view, send, onClose } = props;
  const of = draftOf(view.record.id, choice, host);
  const close = (): void => {
    send({ do: 'draft', of, text: '' });
    onClose();
  };
  const say = (text: string): void => {
    close();
    if (text === '') return;
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
          onChange={(text) => send({ do: 'draft', of, text })}
          onEscape={close}
          onEnter={(text) => say(text.trim())}
        />
      )}
    </DialogFrame>
  );
}

function reasonLines({ view, size }: DialogProps, choice: Typed, host?: string): readonly Line[] {
  const hosts = view.hosts.map((each) => sayHost(each.host)).join(', ');
  const says = {
    skip: `This step is skipped on ${hosts}. Nothing is run for it; what later steps need of it will be missing.`,
    'mark-done': `This step counts as done on ${hosts}. Nothing is run for it.`,
    note: 'A note about this step. It changes nothing.',
    'leave-host-out': `${host} is left out of the rest of the run: no step looks at it or runs on it any more.`,
  } satisfies Record<Typed, string>;
  return [line(cleanLine(view.record.title), 'strong'), [], ...linesOf(prose(says[choice]), size.columns)];
}

/** What stands round every text that runs. */
function Wrapped(props: DialogProps): ReactElement {
  const { size, view, onClose } = props;
  const users = view.hosts.flatMap((host) => host.users);
  const lines = [
    line('What handrail puts round the text', 'strong'),
    [],
    ...linesOf(fixedLines(users.map((as) => ({ send: { as } }))), size.columns),
  ];
  const { rows } = bodyOf(size);
  const scroll = useScroll(lines.length, rows);
  const keys = [...bind(dialogKeys, { choose: null, back: onClose }), ...bind(pageKeys, scroll.acts)];
  return (
    <DialogFrame {...props} keys={keys}>
      {(room) => <Lines size={room} lines={seenLines(lines, room.rows, scroll.from)} />}
    </DialogFrame>
  );
}

function DialogFrame({
  state,
  size,
  send,
  view,
  keys,
  isTyping = false,
  children,
}: DialogProps & {
  readonly keys: readonly Binding[];
  readonly isTyping?: boolean;
  readonly children: (room: Size) => ReactElement;
}): ReactElement {
  const head = runHead(state, view.record.id);
  return (
    <Frame
      state={state satisfies Common}
      size={size}
      send={send}
      where="step"
      title={`${head.title}   ${cleanLine(view.planned.phase)}`}
      aside={head.aside}
      mode={head.mode}
      keys={keys}
      isTyping={isTyping}
    >
      {children}
    </Frame>
  );
}

function draftOf(step: string, choice: Typed, host = ''): string {
  return `${step} ${choice} ${host}`.trim();
}
