import type { ReactElement } from 'react';
import type { PartRecord } from '../../run/events/run-state.ts';
import type { Send } from '../../scenes/act.ts';
import type { WalkState } from '../../scenes/walk-state.ts';
import { dialogKeys } from '../keys/dialog-keys.ts';
import { bind } from '../keys/key-table.ts';
import { useKeys } from '../keys/use-keys.ts';
import { type Choice, Choices } from '../pieces/choices.tsx';
import { line } from '../pieces/line.ts';
import { Lines } from '../pieces/lines.tsx';
import type { Size } from '../size.ts';

type Copied = { readonly what: string; readonly text: string };

/** What of the output goes to the clipboard. */
export function CopyOutput({
  size,
  state,
  part,
  send,
  close,
}: {
  readonly size: Size;
  readonly state: WalkState;
  readonly part: PartRecord | null;
  readonly send: Send;
  readonly close: () => void;
}): ReactElement {
  useKeys(bind({ back: dialogKeys.back }, { back: close }));
  return (
    <>
      <Lines size={{ columns: size.columns, rows: 2 }} lines={[line('Copy what?', 'strong'), []]} />
      <Choices
        items={choices(state, part)}
        size={{ columns: size.columns, rows: Math.max(1, size.rows - 2) }}
        onChoose={({ what, text }) => {
          close();
          send({ do: 'copy', what, text });
        }}
      />
    </>
  );
}

function choices({ output, folder }: WalkState, part: PartRecord | null): readonly Choice<Copied>[] {
  const lines = output.rows.map(({ text }) => text).join('\n');
  const found = output.search === null || output.search.row === null ? undefined : output.rows[output.search.row - output.first];
  const all: readonly (Copied & { readonly label: string })[] = [
    { label: `the ${output.rows.length} rows on the screen`, what: `${output.rows.length} rows`, text: lines },
    ...(found === undefined ? [] : [{ label: 'the row that was found', what: 'the row', text: found.text }]),
    ...(part === null
      ? []
      : [
          { label: 'the command', what: 'the command', text: part.command },
          { label: 'the name of the log on this computer', what: 'the name of the log', text: `${folder}/${part.log}` },
        ]),
  ];
  return all.map(({ label, ...value }) => ({ key: label, label, value }));
}
