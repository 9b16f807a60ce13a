import { type Habit, pressCalmly, typeSecretly } from './by-keys.ts';
import type { OpenScreen } from './screen.ts';

export type SettingUp = {
  /** Typed in place of what stands there, in the order of the form. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly hostsFile: string;
  /** What is given to whoever asks for it in these words; the first that is found counts. */
  readonly secrets: readonly (readonly [asks: string, secret: string])[];
};

/** Sets a run up: types inputs, names a hosts file, has the hosts looked at, gives what they ask for, and begins. */
export function setsUp({ inputs, hostsFile, secrets }: SettingUp): readonly Habit[] {
  const part = (name: string, sees: RegExp, does: Habit['does']): Habit => ({
    name,
    sees: (shown) => (sees.test(shown) ? name : null),
    does,
  });
  return [
    part('types the inputs', /set-up 1 of \d: inputs/, async (screen) => {
      for (const [name, value] of Object.entries(inputs)) await typeInput(screen, name, value);
      await screen.press('n');
    }),
    part('names the hosts', /set-up 2 of \d: hosts/, async (screen) => {
      await screen.press('enter');
      await screen.shows('enter take it');
      screen.type(hostsFile);
      await screen.shows(hostsFile.slice(-20));
      await screen.press('enter');
      await screen.shows(/\d+ hosts: .*hosts\.yaml/);
      await screen.press('n');
    }),
    {
      name: 'gives a secret',
      sees: (shown) => (/^> *$/m.test(shown) ? (asked(shown) ?? null) : null),
      async does(screen, shown) {
        const [, secret] = secrets.find(([asks]) => asked(shown)?.includes(asks)) ?? [];
        if (secret === undefined) throw new Error(`This was not expected: ${asked(shown)}`);
        await typeSecretly(screen, secret);
      },
    },
    {
      name: 'gives it to this host alone',
      sees: (shown) => (/^Typed: •+[\s\S]*^ +y +give it$/m.test(shown) ? (asked(shown) ?? null) : null),
      does: (screen) => pressCalmly(screen, 'y'),
    },
    part('has looked at the hosts', /hosts are reached and trusted\.[\s\S]*^n next/m, (screen) => screen.press('n')),
    part('begins', /set-up 3 of \d: summary[\s\S]*^y begin/m, (screen) => pressCalmly(screen, 'y')),
  ];
}

/** What a host asks for; it may go on in a second row. */
const asked = (shown: string): string | undefined => /^\S+ asks: .*(?:\n.+)?/m.exec(shown)?.[0];

const pointed = (shown: string): string | undefined => /^> (\S+)/m.exec(shown)?.[1];

/** Goes to an input and types it in place of what stands there. */
export async function typeInput(screen: OpenScreen, name: string, value: string): Promise<void> {
  for (let at = pointed(screen.text()); at !== name; at = pointed(screen.text())) {
    const before = at;
    await screen.press('down');
    await screen.turns((shown) => pointed(shown) !== before);
  }
  if (!screen.text().includes('enter take it')) await screen.press('enter');
  await screen.shows('enter take it');
  await screen.press('ctrl-u');
  screen.type(value);
  await screen.shows(value.slice(-12));
  await screen.press('enter');
  await screen.shows(new RegExp(`^  ${name} +${value.slice(0, 20).replaceAll('.', '\\.')}`, 'm'));
}
