import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** One violation a row: where it stands, what it is, and the words of the rule that must find it. */
const violations: readonly (readonly [path: string, code: string, rule: string])[] = [
  ['src/run/a.ts', "import { useState } from 'react';\nexport { useState as a };", 'Only src/app.tsx and src/screens know React.'],
  ['src/run/b.ts', "export const b = await import('ink');", 'Only src/app.tsx and src/screens know React.'],
  ['src/run/c.ts', "export const c = await import('ssh2');", 'ssh2 belongs to'],
  ['src/run/d.ts', "import { $ } from 'zx/core';\nexport { $ as d };", 'zx belongs to'],
  ['src/run/e.ts', "import Conf from 'conf';\nexport { Conf as e };", 'conf belongs to'],
  ['src/plan/f.ts', "import { Liquid } from 'liquidjs';\nexport { Liquid as f };", 'liquidjs belongs to'],
  ['src/plan/g.ts', "import { parse } from 'unbash';\nexport { parse as g };", 'unbash belongs to'],
  ['src/run/h.ts', "import { fromMarkdown } from 'mdast-util-from-markdown';\nexport { fromMarkdown as h };", 'Markdown is read in'],
  ['src/run/i.ts', "import { diffLines } from 'diff';\nexport { diffLines as i };", 'diff belongs to'],
  ['src/run/j.ts', "import type SSHConfig from 'ssh-config';\nexport type J = SSHConfig;", 'ssh-config belongs to'],
  ['src/runbook/k.ts', "import { readFileSync } from 'node:fs';\nexport { readFileSync as k };", 'The core is pure: values in'],
  ['src/parsers/l.ts', "export const l = await import('node:os');", 'The core is pure: values in'],
  ['src/plan/m.ts', "import type { Host } from '../hosts/host.ts';\nexport type M = Host;", 'The core is pure: values in'],
  ['src/run/events/evolve.ts', "import { hostname } from 'node:os';\nexport { hostname as n };", 'The core is pure: values in'],
  ['src/plan/o.ts', "import type { RunState } from '../run/run-state.ts';\nexport type O = RunState;", 'do not know of runs'],
  ['src/steps/p.ts', "import { spawn } from 'node:child_process';\nexport { spawn as p };", 'acts only through a Host'],
  ['src/hosts/q.ts', "import type { Event } from '../run/event.ts';\nexport type Q = Event;", 'do not know of runs'],
  ['src/run/r.ts', "import type { R } from '../plain/r.ts';\nexport type S = R;", 'does not know how it is shown'],
  ['src/scenes/r2.ts', "import type { R } from '../plain/r.ts';\nexport type S = R;", 'does not know how it is drawn'],
  ['src/terminal/r9.ts', "import type { Event } from '../run/event.ts';\nexport type R9 = Event;", 'does not know what is shown on it'],
  ['src/words/r10.ts', "import type { R } from '../scenes/r.ts';\nexport type R10 = R;", 'The core is pure: values in'],
  ['src/screens/r3.ts', "import { readFileSync } from 'node:fs';\nexport { readFileSync as r3 };", 'it reaches nothing'],
  ['src/screens/r4.ts', "import type { Host } from '../hosts/host.ts';\nexport type R4 = Host;", 'it reaches nothing'],
  ['src/screens/map/r8.ts', "import type { Host } from '../../hosts/host.ts';\nexport type R8 = Host;", 'it reaches nothing'],
  ['src/screens/r5.ts', 'export const r5 = async (): Promise<void> => {\n  await Promise.resolve();\n};', 'waits for nothing'],
  ['src/screens/r6.ts', 'export const r6 = (): unknown => setTimeout(() => {}, 1);', 'noRestrictedGlobals'],
  ['src/scenes/r7.ts', "import { Box } from 'ink';\nexport { Box as r7 };", 'Only src/app.tsx and src/screens know React.'],
  ['src/plan/s.ts', 'export const s = (): number => Date.now();', 'noRestrictedGlobals'],
  ['src/parsers/t.ts', 'export const t = (): string | undefined => process.argv[0];', 'noRestrictedGlobals'],
  ['src/shell-text/u.ts', 'export const u = (): number => Math.random();', 'no randomness'],
  ['src/run/v.ts', "import { bb } from './bb';\nexport const v = bb;", 'useImportExtensions'],
  ['src/run/x1.ts', "import { y } from './y1.ts';\nexport const x = (): number => y();", 'noImportCycles'],
  ['src/run/z.ts', "import { readFileSync } from 'fs';\nexport { readFileSync as z };", 'useNodejsImportProtocol'],
  ['src/run/aa.ts', 'async function wait(): Promise<void> {}\nexport function aa(): void {\n  wait();\n}', 'noFloatingPromises'],
  ['src/run/bb.ts', 'export const bb = (text: string | undefined): string => text!;', 'noNonNullAssertion'],
  ['src/run/cc.ts', "export * from './bb.ts';", 'noReExportAll'],
  ['src/run/dd.ts', 'console.log(1);', 'noConsole'],
  ['src/run/EeFile.ts', 'export const ee = 1;', 'useFilenamingConvention'],
  ['src/run/ff.ts', "import { chalk } from 'chalk';\nexport { chalk as ff };", 'noUndeclaredDependencies'],
  ['src/run/gg.ts', 'export const gg = (value: any): unknown => value;', 'noExplicitAny'],
];

let folder = '';
let said = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'handrail-lint-'));
  for (const name of ['biome.json', 'lint', 'package.json']) cpSync(join(root, name), join(folder, name), { recursive: true });
  for (const [path, code] of [
    ...violations,
    ['src/run/y1.ts', "import { x } from './x1.ts';\nexport const y = (): number => x();", ''],
  ] as const) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${code}\n`);
  }
  const biome = join(root, 'node_modules', '.bin', 'biome');
  const run = spawnSync(biome, ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none', 'src'], {
    cwd: folder,
    encoding: 'utf8',
  });
  said = run.stdout;
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(violations)('lint refuses %s', (path, _code, rule) => {
  const { diagnostics } = JSON.parse(said) as { diagnostics: { category?: string; message?: unknown; location?: { path?: unknown } }[] };
  const mine = diagnostics.filter(({ location }) => JSON.stringify(location?.path ?? '').includes(path));
  expect(mine.map(({ category, message }) => `${category} ${JSON.stringify(message)}`).join('\n')).toContain(rule);
});
