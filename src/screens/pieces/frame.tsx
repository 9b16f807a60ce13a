import { Box, Text } from 'ink';
import { type ReactElement, type ReactNode, useState } from 'react';
import type { Send } from '../../scenes/act.ts';
import type { Common } from '../../scenes/scene.ts';
import { layOut } from '../../words/lay-out.ts';
import { prose } from '../../words/said.ts';
import { dialogKeys } from '../keys/dialog-keys.ts';
import { everywhereKeys } from '../keys/everywhere-keys.ts';
import { type Binding, bind } from '../keys/key-table.ts';
import type { Where } from '../keys/key-tables.ts';
import { useKeys } from '../keys/use-keys.ts';
import { bodyOf, footerHeight, type Size } from '../size.ts';
import { CommandList } from './command-list.tsx';
import { footerRows } from './footer.ts';
import { drawable, spread } from './line.ts';

/** How the walk's mode is said in the first row of every screen. */
export type Mode = 'LIVE' | 'LAB';

type FrameProps = {
  readonly state: Common;
  readonly size: Size;
  readonly send: Send;
  /** Whose keys they are, for the help. */
  readonly where: Where;
  readonly title: string;
  /** At the right end of the first row. */
  readonly aside?: string;
  readonly mode?: Mode;
  readonly keys: readonly Binding[];
  /** A text field or a list has the keys; those of the frame rest. */
  readonly isTyping?: boolean;
  /** A dialog: its keys count only after half a second without a key. */
  readonly isGuarded?: boolean;
  /** Draws what stands between the rules. */
  readonly children: (body: Size) => ReactNode;
};

/** The frame of every screen: what and where, a rule, the body, a rule, and the keys that do something here. */
export function Frame({
  state,
  size,
  send,
  where,
  title,
  aside = '',
  mode,
  keys,
  isTyping = false,
  isGuarded = false,
  children,
}: FrameProps): ReactElement {
  const [isListed, setListed] = useState(false);
  // What becomes a dialog while the list is open is not answered from it.
  const isChoosing = isListed && !isGuarded;
  const everywhere = bind(everywhereKeys, {
    help: () => send({ do: 'show', over: { is: 'help', of: where } }),
    // Its list is chosen from by Enter, which answers no dialog.
    commands: isGuarded ? null : () => setListed(true),
    redraw: null,
    suspend: null,
    interrupt: null,
  });
  const all = [...keys, ...everywhere];
  useKeys(all, {
    isActive: !isTyping && !isChoosing,
    isGuarded,
    onKey: () => (state.told === null ? undefined : send({ do: 'hush' })),
    onRefused: ({ key, does, whyNot = '' }) => send({ do: 'tell', text: `${key} ${does}: ${whyNot}` }),
  });
  const rows = footerHeight(size.rows);
  // What the footer tells is what the keys do now.
  const offered = isChoosing ? bind(dialogKeys, { choose: () => {}, back: () => {} }) : isTyping ? keys : all;
  const footer = [...toldRows(state.told, size.columns), ...footerRows(offered, size)].slice(0, rows);
  const body = bodyOf(size);
  const rule = '─'.repeat(size.columns);
  const room = size.columns - (mode === undefined ? 0 : mode.length + 3);
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} overflow="hidden">
      <Box flexShrink={0} height={1}>
        <Text wrap="truncate">
          {mode === undefined ? '' : <Text inverse color={mode === 'LAB' ? 'cyan' : 'yellow'}>{` ${mode} `}</Text>}
          {mode === undefined ? '' : ' '}
          <Text bold>{spread(drawable(title), drawable(aside), room)}</Text>
        </Text>
      </Box>
      <Box flexShrink={0} height={1}>
        <Text wrap="truncate">{rule}</Text>
      </Box>
      <Box flexShrink={0} height={body.rows} flexDirection="column" overflow="hidden">
        {isChoosing ? <CommandList keys={all} size={body} close={() => setListed(false)} /> : children(body)}
      </Box>
      <Box flexShrink={0} height={1}>
        <Text wrap="truncate">{rule}</Text>
      </Box>
      <Box flexShrink={0} height={rows} flexDirection="column" overflow="hidden">
        {footer.map((row) => (
          <Text key={row} wrap="truncate">
            {row}
          </Text>
        ))}
      </Box>
    </Box>
  );
}

function toldRows(told: string | null, columns: number): readonly string[] {
  return told === null ? [] : layOut(prose(drawable(told)), columns).map(({ text }) => text);
}
