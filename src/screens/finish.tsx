import type { ReactElement } from 'react';
import type { WalkState } from '../scenes/walk-state.ts';
import { finishLines } from './finish/finish-lines.ts';
import { finishKeys } from './keys/finish-keys.ts';
import { bind } from './keys/key-table.ts';
import { bindLooks } from './keys/look-keys.ts';
import { scrollKeys } from './keys/scroll-keys.ts';
import { Frame } from './pieces/frame.tsx';
import { Lines } from './pieces/lines.tsx';
import { runHead } from './pieces/run-head.ts';
import { seenLines, useScroll } from './pieces/scroll.ts';
import type { ScreenProps } from './screen-props.ts';
import { bodyOf } from './size.ts';

/** The end of a walk: how it ended and what is left of it. */
export function FinishScreen({ state, size, send }: ScreenProps<WalkState>): ReactElement {
  const lines = finishLines(state, Math.min(size.columns, widest));
  const scroll = useScroll(lines.length, bodyOf(size).rows);
  const keys = [
    ...bind(finishKeys, {
      report: () => send({ do: 'page-report', run: state.run.number }),
      copy: () => send({ do: 'copy', what: 'the summary', text: textOf(state) }),
      home: () => send({ do: 'go-home' }),
      leave: () => send({ do: 'leave' }),
    }),
    ...bindLooks(send),
    ...bind(scrollKeys, scroll.acts),
  ];
  const head = runHead(state, null);
  return (
    <Frame
      state={state}
      size={size}
      send={send}
      where="finish"
      {...head}
      aside={`${state.run.state === 'finished' ? 'FINISHED' : 'STOPPED'}   ${head.aside}`}
      keys={keys}
    >
      {(body) => <Lines size={body} lines={seenLines(lines, body.rows, scroll.from)} />}
    </Frame>
  );
}

/** Prose is not filled wider than this: long rows are hard to read. */
const widest = 100;

/** The summary as text, as wide as plain mode writes it. */
function textOf(state: WalkState): string {
  return finishLines(state, 80)
    .map((row) => row.map(({ text }) => text).join(''))
    .join('\n');
}
