import type { KeyTable } from './key-table.ts';
import { keyTables } from './key-tables.ts';

/** docs/keys.md: all keys of all screens, made from the tables by which the screens themselves know them. */
export function keysPage(): string {
  const sections = Object.values(keyTables).map(({ title, tables }) => `## ${title}\n\n${tableOf(tables)}`);
  return `${[introduction, ...sections].join('\n\n')}\n`;
}

/** All names of a key, the first one first. */
export function namesOfKey({ key, also = [] }: KeyTable[string]): readonly string[] {
  return [key, ...also];
}

const introduction = `# Keys

Made from the tables in \`src/screens/keys\` by \`npm run keys\`; a test fails where it is not up to date. On every screen \`?\` shows the
keys that count there. A key in brackets at the foot of a screen does nothing now; pressed, it says why. In a question, keys that change
something count only one at a time, after half a second without a key; neither Enter nor pasted text answers it.`;

function tableOf(tables: readonly KeyTable[]): string {
  const rows = tables.flatMap((table) =>
    Object.values(table).map(
      (record) => `| ${namesOfKey(record).map(code).join(' ')} | ${record.does} | ${record.says.replaceAll('|', '\\|')} |`,
    ),
  );
  return ['| key | | what it does |', '| --- | --- | --- |', ...rows].join('\n');
}

function code(key: string): string {
  return key === '|' ? '`\\|`' : `\`${key}\``;
}
