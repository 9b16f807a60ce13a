import { render } from 'ink-testing-library';
import type { ReactElement } from 'react';
import { expect, test } from 'vitest';
import { Choices } from '../../../src/screens/pieces/choices.tsx';
import { Frame } from '../../../src/screens/pieces/frame.tsx';
import { Lines } from '../../../src/screens/pieces/lines.tsx';

/** A copy, a title, a link, a colour, another direction and a new line: what Ink would hand on. */
const evil = 'be\x1b]52;c;ZXZpbA==\x07f\x1b]0;title\x07o\x1b]8;;http://192.0.2.1\x07r\x1b[31me\u202e it\n';
const size = { columns: 60, rows: 16 };

function frame(title: string, body: ReactElement): string {
  const state = { now: 0, told: `told: ${title}` };
  const { lastFrame } = render(
    <Frame state={state} size={size} send={() => {}} where="map" title={title} aside={title} keys={[]}>
      {() => body}
    </Frame>,
  );
  return lastFrame() ?? '';
}

test.each([
  ['a title, what stands beside it and what is told', frame(evil, <Lines size={size} lines={[]} />)],
  ['rows', frame('rows', <Lines size={size} lines={[[{ text: evil }, { text: evil, tone: 'bad' }]]} />)],
  ['choices', frame('choices', <Choices size={size} items={[{ key: 'a', label: evil, value: 'a' }]} onChoose={() => {}} />)],
])('%s act on no terminal, wherever their text is from', (_, drawn) => {
  expect(drawn).toContain('before it');
  expect(drawn).not.toMatch(/\x1b\]|[\x80-\x9f\u202e\x07]/);
  expect(drawn.split('\n')).toHaveLength(size.rows);
});
