import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the runbooks that come with handrail. */
export const shippedRunbooks: string = fileURLToPath(new URL('../runbooks', import.meta.url));

/** Names of the shipped runbooks, sorted; translations (`NAME.zh.md`) are not runbooks of their own. */
export function shippedNames(): readonly string[] {
  return readdirSync(shippedRunbooks)
    .filter((file) => /^[^.]+\.md$/.test(file))
    .map((file) => file.slice(0, -'.md'.length))
    .sort();
}

/** The file of a shipped runbook; undefined where there is none of that name. */
export function shippedRunbook(name: string): string | undefined {
  return shippedNames().includes(name) ? join(shippedRunbooks, `${name}.md`) : undefined;
}

/** The title of a shipped runbook, without reading the rest of it. */
export function titleOf(name: string): string {
  return /^# +(.+)$/m.exec(readFileSync(join(shippedRunbooks, `${name}.md`), 'utf8'))?.[1]?.trim() ?? '';
}
