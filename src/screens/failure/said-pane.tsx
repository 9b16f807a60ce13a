import { Box } from 'ink';
import type { ReactElement } from 'react';
import { line } from '../pieces/line.ts';
import { Lines } from '../pieces/lines.tsx';
import type { Size } from '../size.ts';
import { type FailureQuestion, tailLines } from './failure-lines.ts';

/** What a host said last, in the pane at the right end: nothing stands behind it. */
export function SaidPane({ size, question }: { readonly size: Size; readonly question: FailureQuestion }): ReactElement {
  const width = size.columns - 2;
  const said = tailLines(question, width);
  const title = line(`${question.host} said last${said.length === 0 ? ': nothing' : '   l all of it'}`, 'strong');
  const rows = Math.max(0, size.rows - 1);
  const shown = said.slice(-rows);
  return (
    <Box flexDirection="row" flexShrink={0} width={size.columns} height={size.rows} overflow="hidden">
      <Lines size={{ columns: 2, rows: size.rows }} lines={Array.from({ length: size.rows }, () => line('│ '))} />
      <Lines size={{ columns: width, rows: size.rows }} lines={[title, ...shown]} />
    </Box>
  );
}
