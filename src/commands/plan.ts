import { readFileSync } from 'node:fs';
import { checkSetup } from '../plan/check-setup.ts';
import { exampleSetup } from '../plan/example-setup.ts';
import { nothingKnown } from '../plan/known.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { Setup } from '../plan/plan.ts';
import { jsonText } from '../reports/json-text.ts';
import { planJson } from '../reports/plan-json.ts';
import { planText } from '../reports/plan-text.ts';
import type { Command } from './command.ts';
import { optionOf } from './command.ts';
import { givenInputs, withPerHost } from './given-inputs.ts';
import { hostsFile } from './hosts-file.ts';
import { refuseSetup } from './refuse-setup.ts';
import { loadRunbook } from './runbook-file.ts';
import { UserError } from './user-error.ts';

/** `handrail plan`: what would run and where, without contacting anything. */
export const command: Command = async (call) => {
  const [word = ''] = call.words;
  const { runbook } = await loadRunbook(word);
  const given = givenInputs(runbook, call.options['input'] ?? [], (path) => readFileSync(path, 'utf8'));
  const file = optionOf(call, 'hosts');
  const isExample = call.flags.has('example');
  if (file === undefined && !isExample) {
    throw new UserError('`handrail plan` needs the hosts.', 'Write --hosts FILE, or --example for the runbook’s own hosts and values.');
  }
  const example = isExample ? exampleSetup(runbook) : null;
  if (isExample && !example) throw new UserError(`${runbook.name} has no example.`, 'Write --hosts FILE.');
  const hosts = file === undefined ? (example?.hosts ?? []) : await hostsFile(file);
  const setup: Setup = { hosts: withPerHost(hosts, given.perHost), inputs: { ...example?.inputs, ...given.inputs } };
  refuseSetup(checkSetup(runbook, setup, nothingKnown, { maySecretsLack: true }), runbook);
  const plan = makePlan(runbook, setup);
  process.stdout.write(call.flags.has('json') ? jsonText(planJson(plan)) : `${planText(plan)}\n`);
  return 0;
};
