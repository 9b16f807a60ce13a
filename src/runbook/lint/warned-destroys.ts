import type { LintRule } from './book.ts';

/** What destroys is announced to the reader of the page. */
export const warnedDestroys: LintRule = ({ steps }, report) => {
  for (const { risk, banners, place } of steps)
    if (risk === 'destroy' && !banners.some(({ kind }) => kind === 'warning' || kind === 'caution'))
      report.error(place, 'This step destroys, and nothing warns its reader.', 'Say what is lost, above its command: > [!WARNING]');
};
