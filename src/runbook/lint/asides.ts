import { didYouMean } from '../did-you-mean.ts';
import type { Place } from '../problem.ts';
import type { Report } from '../report.ts';
import type { Book, LintRule } from './book.ts';
import { capturesOf } from './step-parts.ts';

/** What a `renew` or `fix` names is an aside, and a `renew` makes the value it is named for. */
export const asides: LintRule = (book, report) => {
  for (const [name, captured] of book.captures)
    for (const { capture } of captured) {
      if (capture.renew === undefined) continue;
      const target = checkAside('renew', capture.renew, capture.at, book, report);
      if (target !== undefined && !target.parts.some((part) => capturesOf(part).some((made) => made.name === name)))
        report.error(
          capture.at,
          `The step \`${target.id}\` does not capture \`${name}\`, so it cannot renew it.`,
          `Capture it there: #| capture: { ${name}: … }`,
        );
    }
  for (const step of book.steps)
    for (const { fix, at } of step.knownErrors) if (fix !== undefined) checkAside('fix', fix, at, book, report);
};

function checkAside(key: string, id: string, at: Place, { steps }: Book, report: Report): Book['steps'][number] | undefined {
  const step = steps.find((step) => step.id === id);
  if (step?.isAside) return step;
  const ids = steps.filter(({ isAside }) => isAside).map(({ id }) => id);
  if (step !== undefined) report.error(at, `\`${key}\` names the step \`${id}\`, which is no aside.`, `Write in that step: #| aside: true`);
  else
    report.error(
      at,
      `\`${key}\` names \`${id}\`, and there is no such step.${didYouMean(id, ids)}`,
      `Write an aside with this id: \`\`\`bash step=${id}`,
    );
  return undefined;
}
