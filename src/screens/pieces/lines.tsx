import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { Size } from '../size.ts';
import { cutLine, drawable, type Line, lineWidth } from './line.ts';
import { looks } from './theme.ts';

/** Rows of text in a pane: those that have no room are not drawn, a row that is too wide is cut with a mark. `from` is the first row shown. */
export function Lines({
  lines,
  size,
  from = 0,
}: {
  readonly lines: readonly Line[];
  readonly size: Size;
  readonly from?: number;
}): ReactElement {
  return (
    <Box flexDirection="column" flexShrink={0} width={size.columns} height={size.rows} overflow="hidden">
      {lines
        .slice(from, from + size.rows)
        .map(clean)
        .map((line, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row of the pane is known by its place.
          <Text key={row} wrap="truncate">
            {cutLine(line, size.columns).map((span, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a span is known by its place in the row.
              <Text key={index} {...(span.tone === undefined ? {} : looks[span.tone])} inverse={span.isReversed === true}>
                {span.text}
              </Text>
            ))}
            {lineWidth(line) === 0 ? ' ' : ''}
          </Text>
        ))}
    </Box>
  );
}

function clean(line: Line): Line {
  return line.map((span) => ({ ...span, text: drawable(span.text) }));
}
