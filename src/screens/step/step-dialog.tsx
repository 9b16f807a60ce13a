import type { ReactElement } from 'react';
import { fixedLines } from '../../words/fixed-lines.ts';
import { prose } from '../../words/said.ts';
import { dialogKeys } from '../keys/dialog-keys.ts';
import { bind } from '../keys/key-table.ts';
import { pageKeys } from '../keys/page-keys.ts';
import { type Choice, Choices } from '../pieces/choices.tsx';
import { linesOf } from '../pieces/line.ts';
import { Lines } from '../pieces/lines.tsx';
import { seenLines, useScroll } from '../pieces/scroll.ts';
import { heading, sections } from '../pieces/sections.ts';
import { bodyOf } from '../size.ts';
import { type ElsewhereChoice, editItems, elsewhereItems, elsewhereQuestion, hostItems, shellItems } from './step-choices.ts';
import { DialogFrame, type StepDialogProps } from './step-dialog-frame.tsx';
import { StepReason } from './step-reason.tsx';

/** What a key of the step has opened, in place of the step. */
export function StepDialog(props: StepDialogProps): ReactElement {
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
          items={confirm === null ? [] : shellItems(confirm)}
          onChoose={(host) => {
            onClose();
            if (confirm !== null) send({ do: 'answer', answer: { question: confirm.id, choice: 'shell', hosts: [host] } });
          }}
        />
      );
    case 'leave-host-out':
      if (dialog.host !== null) return <StepReason {...props} choice={dialog.is} host={dialog.host} />;
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
      return <StepReason {...props} choice={dialog.is} />;
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
}: StepDialogProps & {
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

/** What stands round every text that runs. */
function Wrapped(props: StepDialogProps): ReactElement {
  const { size, view, onClose } = props;
  const users = view.hosts.flatMap((host) => host.users);
  const lines = sections(
    heading('What handrail puts round the text', size.columns),
    linesOf(fixedLines(users.map((as) => ({ send: { as } }))), size.columns),
  );
  const { rows } = bodyOf(size);
  const scroll = useScroll(lines.length, rows);
  const keys = [...bind(dialogKeys, { choose: null, back: onClose }), ...bind(pageKeys, scroll.acts)];
  return (
    <DialogFrame {...props} keys={keys}>
      {(room) => <Lines size={room} lines={seenLines(lines, room.rows, scroll.from)} />}
    </DialogFrame>
  );
}
