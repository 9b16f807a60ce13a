import { didYouMean } from '../did-you-mean.ts';
import type { LintRule } from './book.ts';
import { capturesOf } from './step-parts.ts';

/** `same` and `unique` compare what their own step captures. */
export const comparedValues: LintRule = ({ steps }, report) => {
  for (const { same, unique, parts, place } of steps) {
    const names = parts.flatMap((part) => capturesOf(part).map(({ name }) => name));
    for (const [key, compared] of [['same', same] as const, ['unique', unique] as const])
      for (const name of compared)
        if (!names.includes(name))
          report.error(
            parts[0]?.place ?? place,
            `\`${key}\` compares \`${name}\`, which this step does not capture.${didYouMean(name, names)}`,
            names[0] === undefined ? `Capture it: #| capture: { ${name}: { regex: "…" } }` : `Write: #| ${key}: [${names[0]}]`,
          );
  }
};
