import { Box, Text } from 'ink';
import { type ReactElement, useEffect, useState } from 'react';
import type { OutputView } from '../scenes/output-act.ts';
import type { WalkState } from '../scenes/walk-state.ts';
import { dialogKeys } from './keys/dialog-keys.ts';
import { bind } from './keys/key-table.ts';
import { bindLooks } from './keys/look-keys.ts';
import { outputKeys } from './keys/output-keys.ts';
import { runKeys } from './keys/run-keys.ts';
import { scrollKeys } from './keys/scroll-keys.ts';
import { typingKeys } from './keys/typing-keys.ts';
import { useKeys } from './keys/use-keys.ts';
import { CopyOutput } from './output/copy-output.tsx';
import { lastPart } from './output/output-hosts.ts';
import { layOutput } from './output/output-layout.ts';
import { outputRows } from './output/output-rows.ts';
import { Frame } from './pieces/frame.tsx';
import { Lines } from './pieces/lines.tsx';
import { runHead } from './pieces/run-head.ts';
import { TextField } from './pieces/text-field.tsx';
import type { ScreenProps } from './screen-props.ts';
import { bodyOf } from './size.ts';

/** What the keys do while a search is typed; the field itself takes them. */
const searching = bind({ enter: { ...typingKeys.enter, does: 'search' }, back: typingKeys.back }, { enter: () => {}, back: () => {} });

/** What the hosts of a step say: one at a time, followed as it comes, or looked through. */
export function OutputScreen({ state, size, send }: ScreenProps<WalkState>): ReactElement {
  const [typed, setTyped] = useState<string | null>(null);
  const [isCopying, setCopying] = useState(false);
  const { output } = state;
  const step = state.run.steps.find(({ id }) => id === (output.step ?? state.run.step));
  const host = step?.perHost.find(({ name }) => name === output.host);
  const part = host === undefined ? null : lastPart(host);
  const layout = layOutput(state, bodyOf(size), step, host);
  const rows = output.isZoomed ? size.rows : layout.pane.rows;
  // The scene keeps where the operator is, and so must know how much is seen at once.
  useEffect(() => send({ do: 'output', how: 'resize', rows }), [rows, send]);

  const isSilent = output.total === 0 ? 'nothing was said yet' : null;
  const ran = state.run.steps.filter(({ id, perHost }) => id === output.step || perHost.some(({ attempts }) => attempts.length > 0));
  const at = ran.findIndex(({ id }) => id === output.step);
  const isAlone = (step?.perHost.length ?? 0) < 2;
  const view = (next: OutputView): void => send({ do: 'output', how: 'view', view: output.view === next ? 'one' : next });
  const keys = [
    ...bind(outputKeys, {
      follow: isSilent ?? (() => send({ do: 'output', how: 'follow' })),
      nextHost: isAlone ? null : () => send({ do: 'output', how: 'host', by: 1 }),
      all: isAlone ? null : () => view('all'),
      differences: isAlone ? null : () => view('differences'),
      search: isSilent ?? (() => setTyped(output.search?.typed ?? '')),
      next: output.search === null ? null : () => send({ do: 'output', how: 'match', by: 1 }),
      previous: output.search === null ? null : () => send({ do: 'output', how: 'match', by: -1 }),
      zoom: () => send({ do: 'output', how: 'zoom' }),
      copy: isSilent ?? (() => setCopying(true)),
      log: part === null ? 'nothing has run here yet' : () => send({ do: 'page-log', log: part.log }),
      stream: () => send({ do: 'stream' }),
      back: () => {
        if (output.isZoomed) send({ do: 'output', how: 'zoom' });
        else if (output.search !== null) send({ do: 'output', how: 'search', typed: '' });
        else send({ do: 'back' });
      },
      stepBefore: at > 0 ? () => send({ do: 'output', how: 'step', by: -1 }) : 'nothing ran in a step before',
      stepBehind: at < ran.length - 1 ? () => send({ do: 'output', how: 'step', by: 1 }) : 'nothing ran in a step behind yet',
      previousHost: isAlone ? null : () => send({ do: 'output', how: 'host', by: -1 }),
    }),
    ...bind(scrollKeys, {
      up: () => send({ do: 'output', how: 'move', by: -1 }),
      down: () => send({ do: 'output', how: 'move', by: 1 }),
      pageUp: () => send({ do: 'output', how: 'page', by: -1 }),
      pageDown: () => send({ do: 'output', how: 'page', by: 1 }),
      top: () => send({ do: 'output', how: 'start' }),
      bottom: () => send({ do: 'output', how: 'end' }),
    }),
    ...bindLooks(send, ['output']),
    ...bind({ leave: runKeys.leave }, { leave: state.end === null ? () => send({ do: 'show', over: { is: 'leave' } }) : null }),
  ];
  const head = runHead(state, step?.id ?? null);
  // What is asked for in the zoom stands on the screen, too.
  if (output.isZoomed && !isCopying && typed === null) return <Zoomed state={state} size={size} keys={keys} />;
  const open = isCopying ? bind(dialogKeys, { choose: () => {}, back: () => {} }) : typed === null ? null : searching;
  return (
    <Frame state={state} size={size} send={send} where="output" {...head} keys={open ?? keys} isTyping={open !== null}>
      {(body) =>
        isCopying ? (
          <CopyOutput size={body} state={state} part={part} send={send} close={() => setCopying(false)} />
        ) : (
          <>
            <Lines size={{ columns: body.columns, rows: typed === null ? body.rows : body.rows - 1 }} lines={layout.lines} />
            {typed === null ? (
              ''
            ) : (
              <Box flexShrink={0} height={1}>
                <Text>{'/'}</Text>
                <TextField
                  value={typed}
                  onChange={setTyped}
                  onEnter={(text) => {
                    setTyped(null);
                    send({ do: 'output', how: 'search', typed: text });
                  }}
                  onEscape={() => setTyped(null)}
                  width={body.columns - 1}
                />
              </Box>
            )}
          </>
        )
      }
    </Frame>
  );
}

/** Nothing but the text, so that the terminal can select it; what is told stands in the last row while it is told. */
function Zoomed({
  state,
  size,
  keys,
}: Pick<ScreenProps<WalkState>, 'state' | 'size'> & { readonly keys: Parameters<typeof useKeys>[0] }): ReactElement {
  useKeys(keys);
  const told = state.told === null ? [] : [[{ text: state.told }]];
  const text = { columns: size.columns, rows: size.rows - told.length };
  const lines = outputRows(state.output, text);
  const blank = Array.from({ length: text.rows - lines.length }, () => []);
  return <Lines size={size} lines={[...lines, ...blank, ...told]} />;
}
