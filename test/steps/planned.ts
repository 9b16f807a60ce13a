import type { PlannedBody } from '../../src/plan/plan.ts';
import type { CopyPart, EditPart, FenceOptions, FilePart, SetupHost, Template } from '../../src/runbook/runbook.ts';
import type { Filled } from '../../src/runbook/scope.ts';

const place = { file: 'guide.md', line: 1, column: 1 };

export function template(source: string): Template {
  return { source, at: place, raw: false };
}

export const filled = (text: string): Filled => ({ text, pieces: [] });

export const fence: FenceOptions = { place, as: template('root'), env: {}, timeout: 60_000, idle: 60_000, exits: [0] };

type FileOptions = { readonly mode?: string; readonly owner?: string; readonly block?: boolean; readonly label?: string };

export function plannedFile(
  path: string,
  content: string,
  { mode, owner, block = false, label = 'guide hosts' }: FileOptions = {},
): PlannedBody & { kind: 'file' } {
  const part: FilePart = { ...fence, kind: 'file', language: 'text', path: template(path), content: template(content), isBlock: block };
  return {
    kind: 'file',
    part,
    path: filled(path),
    content: filled(content),
    ...(mode !== undefined && { mode: filled(mode) }),
    ...(owner !== undefined && { owner: filled(owner) }),
    block,
    label,
  };
}

export function plannedEdit(path: string, filter: string): PlannedBody & { kind: 'edit' } {
  const part: EditPart = { ...fence, kind: 'edit', path: template(path), shell: 'sh', filter: template(filter) };
  return { kind: 'edit', part, path: filled(path), filter: filled(filter), shell: 'sh', env: {} };
}

export function plannedCopy(files: readonly (readonly [string, string])[]): PlannedBody & { kind: 'copy' } {
  const part: CopyPart = { ...fence, kind: 'copy', from: { source: 'server2', at: place, name: 'server2' }, list: template('') };
  const source: SetupHost = { name: 'server2', address: '127.0.0.1', roles: [], values: {} };
  return { kind: 'copy', part, source, files: files.map(([from, to]) => ({ from: filled(from), to: filled(to) })) };
}
