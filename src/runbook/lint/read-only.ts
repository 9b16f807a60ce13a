import type { ShellRedirection } from '../../shell-text/commands.ts';
import type { LintRule } from './book.ts';
import { namesCalled } from './shell-bodies.ts';

/** What only reads is run unasked; what looks as if it wrote is pointed out. */
export const readOnly: LintRule = ({ shellBodies }, report) => {
  for (const { onlyReads, source, reading, place } of shellBodies) {
    if (onlyReads === undefined || !/>|-[A-Za-z]*i/.test(source)) continue;
    const { redirections, commands } = reading();
    for (const redirection of redirections)
      if (writesFile(redirection))
        report.warning(
          place(redirection.start),
          `This writes to a file, and ${onlyReads} only reads.`,
          'Print it, or write to nowhere: > /dev/null',
        );
    for (const command of commands)
      for (const { name, args } of namesCalled(command))
        if (Object.hasOwn(inPlace, name) && args.some((arg) => inPlace[name]?.test(arg)))
          report.warning(
            place(command.start),
            `\`${name} -i\` changes a file, and ${onlyReads} only reads.`,
            'Print the change, or make it an edit: #| edit: /etc/fstab',
          );
  }
};

const inPlaceOption = /^-[A-Za-z]*i|^--in-?place/;
/** Behind some options of perl and ruby follows a text, in which an i means nothing: `perl -Mstrict`. */
const inPlaceOfPerl = /^-[^-CEFIMVerxm]*i/;
const inPlace: Readonly<Record<string, RegExp>> = {
  sed: inPlaceOption,
  gawk: inPlaceOption,
  yq: inPlaceOption,
  perl: inPlaceOfPerl,
  ruby: inPlaceOfPerl,
};

function writesFile({ operator, target }: ShellRedirection): boolean {
  if (!operator.includes('>') || target === undefined) return false;
  if (operator === '>&' && /^(\d+|-)-?$/.test(target.text)) return false;
  return !/^\/dev\/(null|stdout|stderr|tty|fd\/\d+)$/.test(target.value ?? target.text);
}
