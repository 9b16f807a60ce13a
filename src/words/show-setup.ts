import { cleanLine } from '../output/clean.ts';
import type { SetupProblem } from '../plan/check-setup.ts';
import type { Plan, Setup } from '../plan/plan.ts';
import type { InputValue, Risk } from '../runbook/runbook.ts';
import { widthOf } from './lay-out.ts';
import { prose, type Said } from './said.ts';

/** The hosts of a set-up, with their addresses and roles. */
export function showSetupHosts({ hosts }: Setup): readonly Said[] {
  const rows = hosts.map(({ name, address, roles }) => [name, address, roles.join(', ')]);
  const width = (column: number): number => Math.max(0, ...rows.map((row) => widthOf(row[column] ?? '')));
  const padded = (text: string, column: number): string => text + ' '.repeat(Math.max(0, width(column) - widthOf(text)));
  return rows.map(([name = '', address = '', rest = '']) => ({
    exact: cleanLine(`  ${padded(name, 0)}  ${padded(address, 1)}  ${rest}`.trimEnd()),
  }));
}

/** The inputs of a set-up, given or worked out. Secrets are masked. */
export function showSetupInputs({ inputs, inputsPerHost }: Plan): readonly Said[] {
  const perHost = Object.entries(inputsPerHost).flatMap(([name, byHost]) =>
    Object.entries(byHost).map(([host, value]) => [`${name} of ${host}`, value] as const),
  );
  const all = [...Object.entries(inputs), ...perHost];
  const width = Math.max(0, ...all.map(([name]) => name.length));
  return all.flatMap(([name, value]) => prose(textOf(value), `  ${name.padEnd(width)}  `, ' '.repeat(width + 4)));
}

/** What steps of a risk do: one of them, and several. */
const risks: Readonly<Record<Risk, readonly [one: string, several: string]>> = {
  read: ['only reads', 'only read'],
  change: ['changes something', 'change something'],
  destroy: ['destroys something', 'destroy something'],
};

/** What a run of this plan will do, and that nothing is done yet. */
export function showWhatIsAhead({ steps }: Plan): readonly Said[] {
  const walked = steps.filter(({ step }) => !step.isAside);
  const skipped = walked.filter((each) => each.skipped !== null && !each.skipped.startsWith('undecided')).length;
  const counts = (Object.keys(risks) as Risk[]).flatMap((risk) => {
    const count = walked.filter(({ step }) => step.risk === risk).length;
    return count === 0 ? [] : [`${count} ${risks[risk][count === 1 ? 0 : 1]}`];
  });
  if (!walked.some(({ step }) => step.risk === 'destroy')) counts.push('none destroys anything');
  const less = skipped === 0 ? '' : ` ${skipped} of them ${skipped === 1 ? 'is' : 'are'} not needed with these hosts and inputs.`;
  return [
    ...prose(`${walked.length} ${walked.length === 1 ? 'step' : 'steps'}: ${counts.join(', ')}.${less}`),
    ...prose('Nothing has been changed on any host. Each step is shown as it will run, and asks.'),
  ];
}

export function showSetupProblem({ severity, message, advice }: SetupProblem): readonly Said[] {
  const isError = severity === 'error';
  return [
    ...prose(`${isError ? 'Wrong' : 'Beware'}: ${cleanLine(message)}`, '', '  ', isError ? 'bad' : 'beware'),
    ...prose(cleanLine(advice), '  '),
  ];
}

function textOf(value: InputValue): string {
  return cleanLine(typeof value === 'string' ? value : value.join(', '));
}
