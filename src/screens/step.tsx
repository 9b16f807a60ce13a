import { type ReactElement, useMemo, useState } from 'react';
import { cleanLine } from '../output/clean.ts';
import type { Send } from '../scenes/act.ts';
import type { Common } from '../scenes/scene.ts';
import type { WalkState } from '../scenes/walk-state.ts';
import { ConfirmScreen } from './confirm.tsx';
import { type Binding, bind } from './keys/key-table.ts';
import { pageKeys } from './keys/page-keys.ts';
import { runKeys } from './keys/run-keys.ts';
import { stepKeys } from './keys/step-keys.ts';
import { stepListLines } from './map/map-lines.ts';
import { Frame } from './pieces/frame.tsx';
import type { Line } from './pieces/line.ts';
import { Lines } from './pieces/lines.tsx';
import { runHead } from './pieces/run-head.ts';
import { seenLines, useScroll } from './pieces/scroll.ts';
import { between, sideBySide } from './pieces/side-by-side.ts';
import type { ScrollActs } from './pieces/use-row.ts';
import type { ScreenProps } from './screen-props.ts';
import { bodyOf, type Size, wide } from './size.ts';
import { type ElsewhereChoice, editItems, elsewhereItems, elsewhereQuestion, whyNot } from './step/step-choices.ts';
import { StepDialog } from './step/step-dialog.tsx';
import type { StepDialogIs } from './step/step-dialog-frame.tsx';
import { aboutLines, differs, type Looking, lookedAt, type StepPage, stepPage, workPage } from './step/step-lines.ts';
import { openedByDraft } from './step/step-reason.tsx';
import { type StepView, viewStep } from './step/step-view.ts';

type StepProps = ScreenProps<WalkState> & { readonly step: string };

/** A step: what it is for, where and as whom it runs, its exact text, its values and checks; and all that can be done instead. */
export function StepScreen(props: StepProps): ReactElement {
  return <OneStep key={props.step} {...props} />;
}

/** From here on the list of the steps stands at the left, too. */
const widest = 140;
const listWidth = 40;

function OneStep({ state, size, send, step }: StepProps): ReactElement {
  const view = useMemo(() => viewStep(state, step), [state, step]);
  const [looking, setLooking] = useState<Looking>({ host: 0, piece: null });
  // What was opened for one question is no dialog of the next one.
  const asked = view.confirm?.id ?? null;
  const [opened, setOpened] = useState<{ readonly dialog: StepDialogIs; readonly asked: number | null } | null>(() => {
    const dialog = openedByDraft(state, step);
    return dialog === null ? null : { dialog, asked };
  });
  const dialog = opened?.asked === asked ? opened.dialog : null;
  const open = (next: StepDialogIs | null): void => setOpened(next === null ? null : { dialog: next, asked });
  const { columns, rows } = bodyOf(size);
  // A file of thousands of lines is not laid out anew for each row that it is moved by.
  const page = useMemo(() => layOutStep({ state, view, looking }, { columns, rows }), [state, view, looking, columns, rows]);
  const scroll = useScroll(page.total, rows);
  const head = runHead(state, step);
  if (view.confirm !== null && (view.confirm.isUndo || dialog?.is === 'confirm')) {
    return <ConfirmScreen key={view.confirm.id} state={state} size={size} send={send} question={view.confirm} onClose={() => open(null)} />;
  }
  if (dialog !== null && dialog.is !== 'confirm') {
    return <StepDialog state={state} size={size} send={send} view={view} dialog={dialog} onChange={open} onClose={() => open(null)} />;
  }
  const runsAtOnce = canRunAtOnce(view) && isInSight(page.needed, scroll.from, page.total, rows);
  const keys = keysNow({ state, view, looking, send, runsAtOnce, open, look: setLooking, scroll: scroll.acts });
  return (
    <Frame
      // A key pressed before the question was seen is no answer to it.
      key={asked}
      state={state}
      size={size}
      send={send}
      where="step"
      {...head}
      title={`${head.title}   ${cleanLine(view.planned.phase)}`}
      keys={runsAtOnce ? keys.map((key) => (key.name === 'run' ? { ...key, does: 'run (only reads)' } : { ...key, isFree: true })) : keys}
      isGuarded={runsAtOnce}
    >
      {(room) => <Lines size={room} lines={page.at(scroll.from)} />}
    </Frame>
  );
}

type Laid = { readonly total: number; readonly needed: StepPage['needed']; readonly at: (from: number) => readonly Line[] };

