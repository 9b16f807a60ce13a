import { capture } from '../../parsers/capture.ts';
import type { LintRule } from './book.ts';
import { capturesOf } from './step-parts.ts';

/** Captures find in their step's own sample what they are to find in a real output. */
export const samples: LintRule = ({ steps }, report) => {
  for (const { parts, samples } of steps)
    for (const { text, at, of } of samples) {
      const part = of.is === 'part' ? parts[of.index] : undefined;
      if (part === undefined || leavesOut(text)) continue;
      for (const wanted of capturesOf(part)) {
        if (wanted.how.by === 'ask' || (wanted.how.by === 'regex' && wanted.how.pattern === '')) continue;
        for (const problem of capture([wanted], { stdout: text, stderr: text }).problems)
          report.error(
            wanted.at,
            `This capture does not read the sample of line ${at.line}: ${problem}`,
            `Mend it or the sample; what is left out there is marked: …`,
          );
      }
    }
};

/** A line that is or ends in `…` stands for output left out. */
function leavesOut(text: string): boolean {
  return text.split('\n').some((line) => line.trimEnd().endsWith('…'));
}
