import { type ReactElement, useState } from 'react';
import type { PlannedStep } from '../plan/plan.ts';
import type { WalkState } from '../scenes/walk-state.ts';
import { prose } from '../words/said.ts';
import { sayShell } from '../words/say-shell.ts';
import { hostDetail, hostsOf, hostTable, shellQuestion } from './hosts/hosts-lines.ts';
import { hostsKeys } from './keys/hosts-keys.ts';
import { type Binding, bind } from './keys/key-table.ts';
import { scrollKeys } from './keys/scroll-keys.ts';
import { surelyKeys } from './keys/surely-keys.ts';
import { Frame } from './pieces/frame.tsx';
import { type Line, linesOf } from './pieces/line.ts';
import { Lines } from './pieces/lines.tsx';
import { runHead } from './pieces/run-head.ts';
import { seenLines, useScroll } from './pieces/scroll.ts';
import { TablePage } from './pieces/table-page.tsx';
import { useRow } from './pieces/use-row.ts';
import type { ScreenProps } from './screen-props.ts';
import { bodyOf } from './size.ts';

/** The hosts of a run: how each is reached, what was found there, how it stands in the step at hand. */
export function HostsScreen({ state, size, send }: ScreenProps<WalkState>): ReactElement {
  const hosts = hostsOf(state.run);
  const body = bodyOf(size);
  const { row: cursor, acts } = useRow(hosts.length - 1, body.rows);
  const [stands, setStands] = useState<'table' | 'zoomed' | 'asking'>('table');
  const host = hosts[cursor];
  const detail = (columns: number): readonly Line[] => (host === undefined ? [] : hostDetail(state, host, columns));
  const question = host === undefined ? undefined : shellQuestion(state.questions, host.name);
  const isAsking = stands === 'asking' && question !== undefined && host !== undefined;
  const whole = isAsking ? shellLines(question.step, host.name, body.columns) : detail(body.columns);
  const scroll = useScroll(whole.length, body.rows);
  const open = (): void => {
    setStands('table');
    if (question === undefined || host === undefined) return;
    send({ do: 'back' });
    send({ do: 'answer', answer: { question: question.id, choice: 'shell', hosts: [host.name] } });
  };
  const keys: readonly Binding[] =
    stands === 'asking'
      ? bind(surelyKeys, { yes: open, no: () => setStands('table') })
      : [
          ...bind(hostsKeys, {
            shell: question === undefined ? 'a shell opens only on a host of the step that waits for an answer' : () => setStands('asking'),
            zoom: () => setStands(stands === 'table' ? 'zoomed' : 'table'),
            copy: () => send({ do: 'copy', what: `what is told of ${host?.name}`, text: textOf(detail(80)) }),
            back: () => (stands === 'table' ? send({ do: 'back' }) : setStands('table')),
          }),
          ...bind(scrollKeys, stands === 'table' ? acts : scroll.acts),
        ];
  const head = runHead(state);
  return (
    <Frame
      state={state}
      size={size}
      send={send}
      where="hosts"
      {...head}
      aside={`hosts ${hosts.length}   ${head.aside}`}
      keys={keys}
      isGuarded={stands === 'asking'}
    >
      {() =>
        stands === 'table' ? (
          <TablePage size={body} most={12} cursor={cursor} table={(columns) => hostTable(state, cursor, columns)} detail={detail} />
        ) : (
          <Lines size={body} lines={seenLines(whole, body.rows, scroll.from)} />
        )
      }
    </Frame>
  );
}

function shellLines(step: PlannedStep, host: string, columns: number): readonly Line[] {
  return linesOf([...prose(sayShell(step, host)), '', '  y  yes', '  n  no; nothing is done'], columns);
}

function textOf(lines: readonly Line[]): string {
  return lines.map((row) => row.map(({ text }) => text).join('')).join('\n');
}
