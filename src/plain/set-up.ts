import { cleanLine } from '../output/clean.ts';
import { answerTo, errorsOfInput, typedAnswer, withAnswer } from '../plan/answers.ts';
import { checkSetup, type SetupProblem } from '../plan/check-setup.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { Setup } from '../plan/plan.ts';
import { hostsOfRole } from '../plan/select.ts';
import { hostLineForm, typedHost } from '../plan/typed-host.ts';
import type { Input, Runbook, SetupHost } from '../runbook/runbook.ts';
import { listOf, prose } from '../words/said.ts';
import { sayNeed } from '../words/say-need.ts';
import { showSetupHosts, showSetupInputs, showSetupProblem } from '../words/show-setup.ts';
import type { Conversation } from './conversation.ts';
import { linesOf, wrap } from './lines.ts';

/** A set-up without gaps, and whether anything had to be asked for. `null`: the input ended first. */
export type CompletedSetup = { readonly setup: Setup; readonly wasAsked: boolean } | null;

/** Asks for what a set-up lacks: hosts, by role, where there are none, then the inputs that have no value. Each answer is checked at once. */
export async function completeSetup(conversation: Conversation, runbook: Runbook, given: Setup): Promise<CompletedSetup> {
  let setup = given;
  let wasAsked = false;
  if (setup.hosts.length === 0 && runbook.roles.some(({ from }) => from === undefined)) {
    const hosts = await askHosts(conversation, runbook);
    if (hosts === null) return null;
    setup = { ...setup, hosts };
    wasAsked = true;
  }
  for (const role of runbook.roles.filter(({ name, from }) => from !== undefined && hostsOfRole(name, setup).length === 0)) {
    const chosen = await askAmong(
      conversation,
      role.ask ?? `Which hosts have the role ${role.name}?`,
      hostsOfRole(role.from ?? '', setup),
      role.min,
    );
    if (chosen === null) return null;
    setup = {
      ...setup,
      hosts: setup.hosts.map((host) => (chosen.includes(host.name) ? { ...host, roles: [...host.roles, role.name] } : host)),
    };
    wasAsked = true;
  }
  for (const input of runbook.inputs) {
    for (const host of input.per === undefined ? [undefined] : hostsOfRole(input.per, setup)) {
      if (!lacks(runbook, setup, input, host)) continue;
      const answered = await askInput(conversation, runbook, setup, input, host);
      if (answered === null) return null;
      setup = answered;
      wasAsked = true;
    }
  }
  return { setup, wasAsked };
}

/** The hosts, with their roles, and the inputs of a set-up, as they stand before the first step. Secrets are masked. */
export function describeSetup(runbook: Runbook, setup: Setup): readonly string[] {
  const inputs = showSetupInputs(makePlan(runbook, setup));
  return linesOf([...prose(runbook.title), '', 'Hosts', ...showSetupHosts(setup), ...(inputs.length > 0 ? ['', 'Inputs', ...inputs] : [])]);
}

export function describeProblem(problem: SetupProblem): readonly string[] {
  return [...linesOf(showSetupProblem(problem)), ''];
}

/** Asks anew for an input that the operator names; an unknown name is told, and nothing changes. `null`: the input ended. */
export async function changeInput(conversation: Conversation, runbook: Runbook, setup: Setup, name: string): Promise<Setup | null> {
  const input = runbook.inputs.find((each) => each.name === name);
  if (input === undefined) {
    conversation.say(`There is no input ${cleanLine(name)}.`);
    return setup;
  }
  let changed: Setup | null = setup;
  for (const host of input.per === undefined ? [undefined] : hostsOfRole(input.per, setup)) {
    if (changed !== null) changed = await askInput(conversation, runbook, changed, input, host);
  }
  return changed;
}

/** Hosts a line each, role by role; a host may stand under several roles. */
async function askHosts(conversation: Conversation, runbook: Runbook): Promise<readonly SetupHost[] | null> {
  conversation.say(`The hosts, role by role. One a line: ${hostLineForm}.`);
  conversation.say('An empty line ends a role. For a host already given its name is enough.');
  const hosts = new Map<string, SetupHost>();
  for (const role of runbook.roles.filter(({ from }) => from === undefined)) {
    conversation.say(`\n${role.name} (${sayNeed(role)})`);
    for (;;) {
      const line = await conversation.ask(`  ${role.name}: `);
      if (line === null) return null;
      if (line.trim() === '') {
        const problems = aboutRole(checkSetup(runbook, { hosts: [...hosts.values()], inputs: {} }), role.name);
        if (problems.length === 0) break;
        sayProblems(conversation, problems);
        continue;
      }
      const host = typedHost(line, role.name, { runbook, known: [...hosts.values()] });
      if (typeof host === 'string') conversation.say(`  ${host}`);
      else hosts.set(host.name, host);
    }
  }
  return [...hosts.values()];
}

async function askAmong(
  conversation: Conversation,
  question: string,
  hosts: readonly SetupHost[],
  least: number,
): Promise<readonly string[] | null> {
  const names = hosts.map(({ name }) => name);
  for (;;) {
    for (const line of wrap(`${question} ${listOf(names)}${least === 0 ? '; empty for none' : ''}.`)) conversation.say(line);
    const line = await conversation.ask('  names: ');
    if (line === null) return null;
    const chosen = line.split(/[\s,]+/).filter((name) => name !== '');
    const wrong = chosen.find((name) => !names.includes(name));
    if (wrong === undefined && chosen.length >= least) return chosen;
    conversation.say(wrong === undefined ? `  At least ${least} must be named.` : `  There is no ${cleanLine(wrong)} among them.`);
  }
}

function lacks(runbook: Runbook, setup: Setup, input: Input, host: SetupHost | undefined): boolean {
  return errorsOfInput(checkSetup(runbook, setup), input, host).length > 0 && answerTo(setup, input, host) === undefined;
}

async function askInput(
  conversation: Conversation,
  runbook: Runbook,
  setup: Setup,
  input: Input,
  host: SetupHost | undefined,
): Promise<Setup | null> {
  const of = input.of.length > 0 ? ` (${input.of.join(', ')})` : '';
  const many = input.isList ? ' Several, with blanks between.' : '';
  conversation.say('');
  for (const line of wrap(`${input.ask ?? input.name}${host === undefined ? '' : `, for ${host.name}`}${of}.${many}`))
    conversation.say(line);
  for (;;) {
    const line = await conversation.ask(`  ${input.name}: `, { isSecret: input.type === 'secret' });
    if (line === null) return null;
    const next = withAnswer(setup, input, host, typedAnswer(input, line));
    const problems = line.trim() === '' ? [] : errorsOfInput(checkSetup(runbook, next), input, host);
    if (line.trim() !== '' && problems.length === 0) return next;
    if (problems.length === 0) conversation.say('  It is needed.');
    sayProblems(conversation, problems);
  }
}

function aboutRole(problems: readonly SetupProblem[], role: string): readonly SetupProblem[] {
  return problems.filter(({ severity, about }) => severity === 'error' && about.is === 'role' && about.name === role);
}

function sayProblems(conversation: Conversation, problems: readonly SetupProblem[]): void {
  for (const { message, advice } of problems)
    for (const line of wrap(`${cleanLine(message)} ${cleanLine(advice)}`, '  ')) conversation.say(line);
}
