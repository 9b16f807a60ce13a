import type { LintRule } from './book.ts';
import { namesCalled } from './shell-bodies.ts';

/** Ways in which an exit code is not what its author meant, in a shell that stops at the first failure. */
export const pipefail: LintRule = ({ shellBodies }, report) => {
  for (const { shell, source, reading, place } of shellBodies) {
    if (!/!|\|[\s\S]*\b(head|[efz]?grep|rg)\b/.test(source)) continue;
    const { text, commands } = reading();
    for (const command of commands) {
      const programs = namesCalled(command);
      const { name = '', args = [] } = programs.at(-1) ?? {};
      const readsPipe = command.isPipedInto && programs[0]?.name !== 'xargs';
      const stopsEarly = name === 'head' || (greps.has(name) && args.some((arg) => /^-[A-Za-z]*q|^--(quiet|silent)$/.test(arg)));
      if (shell === 'bash' && readsPipe && stopsEarly)
        report.warning(
          place(command.start),
          `\`${name}\` stops reading early, and what writes into it may then end with 141 (pipefail).`,
          name === 'head' ? 'Read all of it: | sed -n 1p' : 'Read all of it: | grep PATTERN > /dev/null',
        );
      // In `! a || b` and `! a && b` the exit code is used.
      if (command.isNegated && !command.isPipedOn && !command.isLast && !/^[^\n;&|]*(&&|\|\|)/.test(text.slice(command.end)))
        report.warning(
          place(command.start),
          'A command behind `!` never stops the script, and this one is not the last.',
          `Say what then: ! ${name} … || exit 1`,
        );
    }
  }
};

const greps: ReadonlySet<string> = new Set(['grep', 'egrep', 'fgrep', 'zgrep', 'rg']);
