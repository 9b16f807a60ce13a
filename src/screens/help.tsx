import { type ReactElement, useState } from 'react';
import type { Send } from '../scenes/act.ts';
import type { Common } from '../scenes/scene.ts';
import { helpLines, helpOf, helpWith } from './help/help-lines.ts';
import { helpKeys, searchingKeys } from './keys/help-keys.ts';
import { bind } from './keys/key-table.ts';
import { scrollKeys } from './keys/scroll-keys.ts';
import { Frame } from './pieces/frame.tsx';
import { Lines } from './pieces/lines.tsx';
import { seenLines, useScroll } from './pieces/scroll.ts';
import { Typing } from './pieces/typing.tsx';
import { bodyOf, type Size } from './size.ts';

/** What the keys of the screen below do, and what its marks and words mean. */
export function HelpScreen({
  state,
  size,
  send,
  of,
}: {
  readonly state: Common;
  readonly size: Size;
  readonly send: Send;
  /** The screen that it was asked on. */
  readonly of: string;
}): ReactElement {
  const [wanted, setWanted] = useState('');
  const [isTyping, setTyping] = useState(false);
  const lines = helpLines(helpWith(helpOf(of), wanted), size.columns);
  const scroll = useScroll(lines.length, bodyOf(size).rows);
  const keys = [
    ...bind(helpKeys, {
      search: () => setTyping(true),
      back: () => (wanted === '' ? send({ do: 'back' }) : setWanted('')),
    }),
    ...bind(scrollKeys, scroll.acts),
  ];
  const close = (): void => setTyping(false);
  const all = (): void => {
    setWanted('');
    setTyping(false);
  };
  const typing = bind(searchingKeys, { close, all });
  return (
    <Frame
      state={state}
      size={size}
      send={send}
      where="help"
      title="Keys, marks and words"
      aside={wanted === '' ? '' : `with “${wanted}”`}
      keys={isTyping ? typing : keys}
      isTyping={isTyping}
    >
      {(body) =>
        isTyping ? (
          <Typing
            size={body}
            lines={lines}
            prompt="Show only what has this in it:"
            value={wanted}
            onChange={setWanted}
            onEnter={close}
            onEscape={all}
          />
        ) : (
          <Lines size={body} lines={seenLines(lines, body.rows, scroll.from)} />
        )
      }
    </Frame>
  );
}
