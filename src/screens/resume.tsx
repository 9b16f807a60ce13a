import type { ReactElement } from 'react';
import type { WalkState } from '../scenes/walk-state.ts';
import { bind } from './keys/key-table.ts';
import { bindLooks } from './keys/look-keys.ts';
import { resumeKeys } from './keys/resume-keys.ts';
import { runKeys } from './keys/run-keys.ts';
import { scrollKeys } from './keys/scroll-keys.ts';
import { Frame } from './pieces/frame.tsx';
import { Lines } from './pieces/lines.tsx';
import { runHead } from './pieces/run-head.ts';
import { seenLines, useScroll } from './pieces/scroll.ts';
import { resumeLines } from './resume/resume-lines.ts';
import type { ScreenProps } from './screen-props.ts';
import { bodyOf } from './size.ts';

/** Shown once when a run is taken up again: what was recorded, and what is true. */
export function ResumeScreen({ state, size, send }: ScreenProps<WalkState>): ReactElement {
  const lines = resumeLines(state, state.resumed ?? { found: [], runbookChanged: false }, size.columns);
  const scroll = useScroll(lines.length, bodyOf(size).rows);
  const { leave } = runKeys;
  const keys = [
    ...bind(resumeKeys, { goOn: () => send({ do: 'seen-resume' }) }),
    ...bindLooks(send, ['output']),
    ...bind({ leave }, { leave: () => send({ do: 'show', over: { is: 'leave' } }) }),
    ...bind(scrollKeys, scroll.acts),
  ];
  const head = runHead(state);
  return (
    <Frame state={state} size={size} send={send} where="resume" {...head} title={`Resuming: ${head.title}`} keys={keys}>
      {(body) => <Lines size={body} lines={seenLines(lines, body.rows, scroll.from)} />}
    </Frame>
  );
}
