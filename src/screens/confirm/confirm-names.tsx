import { Text } from 'ink';
import { type ReactElement, useState } from 'react';
import { prose } from '../../words/said.ts';
import { line, linesOf } from '../pieces/line.ts';
import { Lines } from '../pieces/lines.tsx';
import { heading } from '../pieces/sections.ts';
import { TextField } from '../pieces/text-field.tsx';
import type { Size } from '../size.ts';

/** The names of all hosts on which something is destroyed, typed by hand one after the other. One that is wrong ends it. */
export function ConfirmNames({
  hosts,
  size,
  onTyped,
  onWrong,
  onEscape,
}: {
  readonly hosts: readonly string[];
  readonly size: Size;
  readonly onTyped: (hosts: readonly string[]) => void;
  readonly onWrong: (typed: string, host: string) => void;
  readonly onEscape: () => void;
}): ReactElement {
  const [{ done, text }, setTyping] = useState<{ readonly done: readonly string[]; readonly text: string }>({ done: [], text: '' });
  const host = hosts[done.length] ?? '';
  const enter = (value: string): void => {
    const typed = value.trim();
    if (typed !== host) onWrong(typed, host);
    else if (done.length + 1 === hosts.length) onTyped(hosts);
    else setTyping({ done: [...done, host], text: '' });
  };
  const above = [
    ...heading(`This destroys on ${hosts.length === 1 ? host : `${hosts.length} hosts`}.`, size.columns),
    [],
    ...linesOf(
      [
        ...done.map((name) => `  ${name}  typed`),
        ...prose(`Type the name of the host, ${host}, to run it there. Pasted text does not count.`),
      ],
      size.columns,
    ),
    [],
  ];
  const seen = above.slice(-Math.max(1, size.rows - 2));
  return (
    <>
      <Lines size={{ columns: size.columns, rows: seen.length }} lines={seen} />
      <Text>
        {'> '}
        <TextField
          value={text}
          onChange={(next) => setTyping({ done, text: next })}
          onEnter={enter}
          onEscape={onEscape}
          refusesPaste
          width={size.columns - 2}
        />
      </Text>
      <Lines size={{ columns: size.columns, rows: 1 }} lines={[line('Enter says it, esc goes back; then nothing is run.')]} />
    </>
  );
}
