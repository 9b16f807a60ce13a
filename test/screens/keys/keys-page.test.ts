import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { everywhereKeys } from '../../../src/screens/keys/everywhere-keys.ts';
import { failureChoiceKeys, failureKeys } from '../../../src/screens/keys/failure-keys.ts';
import { finishKeys } from '../../../src/screens/keys/finish-keys.ts';
import { helpKeys } from '../../../src/screens/keys/help-keys.ts';
import { hostsKeys } from '../../../src/screens/keys/hosts-keys.ts';
import type { KeyTable } from '../../../src/screens/keys/key-table.ts';
import { keyTables } from '../../../src/screens/keys/key-tables.ts';
import { keysPage, namesOfKey } from '../../../src/screens/keys/keys-page.ts';
import { lookKeys } from '../../../src/screens/keys/look-keys.ts';
import { resumeKeys } from '../../../src/screens/keys/resume-keys.ts';
import { runKeys } from '../../../src/screens/keys/run-keys.ts';
import { scrollKeys } from '../../../src/screens/keys/scroll-keys.ts';
import { valuesKeys } from '../../../src/screens/keys/values-keys.ts';

it('stands in docs/keys.md as the tables of keys say; `npm run keys` writes it anew', () => {
  expect(readFileSync(new URL('../../../docs/keys.md', import.meta.url), 'utf8')).toBe(keysPage());
});

it('tells every key of every screen', () => {
  const rows = keysPage()
    .split('\n')
    .filter((row) => row.startsWith('| `'));
  const records = Object.values(keyTables).flatMap(({ tables }) => tables.flatMap((table) => Object.values(table)));
  expect(rows).toHaveLength(records.length);
  expect(records.every(({ does, says }) => does !== '' && says !== '')).toBe(true);
});

const { map, values, hosts, output } = lookKeys;
const { pageUp, pageDown } = scrollKeys;
const together: Readonly<Record<string, readonly KeyTable[]>> = {
  failure: [failureChoiceKeys, failureKeys, { map, hosts, output }, { pageUp, pageDown }],
  values: [valuesKeys, scrollKeys],
  hosts: [hostsKeys, scrollKeys],
  resume: [resumeKeys, { map, values, hosts, leave: runKeys.leave }, scrollKeys],
  finish: [finishKeys, lookKeys, scrollKeys],
  help: [helpKeys, scrollKeys],
};

it.each(Object.entries(together))('no key of the screen “%s” has two meanings', (_, tables) => {
  const names = [...tables, everywhereKeys].flatMap((table) => Object.values(table).flatMap(namesOfKey));
  // `?` closes the help that it opens.
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  expect(twice.filter((name) => !(name === '?' && tables.includes(helpKeys)))).toEqual([]);
});
