import { readRun } from '../run/disk/read-run.ts';
import { jsonText } from './json-text.ts';
import { runReport } from './run-report.ts';
import { runReportMarkdown } from './run-report-markdown.ts';

/** A run's report, as a Markdown file or as JSON for other programs. Throws `RunError`. */
export async function reportRun(
  which: string | number,
  { dataDirectory, format }: { readonly dataDirectory: string; readonly format: 'md' | 'json' },
): Promise<string> {
  const { state, secrets } = await readRun(which, dataDirectory);
  return format === 'md' ? runReportMarkdown(state, secrets.mask) : jsonText(runReport(state, secrets.mask));
}
