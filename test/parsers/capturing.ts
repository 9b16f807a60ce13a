import { type Captured, capture } from '../../src/parsers/capture.ts';
import type { Capture, ParserName } from '../../src/runbook/runbook.ts';

/** A capture as a runbook would hold it. */
export function captureOf(how: Capture['how'], more: Partial<Capture> = {}): Capture {
  return {
    name: 'value',
    at: { file: 'example.md', line: 1, column: 1 },
    how,
    isAll: false,
    from: 'stdout',
    isSecret: false,
    isOptional: false,
    expires: {},
    ...more,
  };
}

/** What one capture reads from a standard output. */
export function captureFrom(
  how: Capture['how'],
  stdout: string,
  more: Partial<Capture> = {},
): { readonly captured: Captured | undefined; readonly problems: readonly string[] } {
  const { captured, problems } = capture([captureOf(how, more)], { stdout, stderr: '' });
  return { captured: captured[0], problems };
}

export function parse(parser: ParserName, stdout: string, more: Partial<Capture> = {}): ReturnType<typeof captureFrom> {
  return captureFrom({ by: 'parser', parser }, stdout, more);
}
