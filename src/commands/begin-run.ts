import { writeFileSync } from 'node:fs';
import { writeInventory } from '../hosts/write-inventory.ts';
import type { Conversation } from '../plain/conversation.ts';
import { changeInput, completeSetup, describeProblem, describeSetup } from '../plain/set-up.ts';
import { checkSetup } from '../plan/check-setup.ts';
import type { Setup } from '../plan/plan.ts';
import { dataDirectory } from '../run/disk/data-directory.ts';
import type { Run } from '../run/disk/run.ts';
import { newRun } from '../run/walk/new-run.ts';
import type { Runbook } from '../runbook/runbook.ts';
import type { RunbookFile } from '../runbook/runbook-file.ts';
import { whyNotRun } from '../runbook/why-not-run.ts';
import { systemClock } from '../system-clock.ts';
import { refuseSetup } from './refuse-setup.ts';
import { UserError } from './user-error.ts';

/**
 * Completes a set-up (a person is asked for what it lacks), shows it whole, and makes the run on disk. Nothing is contacted.
 * `UserError` where the set-up is wrong or the operator does not want to begin.
 */
export async function beginRun(
  source: RunbookFile,
  given: Setup,
  {
    conversation,
    isUnattended,
    sshConfig,
  }: { readonly conversation: Conversation; readonly isUnattended: boolean; readonly sshConfig: string | undefined },
): Promise<Run> {
  const { runbook } = source;
  const whyNot = whyNotRun(source);
  if (whyNot !== null) throw new UserError(whyNot.message, whyNot.advice);
  const setup = isUnattended ? given : await agreeOnSetup(conversation, runbook, given);
  if (isUnattended) {
    refuseSetup(checkSetup(runbook, setup), runbook);
    sayLines(conversation, ['', ...describeSetup(runbook, setup), '']);
  }
  return await newRun(source, setup, { dataDirectory: dataDirectory(process.env), clock: systemClock, sshConfig });
}

/** Asks for what is missing and for another answer where one does not fit, until the operator begins; what was typed is never lost. */
async function agreeOnSetup(conversation: Conversation, runbook: Runbook, given: Setup): Promise<Setup> {
  const areHostsTyped = given.hosts.length === 0;
  const completed = await completeSetup(conversation, runbook, given);
  if (completed === null) throw leftEarly('The input ended before the set-up was complete; nothing was run.');
  let { setup } = completed;
  let isAsked = completed.wasAsked;
  for (;;) {
    const problems = checkSetup(runbook, setup);
    const errors = problems.filter(({ severity }) => severity === 'error');
    // Hosts of a file are mended in the file.
    if (!areHostsTyped && errors.some(({ about }) => about.is === 'host' || about.is === 'role')) refuseSetup(problems, runbook);
    sayLines(conversation, ['', ...describeSetup(runbook, setup), '', ...problems.flatMap(describeProblem)]);
    if (problems.length === 0 && !isAsked) return setup;
    isAsked = true;
    const begin = errors.length === 0 ? 'y begins (each step still asks), ' : '';
    const typed = (await conversation.ask(`${begin}q leaves, or name an input to change it: `))?.trim();
    if (typed === undefined && errors.length > 0) refuseSetup(problems, runbook);
    if (typed === undefined || typed === 'q') throw leftEarly('Left before the first step; nothing was run.');
    if (typed === 'y' && errors.length === 0) break;
    const changed = await changeInput(conversation, runbook, setup, typed);
    if (changed === null) throw leftEarly('The input ended before the set-up was complete; nothing was run.');
    setup = changed;
  }
  if (areHostsTyped && setup.hosts.length > 0) await offerToSave(conversation, setup);
  return setup;
}

function leftEarly(message: string): UserError {
  return new UserError(message, 'Begin again when you are ready.', { exitCode: 1 });
}

function sayLines(conversation: Conversation, lines: readonly string[]): void {
  for (const line of lines) conversation.say(line);
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
