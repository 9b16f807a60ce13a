import { resolve } from 'node:path';
import type { Clock } from '../../clock.ts';
import type { Setup } from '../../plan/plan.ts';
import type { RunbookFile } from '../../runbook/runbook-file.ts';
import { createRun } from '../disk/create-run.ts';
import type { Run } from '../disk/run.ts';
import { outlineOf } from './outline.ts';

/** Makes the run of a set-up on the disk, ready to be walked. Nothing is contacted. Throws `RunError`. */
export async function newRun(
  { file, text, includes, runbook }: RunbookFile,
  setup: Setup,
  { dataDirectory, clock, sshConfig }: { readonly dataDirectory: string; readonly clock: Clock; readonly sshConfig: string | undefined },
): Promise<Run> {
  return await createRun({
    dataDirectory,
    clock,
    runbook: { name: runbook.name, title: runbook.title, file: resolve(file), text, includes },
    setup,
    secretInputs: runbook.inputs.filter(({ type }) => type === 'secret').map(({ name }) => name),
    outline: outlineOf(runbook, setup),
    time: 'real',
    ...(sshConfig === undefined ? {} : { sshConfig: sshConfig === 'none' ? sshConfig : resolve(sshConfig) }),
  });
}
