import { type ReactElement, useState } from 'react';
import { hasTypedHosts } from '../../scenes/set-up-parts.ts';
import type { SetUpState } from '../../scenes/set-up-state.ts';
import { bind } from '../keys/key-table.ts';
import { pageKeys } from '../keys/page-keys.ts';
import { setUpSaveKeys, setUpSummaryKeys } from '../keys/set-up-keys.ts';
import { Lines } from '../pieces/lines.tsx';
import { seenLines, useScroll } from '../pieces/scroll.ts';
import { Typing } from '../pieces/typing.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { bodyOf } from '../size.ts';
import { partKeys, SetUpFrame } from './set-up-frame.tsx';
import { savedLines, summaryLines } from './set-up-summary-lines.ts';

/** All hosts and inputs, and what is ahead, before the run begins with a yes of its own. */
export function SetUpSummaryScreen(props: ScreenProps<SetUpState>): ReactElement {
  const { state, size, send } = props;
  const [isSaving, setSaving] = useState(false);
  const body = bodyOf(size);
  const lines = summaryLines(state, body);
  const scroll = useScroll(lines.length, body.rows);
  const isWrong = state.problems.some(({ severity }) => severity === 'error');
  const keys = [
    ...bind(setUpSummaryKeys, {
      begin: state.isBeginning ? 'it begins' : isWrong ? 'something is wrong: it is told above' : () => send({ do: 'begin' }),
      save: hasTypedHosts(state) ? () => setSaving(true) : null,
    }),
    ...partKeys(props, null),
    ...bind(pageKeys, scroll.acts),
  ];
  if (isSaving) return <Saving {...props} close={() => setSaving(false)} />;
  return (
    <SetUpFrame {...props} keys={keys} isGuarded>
      {() => <Lines size={body} lines={seenLines(lines, body.rows, scroll.from, 'up down')} />}
    </SetUpFrame>
  );
}

/** Asks where the typed hosts are to be kept. */
function Saving({ close, ...props }: ScreenProps<SetUpState> & { readonly close: () => void }): ReactElement {
  const { state, send } = props;
  const typed = state.drafts['saved'] ?? '';
  const keep = (text: string): void => send({ do: 'draft', of: 'saved', text });
  const save = (path: string): void => {
    if (path.trim() === '') return;
    send({ do: 'save-hosts', path: path.trim() });
    close();
  };
  return (
    <SetUpFrame {...props} keys={bind(setUpSaveKeys, { enter: () => save(typed), back: close })} isTyping>
      {(body) => (
        <Typing
          size={body}
          lines={savedLines(state, body.columns)}
          prompt="The name of the hosts file to write; one that is there is not changed"
          value={typed}
          onChange={keep}
          onEnter={save}
          onEscape={close}
        />
      )}
    </SetUpFrame>
  );
}
