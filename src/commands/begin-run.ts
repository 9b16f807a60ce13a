import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeInventory } from '../hosts/write-inventory.ts';
import type { Conversation } from '../plain/conversation.ts';
import { completeSetup, describeSetup } from '../plain/set-up.ts';
import { checkSetup } from '../plan/check-setup.ts';
import type { Setup } from '../plan/plan.ts';
import { createRun } from '../run/create-run.ts';
import { dataDirectory } from '../run/data-directory.ts';
import { outlineOf } from '../run/outline.ts';
import type { Run } from '../run/run.ts';
import { systemClock } from '../system-clock.ts';
import { refuseSetup } from './refuse-setup.ts';
import type { RunbookFile } from './runbook-file.ts';
import { UserError } from './user-error.ts';

/**
 * Completes a set-up (a person is asked for what it lacks), shows it whole, and makes the run on disk. Nothing is contacted.
 * `UserError` where the set-up is wrong or the operator does not want to begin.
 */
export async function beginRun(
  source: RunbookFile,
  given: Setup,
  { conversation, isUnattended }: { readonly conversation: Conversation; readonly isUnattended: boolean },
): Promise<Run> {
  const { runbook } = source;
  refuseWhatCannotRun(source);
  const completed = isUnattended ? { setup: given, wasAsked: false } : await completeSetup(conversation, runbook, given);
  if (completed === null)
    throw new UserError('The input ended before the set-up was complete; nothing was run.', 'Give what is missing, then try again.');
  const { setup, wasAsked } = completed;
  const problems = checkSetup(runbook, setup);
  refuseSetup(problems, runbook);
  for (const line of ['', ...describeSetup(runbook, setup), '']) conversation.say(line);
  if (!isUnattended && (wasAsked || problems.length > 0))
    await confirmSetup(conversation, { setup, areHostsTyped: given.hosts.length === 0 });
  return await createRun({
    dataDirectory: dataDirectory(process.env),
    clock: systemClock,
    runbook: { name: runbook.name, title: runbook.title, file: resolve(source.file), text: source.text, includes: source.includes },
    setup,
    secretInputs: runbook.inputs.filter(({ type }) => type === 'secret').map(({ name }) => name),
    outline: outlineOf(runbook, setup),
    time: 'real',
  });
}

function refuseWhatCannotRun({ file, runbook }: RunbookFile): void {
  for (const { include, steps } of runbook.phases) {
    if (include) {
      throw new UserError(
        `${file}:${include.at.line}: this runbook takes in ${include.runbook} (\`include\`), which this version reads but does not run.`,
        'Copy the steps of that runbook into this one.',
      );
    }
    const step = steps.find(({ cannotRun }) => cannotRun !== undefined);
    if (step)
      throw new UserError(`${file}:${step.place.line}: “${step.title}” cannot run in this version: ${step.cannotRun}`, 'Change that step.');
  }
}

async function confirmSetup(
  conversation: Conversation,
  { setup, areHostsTyped }: { readonly setup: Setup; readonly areHostsTyped: boolean },
): Promise<void> {
  if (areHostsTyped && setup.hosts.length > 0) await offerToSave(conversation, setup);
  for (;;) {
    const typed = (await conversation.ask('Begin? Nothing runs before the first step’s own yes. [y begin, q leave] '))?.trim();
    if (typed === 'y') return;
    if (typed === 'q' || typed === undefined) throw new UserError('Left before the first step; nothing was run.', '', { exitCode: 1 });
    conversation.say('Type y or q, then Enter.');
  }
}

async function offerToSave(conversation: Conversation, { hosts }: Setup): Promise<void> {
  for (;;) {
    const file = (await conversation.ask('Save these hosts as a hosts file? Its name, or empty for no: '))?.trim();
    if (file === undefined || file === '') return;
    try {
      writeFileSync(file, writeInventory(hosts), { flag: 'wx' });
      conversation.say(`Saved as ${file}.`);
      return;
    } catch (error) {
      const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      conversation.say(
        exists
          ? `${file} is there already; it was not changed.`
          : `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}
