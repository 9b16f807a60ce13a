import { render } from 'ink-testing-library';
import type { ReactElement } from 'react';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Binding } from '../../../src/screens/keys/key-table.ts';
import { LastPressed } from '../../../src/screens/keys/use-held.ts';
import { useKeys } from '../../../src/screens/keys/use-keys.ts';
import { BackSince } from '../../../src/screens/keys/use-quiet.ts';

let now = 10_000;

beforeEach(() => {
  now = 10_000;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
  return () => clock.mockRestore();
});

const yes = { name: 'yes', key: 'y', does: 'yes', says: 'yes' };

function Dialog({ onYes }: { readonly onYes: () => void }): null {
  useKeys([{ ...yes, run: onYes }], { isGuarded: true });
  return null;
}

function show(dialog: (onYes: () => void) => ReactElement): { readonly type: (keys: string) => void; readonly said: () => number } {
  let count = 0;
  const onYes = (): void => void count++;
  const { stdin } = render(dialog(onYes));
  return { type: (keys) => stdin.write(keys), said: () => count };
}

test('a key of a dialog counts after half a second without one', () => {
  const { type, said } = show((onYes) => <Dialog onYes={onYes} />);
  now += 499;
  type('y');
  expect(said()).toBe(0);
  now += 500;
  type('y');
  expect(said()).toBe(1);
});

test('keys that come in one piece, as a paste does where the terminal does not tell it, answer nothing', () => {
  const { type, said } = show((onYes) => <Dialog onYes={onYes} />);
  now += 2000;
  type('yes');
  expect(said()).toBe(0);
});

test('a dialog that waited while another program had the terminal counts as drawn when that is back', () => {
  const back = { current: 0 };
  const { type, said } = show((onYes) => (
    <BackSince value={back}>
      <Dialog onYes={onYes} />
    </BackSince>
  ));
  now += 60_000;
  back.current = now;
  now += 20;
  type('y');
  expect(said()).toBe(0);
  now += 500;
  type('y');
  expect(said()).toBe(1);
});

test('what only shows something counts at once', () => {
  const shown: string[] = [];
  function Free(): null {
    const look: Binding = { name: 'look', key: 'v', does: 'look', says: 'look', isFree: true, run: () => shown.push('v') };
    useKeys([look], { isGuarded: true });
    return null;
  }
  const { stdin } = render(<Free />);
  stdin.write('v');
  expect(shown).toEqual(['v']);
});

test('a key held down from one dialog into the next answers only the first, however late it begins to repeat', () => {
  const pressed = { current: null };
  const shown = (key: string): ReturnType<typeof show> =>
    show((onYes) => (
      <LastPressed value={pressed}>
        <Dialog key={key} onYes={onYes} />
      </LastPressed>
    ));
  const first = shown('first');
  now += 600;
  first.type('y');
  expect(first.said()).toBe(1);
  now += 20;
  const second = shown('second');
  now += 640;
  second.type('y');
  for (let each = 0; each < 40; each++) {
    now += 30;
    second.type('y');
  }
  expect(second.said()).toBe(0);
  now += 700;
  second.type('y');
  expect(second.said()).toBe(1);
});
