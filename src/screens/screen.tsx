import type { ReactElement } from 'react';
import type { Send } from '../scenes/act.ts';
import type { AppState } from '../scenes/app-scenes.ts';
import type { Overlay } from '../scenes/overlay.ts';
import type { Common } from '../scenes/scene.ts';
import type { WalkState } from '../scenes/walk-state.ts';
import { bind } from './keys/key-table.ts';
import { LeaveScreen } from './leave.tsx';
import { Frame } from './pieces/frame.tsx';
import { line } from './pieces/line.ts';
import { Lines } from './pieces/lines.tsx';
import { walkScreen } from './screen-for.ts';
import type { ScreenProps } from './screen-props.ts';
import type { Size } from './size.ts';

/** The screen for all that stands there now: what the operator has opened, else what the scene itself calls for. */
export function Screen({ state, size, send }: { readonly state: AppState; readonly size: Size; readonly send: Send }): ReactElement {
  const { scene, over, ...common } = state;
  const top = over.at(-1);
  switch (scene.is) {
    case 'opening':
      return <OpeningScreen state={common} size={size} send={send} />;
    case 'walk':
      return <OfWalk state={{ ...scene, ...common }} size={size} send={send} over={top} />;
    default:
      return scene satisfies never;
  }
}

function OfWalk({ over, ...props }: ScreenProps<WalkState> & { readonly over: Overlay | undefined }): ReactElement {
  const { state, send } = props;
  switch (over?.is) {
    case 'leave':
      return <LeaveScreen {...props} />;
    default:
  }
  const q = state.questions[0];
  const keys = bind(
    { yes: { key: 'y', does: 'yes', says: '' }, q: { key: 'q', does: 'leave', says: '' } },
    {
      yes: () => {
        if (q) send({ do: 'answer', answer: { question: q.id, choice: q.choices[0] ?? '' } });
        else if (state.resumed) send({ do: 'seen-resume' });
      },
      q: () => send(state.end ? { do: 'leave' } : { do: 'show', over: { is: 'leave' } }),
    },
  );
  const w = walkScreen(state);
  return (
    <Frame state={state} size={props.size} send={send} where="step" title={state.run.title} mode={state.mode} keys={keys}>
      {(body) => (
        <Lines
          size={body}
          lines={[
            line(w.is),
            line(q ? `${q.is} ${'step' in q ? q.step.step.title : ''}` : 'no question'),
            ...state.output.rows.map(({ text }) => line(text)),
          ]}
        />
      )}
    </Frame>
  );
}

/** Before there is anything to show. */
function OpeningScreen({ state, size, send }: ScreenProps<Common>): ReactElement {
  return (
    <Frame state={state} size={size} send={send} where="everywhere" title="handrail" keys={[]} isTyping>
      {(body) => <Lines size={body} lines={[]} />}
    </Frame>
  );
}
