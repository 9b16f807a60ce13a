import type { Unattended } from '../../src/plain/unattended.ts';
import { walkPlain } from '../../src/plain/walk-plain.ts';
import { createRun } from '../../src/run/disk/create-run.ts';
import { outlineOf } from '../../src/run/walk/outline.ts';
import { readRunbook } from '../../src/runbook/read-runbook.ts';
import type { SetupHost } from '../../src/runbook/runbook.ts';
import { type Command, type Done, type ScriptedWorld, scriptWorld } from '../run/scripted-hosts.ts';
import { temporaryFolder } from '../run/temporary-folder.ts';
import { createTestClock } from '../run/test-clock.ts';
import { runbookOf, threeHosts } from '../run/walking.ts';
import { typeInto } from './typed-conversation.ts';

export type PlainWalked = { readonly code: number; readonly written: string; readonly world: ScriptedWorld };

/** Walks a runbook of these sections line by line, with what was typed. The folder's path is written as FOLDER. */
export async function walkTyping(
  sections: string,
  lines: readonly string[],
  { does = () => ({}), hosts = threeHosts, unattended }: PlainOptions = {},
): Promise<PlainWalked> {
  const text = runbookOf(sections);
  const { runbook, problems } = readRunbook('test.md', text);
  if (runbook === null) throw new Error(problems.map((each) => `${each.line}: ${each.message}`).join('\n'));
  const clock = createTestClock();
  const world = scriptWorld(hosts, does, clock.now);
  const setup = { hosts, inputs: {} };
  const run = await createRun({
    dataDirectory: await temporaryFolder(),
    clock,
    runbook: { name: runbook.name, title: runbook.title, text },
    setup,
    secretInputs: [],
    outline: outlineOf(runbook, setup),
    time: 'real',
  });
  const { conversation, written } = typeInto(lines);
  const code = await walkPlain({
    run,
    runbook,
    runbookChanged: false,
    clock,
    openHosts: () => world.connect(),
    conversation,
    ...(unattended === undefined ? {} : { unattended }),
    startedAs: 'handrail',
  });
  conversation.close();
  return { code, written: written().replaceAll(run.folder, 'FOLDER'), world };
}

export type PlainOptions = {
  readonly does?: (command: Command) => Done;
  readonly hosts?: readonly SetupHost[];
  readonly unattended?: Unattended;
};
