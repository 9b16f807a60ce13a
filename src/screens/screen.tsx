import type { ReactElement } from 'react';
import type { Send } from '../scenes/act.ts';
import type { AppState } from '../scenes/app-scenes.ts';
import { bind } from './keys/key-table.ts';
import { LeaveScreen } from './leave.tsx';
import { Frame } from './pieces/frame.tsx';
import { line } from './pieces/line.ts';
import { Lines } from './pieces/lines.tsx';
import { walkScreen } from './screen-for.ts';
import type { Size } from './size.ts';

/** The screen for all that stands on the screens now. */
export function Screen({ state, size, send }: { readonly state: AppState; readonly size: Size; readonly send: Send }): ReactElement {
  const { scene, over, ...common } = state;
  const seen = { ...scene, ...common };
  const top = over.at(-1);
  if (top?.is === 'leave') return <LeaveScreen state={seen} size={size} send={send} />;
  const { questions } = scene;
  const q = questions[0];
  const keys = bind(
    { yes: { key: 'y', does: 'yes', says: '' }, q: { key: 'q', does: 'leave', says: '' } },
    {
      yes: () => {
        if (q) send({ do: 'answer', answer: { question: q.id, choice: q.choices[0] ?? '' } });
        else if (scene.resumed) send({ do: 'seen-resume' });
      },
      q: () => send(scene.end ? { do: 'leave' } : { do: 'show', over: { is: 'leave' } }),
    },
  );
  const w = walkScreen(scene);
  return (
    <Frame
      state={common}
      size={size}
      send={send}
      where="step"
      title={scene.run.title}
      aside={String(common.now)}
      mode={scene.mode}
      keys={keys}
    >
      {(body) => (
        <Lines
          size={body}
          lines={[
            line(w.is),
            line(q ? `${q.is} ${'step' in q ? q.step.step.title : ''}` : 'no question'),
            ...scene.output.lines.map((l) => line(l)),
          ]}
        />
      )}
    </Frame>
  );
}
