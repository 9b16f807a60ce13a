import { type ReactElement, useState } from 'react';
import type { WalkState } from '../scenes/walk-state.ts';
import { prose } from '../words/said.ts';
import { type Binding, bind } from './keys/key-table.ts';
import { scrollKeys } from './keys/scroll-keys.ts';
import { surelyKeys } from './keys/surely-keys.ts';
import { valuesKeys } from './keys/values-keys.ts';
import { Frame } from './pieces/frame.tsx';
import { type Line, linesOf } from './pieces/line.ts';
import { Lines } from './pieces/lines.tsx';
import { runHead } from './pieces/run-head.ts';
import { seenLines, useScroll } from './pieces/scroll.ts';
import { TablePage } from './pieces/table-page.tsx';
import { useRow } from './pieces/use-row.ts';
import type { ScreenProps } from './screen-props.ts';
import { bodyOf } from './size.ts';
import { type ValueRow, valueRows } from './values/value-rows.ts';
import { valueDetail, valueTable } from './values/values-lines.ts';

/** What was given and captured: what it is, where it is from, how long it lives. */
export function ValuesScreen({ state, size, send }: ScreenProps<WalkState>): ReactElement {
  const rows = valueRows(state);
  const body = bodyOf(size);
  const { row: cursor, acts } = useRow(rows.length - 1, body.rows);
  const [stands, setStands] = useState<'table' | 'zoomed' | 'asking'>('table');
  const row = rows[cursor];
  const isRevealed = state.revealedUntil !== null && state.now < state.revealedUntil;
  const detail = (columns: number): readonly Line[] =>
    row === undefined ? linesOf(prose('Nothing was given or captured yet.'), columns) : valueDetail(state, row, columns);
  const whole = stands === 'asking' ? copyLines(row?.name ?? '', body.columns) : detail(body.columns);
  const scroll = useScroll(whole.length, body.rows);
  const copy = (): void => {
    setStands('table');
    if (row !== undefined) send({ do: 'copy', what: row.name, text: row.value ?? '', ...(row.isSecret ? { isSecret: true } : {}) });
  };
  const keys: readonly Binding[] =
    stands === 'asking'
      ? bind(surelyKeys, { yes: isRevealed ? copy : 'it is hidden again; reveal it first', no: () => setStands('table') })
      : [
          ...bind(valuesKeys, {
            reveal: whyNoReveal(state, rows) ?? (() => send({ do: 'reveal', what: 'the values' })),
            zoom: () => setStands(stands === 'table' ? 'zoomed' : 'table'),
            copy: whyNoCopy(row, isRevealed) ?? (row?.isSecret === true ? () => setStands('asking') : copy),
            back: () => (stands === 'table' ? send({ do: 'back' }) : setStands('table')),
          }),
          ...bind(scrollKeys, stands === 'table' ? acts : scroll.acts),
        ];
  const head = runHead(state);
  return (
    <Frame
      // A value that is captured meanwhile may move another one under the cursor: it is asked about anew.
      key={stands === 'asking' ? `copy ${row?.name} of ${row?.hosts.join(' ')}` : 'values'}
      state={state}
      size={size}
      send={send}
      where="values"
      {...head}
      aside={`${isRevealed ? 'SECRETS SHOWN   ' : ''}values ${rows.length}   ${head.aside}`}
      keys={keys}
      isGuarded={stands === 'asking'}
    >
      {() =>
        stands === 'table' ? (
          <TablePage size={body} most={9} cursor={cursor} table={(columns) => valueTable(state, rows, cursor, columns)} detail={detail} />
        ) : (
          <Lines size={body} lines={seenLines(whole, body.rows, scroll.from)} />
        )
      }
    </Frame>
  );
}

/** What is revealed stands in the journal. */
function whyNoReveal({ end }: WalkState, rows: readonly ValueRow[]): string | undefined {
  if (!rows.some(({ isSecret }) => isSecret)) return 'nothing here is a secret';
  return end === null ? undefined : 'the run has ended';
}

/** Copying takes what is seen: a hidden secret is to be revealed first. */
function whyNoCopy(row: ValueRow | undefined, isRevealed: boolean): string | undefined {
  if (row === undefined || row.value === null) return 'there is no value';
  if (!row.isSecret) return undefined;
  if (row.from.is !== 'step') return 'a secret that was given is not shown again';
  return isRevealed ? undefined : 'it is a secret; reveal it first';
}

function copyLines(name: string, columns: number): readonly Line[] {
  return linesOf(
    [...prose(`Copy the secret ${name}? Whatever reads the clipboard can read it then.`), '', '  y  yes', '  n  no; nothing is done'],
    columns,
  );
}
