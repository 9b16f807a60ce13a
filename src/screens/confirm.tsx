import { type ReactElement, useMemo, useState } from 'react';
import { cleanLine } from '../output/clean.ts';
import { riskOf } from '../run/walk/risk.ts';
import type { WalkState } from '../scenes/walk-state.ts';
import { prose } from '../words/said.ts';
import type { Confirm } from '../words/show-confirm.ts';
import { hasSecrets } from '../words/show-part.ts';
import { type ConfirmLooking, confirmPage } from './confirm/confirm-lines.ts';
import { ConfirmNames } from './confirm/confirm-names.tsx';
import { confirmKeys, confirmNamesKeys } from './keys/confirm-keys.ts';
import { dialogKeys } from './keys/dialog-keys.ts';
import { bind } from './keys/key-table.ts';
import { pageKeys } from './keys/page-keys.ts';
import { Choices } from './pieces/choices.tsx';
import { Frame } from './pieces/frame.tsx';
import { linesOf } from './pieces/line.ts';
import { Lines } from './pieces/lines.tsx';
import { runHead } from './pieces/run-head.ts';
import { seenLines, useScroll } from './pieces/scroll.ts';
import type { ScreenProps } from './screen-props.ts';
import { bodyOf, type Size } from './size.ts';
import { reachItems, whyNotOffered } from './step/step-choices.ts';

type ConfirmProps = ScreenProps<WalkState> & {
  readonly question: Confirm;
  /** Goes back to the step; nothing is run. */
  readonly onClose: () => void;
};

/**
 * Asks for the yes, with everything that is said yes to. Keys that say yes count after half a second without a key, and once the end of
 * the text has been in sight; a step that destroys asks for each host's name, typed by hand.
 */
export function ConfirmScreen({ state, size, send, question, onClose }: ConfirmProps): ReactElement {
  const [looking, setLooking] = useState<ConfirmLooking>({ showsAll: false, showsWrapped: false, reach: null });
  const [opened, setOpened] = useState<'reach' | 'names' | null>(null);
  const body = bodyOf(size);
  // A file of thousands of lines is not laid out anew for each row that it is moved by.
  const page = useMemo(() => confirmPage({ state, question, looking }, body.columns), [state, question, looking, body.columns]);
  const scroll = useScroll(page.lines.length, body.rows);
  const bottom = scroll.from + (page.lines.length <= body.rows ? body.rows : body.rows - 1);
  // What was in sight once is known, however the rows move behind it.
  const [wasSeen, setSeen] = useState(false);
  const isSeen = wasSeen || bottom >= page.end;
  if (isSeen && !wasSeen) setSeen(true);
  const destroys = riskOf(question.step, question) === 'destroy';

  const say = (choice: string, more: { readonly step?: string; readonly hosts?: readonly string[] } = {}): void =>
    send({ do: 'answer', answer: { question: question.id, choice, ...more } });
  const yes = (): void => {
    if (destroys) setOpened('names');
    else if (looking.reach !== null) say('yes-to-here', { step: looking.reach });
    else say('yes');
  };
  const no = (): void => {
    if (looking.reach !== null) setLooking({ ...looking, reach: null });
    else if (question.isUndo) say('go-back');
    else onClose();
  };
  /** Nothing is allowed for more steps before the end of this one was seen. */
  const unless = (choice: Confirm['choices'][number], act: () => void): (() => void) | string => {
    if (!question.choices.includes(choice)) return whyNotOffered(question, choice);
    return isSeen ? act : 'the text goes on below: pgdn shows the rest';
  };
  const close = (): void => setOpened(null);
  const keys =
    opened === 'reach'
      ? bind(dialogKeys, { choose: () => {}, back: close })
      : opened === 'names'
        ? // The field takes them; they are told at the foot.
          bind(confirmNamesKeys, { say: () => {}, back: close })
        : [
            ...bind(confirmKeys, {
              yes: unless('yes', yes),
              // Where there is little room, the way out is told before the further ways in.
              no,
              yesToPhaseEnd: question.isUndo ? null : unless('yes-to-phase-end', () => say('yes-to-phase-end')),
              yesToHere: question.isUndo ? null : unless('yes-to-here', () => setOpened('reach')),
              hosts: question.hosts.length > 1 ? () => setLooking({ ...looking, showsAll: !looking.showsAll }) : null,
              reveal: question.hosts.some(({ parts }) => parts.some(hasSecrets))
                ? () => send({ do: 'reveal', what: `the secrets of “${question.step.step.title}”` })
                : null,
              wrapped: () => setLooking({ ...looking, showsWrapped: !looking.showsWrapped }),
              shell: question.isUndo ? () => say('shell', { hosts: question.hosts.slice(0, 1).map(({ host }) => host) }) : null,
            }),
            ...bind(pageKeys, scroll.acts),
          ];
  const head = runHead(state, question.step.step.id);
  return (
    <Frame
      state={state}
      size={size}
      send={send}
      where="confirm"
      {...head}
      title={`${head.title}   ${cleanLine(question.step.phase)}`}
      keys={keys}
      isTyping={opened === 'names'}
      isGuarded={opened === null}
    >
      {(room) => {
        if (opened === 'reach') return <Reach state={state} question={question} size={room} onChoose={reachTo} />;
        if (opened === 'names')
          return (
            <ConfirmNames
              hosts={question.hosts.map(({ host }) => host)}
              size={room}
              onTyped={(hosts) => say('yes', { hosts })}
              onWrong={wrongName}
              onEscape={close}
            />
          );
        return (
          <Lines
            size={room}
            lines={seenLines(page.lines, room.rows, scroll.from, isSeen ? 'pgup pgdn' : 'pgdn shows the rest, then y counts')}
          />
        );
      }}
    </Frame>
  );

  function reachTo(step: string): void {
    setOpened(null);
    setLooking({ ...looking, reach: step });
    // What the yes now means stands at the top.
    scroll.acts.top();
  }

  function wrongName(typed: string, host: string): void {
    setOpened(null);
    send({ do: 'tell', text: `“${cleanLine(typed)}” is not ${host}. Nothing was run.` });
  }
}

/** Up to which step the yes is to reach. Choosing one allows nothing yet. */
function Reach({
  state,
  question,
  size,
  onChoose,
}: {
  readonly state: WalkState;
  readonly question: Confirm;
  readonly size: Size;
  readonly onChoose: (step: string) => void;
}): ReactElement {
  const above = [...linesOf(prose('Up to which step is the yes to reach? It is asked for once more.'), size.columns), []];
  return (
    <>
      <Lines size={{ columns: size.columns, rows: above.length }} lines={above} />
      <Choices
        items={reachItems(state, question.step.step.id)}
        size={{ columns: size.columns, rows: Math.max(1, size.rows - above.length) }}
        onChoose={onChoose}
      />
    </>
  );
}
