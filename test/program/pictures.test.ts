import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pictureText } from '../pictures/picture-text.ts';
import { onScreen } from './handrail.ts';
import { operatorHome } from './operator-home.ts';

test('the picture of the home screen shows what the program still draws', async () => {
  using operator = operatorHome();
  const screen = onScreen(operator, []);
  const drawn = (await screen.shows('or more hosts')).split('\n');
  await screen.close();
  const picture = pictureText(readFileSync(new URL('../../docs/pictures/home.svg', import.meta.url), 'utf8'));
  // Here no run is there to go on with: the cursor stands on the runbook, and no report can be opened.
  const plain = (row: string): string =>
    row
      .replace(/^> /, '  ')
      .replace(/ +arrows choose, enter opens$/, '')
      .replace(/[()]/g, '')
      .trimEnd();
  const start = picture.indexOf('Start a runbook');
  const shared = [...picture.slice(0, 2), ...picture.slice(start, start + 3), ...picture.slice(-2)];
  expect(drawn.map(plain)).toEqual(expect.arrayContaining(shared.map(plain)));
});
