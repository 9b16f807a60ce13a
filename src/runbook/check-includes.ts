import { didYouMean, nearest } from './did-you-mean.ts';
import { capturesOf } from './lint/step-parts.ts';
import type { Problem } from './problem.ts';
import type { Report } from './report.ts';
import type { Phase, Runbook } from './runbook.ts';

type Include = NonNullable<Phase['include']>;
/** Reads a runbook beside this one, with its problems; nothing where there is none. */
export type ReadBeside = (name: string) => { readonly draft: Runbook; readonly problems: readonly Problem[] } | undefined;

/** Tells the problems of what a runbook takes in, in its own file, and whether the two fit together. */
export function checkIncludes(runbook: Runbook, readBeside: ReadBeside, report: Report): void {
  const taken = new Map<string, Runbook>();
  for (const { include } of runbook.phases) {
    // The same one is taken in once: a second time it says nothing new.
    if (include === undefined || taken.has(include.runbook)) continue;
    const read = readBeside(include.runbook);
    if (read === undefined) {
      report.error(
        include.at,
        `There is no runbook \`${include.runbook}\` beside this one.`,
        'Write the name of its file: runbook: prepare-host.md',
      );
      continue;
    }
    report.add(read.problems);
    checkNames([runbook, ...taken.values()], include, read.draft, report);
    checkInputs(runbook, include, read.draft, report);
    taken.set(include.runbook, read.draft);
  }
}

function checkNames([outer, ...others]: readonly [Runbook, ...Runbook[]], { runbook, at }: Include, inner: Runbook, report: Report): void {
  const names = new Set([...outer.inputs.map(({ name }) => name), ...[outer, ...others].flatMap(capturedIn)]);
  for (const name of new Set(capturedIn(inner)))
    if (names.has(name))
      report.error(
        at,
        `\`${runbook}\` captures \`${name}\`, and this runbook has a value of that name.`,
        `Rename one of them: #| capture: { ${name}_2: … }`,
      );
  const roles = outer.roles.map(({ name }) => name);
  for (const { name } of inner.roles)
    if (!roles.includes(name))
      report.error(
        at,
        `\`${runbook}\` needs the role \`${name}\`, which this runbook has not.${didYouMean(name, roles)}`,
        `Write it as a role: ${name}: { min: 1 }`,
      );
}

/** An input is given, or it is the one of that name, or it has a default. */
function checkInputs(outer: Runbook, { runbook, inputs, at }: Include, inner: Runbook, report: Report): void {
  const own = inner.inputs.map(({ name }) => name);
  for (const [name, template] of Object.entries(inputs))
    if (!own.includes(name))
      report.error(
        template.at,
        `\`${runbook}\` has no input \`${name}\`.${didYouMean(name, own)}`,
        `Write: inputs: { ${nearest(name, own) ?? own[0] ?? name}: … }`,
      );
  for (const input of inner.inputs)
    if (!Object.hasOwn(inputs, input.name) && input.default === undefined && !outer.inputs.some(({ name }) => name === input.name))
      report.error(at, `\`${runbook}\` needs the input \`${input.name}\`, which nothing gives it.`, `Write: inputs: { ${input.name}: … }`);
}

function capturedIn(runbook: Runbook): readonly string[] {
  return runbook.phases.flatMap(({ steps }) =>
    steps.flatMap(({ parts }) => parts.flatMap((part) => capturesOf(part).map(({ name }) => name))),
  );
}