/** One pane, two of them, or the list of the steps and a pane: as there is room. They move together. */
function layOutStep(
  shown: { readonly state: WalkState & Common; readonly view: StepView; readonly looking: Looking },
  { columns, rows }: Size,
): Laid {
  if (columns < wide) {
    const page = stepPage(shown, { columns, rows });
    return { total: page.lines.length, needed: page.needed, at: (from) => seenLines(page.lines, rows, from) };
  }
  if (columns < widest) {
    const leftWidth = Math.floor(columns * 0.4);
    const about = aboutLines(shown, leftWidth);
    const page = workPage(shown, columns - leftWidth - between);
    return {
      total: Math.max(about.length, page.lines.length),
      needed: page.needed,
      at: (from) => sideBySide(seenLines(about, rows, from), seenLines(page.lines, rows, from), { leftWidth, rows }),
    };
  }
  const list = stepListLines(shown.state.run, shown.view.record.id, rows);
  const page = stepPage(shown, { columns: columns - listWidth - between, rows });
  return {
    total: page.lines.length,
    needed: page.needed,
    at: (from) => sideBySide(list, seenLines(page.lines, rows, from), { leftWidth: listWidth, rows }),
  };
}

/** A step that only reads, with one text for all its hosts: where that stands on the screen, the run key is the yes. */
function canRunAtOnce(view: StepView): boolean {
  return view.confirm !== null && !view.confirm.isUndo && view.risk === 'read' && !differs(view);
}

function isInSight([first, end]: StepPage['needed'], from: number, total: number, rows: number): boolean {
  const seen = total <= rows ? rows : rows - 1;
  const start = Math.min(from, Math.max(0, total - seen));
  return first >= start && end <= start + seen;
}

type Now = {
  readonly state: WalkState & Common;
  readonly view: StepView;
  readonly looking: Looking;
  readonly send: Send;
  readonly runsAtOnce: boolean;
  readonly open: (dialog: StepDialogIs) => void;
  readonly look: (looking: Looking) => void;
  readonly scroll: ScrollActs;
};

/** What each key does now, or why it does nothing. */
function keysNow({ state, view, looking, send, runsAtOnce, open, look, scroll }: Now): readonly Binding[] {
  const { confirm, record, planned } = view;
  const unless = (choice: Parameters<typeof whyNot>[2], act: () => void): (() => void) | string => whyNot(state, view, choice) ?? act;
  // The journal is closed: nothing could be written down any more.
  const unlessEnded = (act: () => void): (() => void) | string => (state.end === null ? act : 'the run has ended');
  const elsewhere = (choice: ElsewhereChoice): (() => void) | string => {
    if (elsewhereQuestion(state.questions, choice) === undefined) return whyNot(state, view, choice) ?? 'the run asks something else now';
    return elsewhereItems(state, choice).length === 0 ? 'there is none' : () => open({ is: choice });
  };
  const pieces = planned.step.explanations.length;
  const piece = (by: number): (() => void) | null =>
    pieces === 0 ? null : () => look({ ...looking, piece: ((looking.piece ?? (by > 0 ? -1 : pieces)) + by + pieces) % pieces });
  const text = lookedAt(view, looking);
  return [
    ...bind(stepKeys, {
      run: unless('yes', () =>
        runsAtOnce && confirm !== null ? send({ do: 'answer', answer: { question: confirm.id, choice: 'yes' } }) : open({ is: 'confirm' }),
      ),
      edit: unless('edit', () => {
        const [only, ...others] = confirm === null ? [] : editItems(state, confirm);
        if (confirm === null || only === undefined || others.length > 0) return open({ is: 'edit' });
        const { part, host } = only.value;
        send({ do: 'edit-part', question: confirm.id, part, host });
      }),
      skip: unless('skip', () => open({ is: 'skip' })),
      markDone: unless('mark-done', () => open({ is: 'mark-done' })),
      perHost: differs(view) ? () => look({ ...looking, host: (looking.host + 1) % view.hosts.length }) : null,
      reveal: view.hasSecrets ? unlessEnded(() => send({ do: 'reveal', what: `the secrets of “${record.title}”` })) : null,
      undo: elsewhere('undo'),
      goBack: elsewhere('go-back'),
      leaveOut: unless('leave-host-out', () => open({ is: 'leave-host-out', host: null })),
      shell: unless('shell', () => open({ is: 'shell' })),
      aside: state.run.steps.some(({ isAside }) => isAside) ? elsewhere('aside') : null,
      nextPiece: piece(1),
      previousPiece: piece(-1),
      wrapped: () => open({ is: 'wrapped' }),
      copy:
        text === undefined || text.commands.length === 0
          ? null
          : () => send({ do: 'copy', what: `the text for ${text.host}`, text: state.mask(text.commands.join('\n')) }),
      back: () => send({ do: 'back' }),
    }),
    ...bind(runKeys, {
      map: () => send({ do: 'show', over: { is: 'map' } }),
      values: () => send({ do: 'show', over: { is: 'values' } }),
      hosts: () => send({ do: 'show', over: { is: 'hosts' } }),
      output: () => {
        if (record.perHost.some(({ attempts }) => attempts.length > 0)) send({ do: 'output', how: 'show', step: record.id });
        send({ do: 'show', over: { is: 'output' } });
      },
      note: unlessEnded(() => open({ is: 'note' })),
      leave: state.end === null ? () => send({ do: 'show', over: { is: 'leave' } }) : null,
    }),
    ...bind(pageKeys, scroll),
  ];
}
