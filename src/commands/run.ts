import { readFileSync } from 'node:fs';
import { openConversation } from '../plain/conversation.ts';
import { whyNotRun } from '../runbook/why-not-run.ts';
import { beginRun } from './begin-run.ts';
import { type Command, optionOf } from './command.ts';
import { givenInputs, withPerHost } from './given-inputs.ts';
import { hasScreens } from './has-screens.ts';
import { hostsFile } from './hosts-file.ts';
import { loadRunbook } from './runbook-file.ts';
import { UserError } from './user-error.ts';
import { unattendedFrom, walkRun } from './walk-run.ts';

/** `handrail run`: begins a run and walks it. */
export const command: Command = async (call) => {
  const [word = ''] = call.words;
  const source = await loadRunbook(word);
  const given = givenInputs(source.runbook, call.options['input'] ?? [], (path) => readFileSync(path, 'utf8'));
  const file = optionOf(call, 'hosts');
  const hosts = withPerHost(file === undefined ? [] : await hostsFile(file), given.perHost);
  if (hasScreens(call)) {
    const whyNot = whyNotRun(source);
    if (whyNot !== null) throw new UserError(whyNot.message, whyNot.advice);
    const place = {
      is: 'set-up',
      source,
      given: { hosts, inputs: given.inputs },
      from: 'shell',
      ...(file === undefined ? {} : { hostsFile: file }),
    } as const;
    return await (await import('./screens/on-screens.ts')).onScreens(place, call);
  }
  const unattended = unattendedFrom(call);
  const conversation = openConversation(process.stdin, process.stdout);
  try {
    const how = { conversation, isUnattended: unattended !== undefined, sshConfig: optionOf(call, 'ssh-config') };
    const run = await beginRun(source, { hosts, inputs: given.inputs }, how);
    conversation.say(`This is run ${run.number}.`);
    return await walkRun({ run, runbook: source.runbook, runbookChanged: false, hosts: run.setup.hosts, conversation, call });
  } finally {
    conversation.close();
  }
};
