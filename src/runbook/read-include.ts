import { readData } from './data.ts';
import { dataLines } from './fence-options.ts';
import type { Section } from './markdown.ts';
import type { Fence } from './markdown-elements.ts';
import { checkName } from './names.ts';
import { template } from './option-table.ts';
import type { Report } from './report.ts';
import type { Phase } from './runbook.ts';
import { selectorShape } from './selector.ts';
import { mapOf, record, text, write } from './shape.ts';

const shape = record(
  {
    runbook: text('prepare-host.md', checkFile),
    on: selectorShape,
    inputs: mapOf('interface', checkName, template('"{{ host.facts.interface }}"')),
  },
  ['runbook'],
);

/** Reads a `yaml include` fence: which runbook's steps stand in the place of this phase. */
export function readInclude(fence: Fence, report: Report): Phase['include'] {
  const line = (value: string) => value.replace(/^\{ (.*) \}$/, '$1');
  const data = readData(fence.at.file, dataLines(fence), report, line);
  if (data === undefined) {
    if (fence.lines.length === 0) report.error(fence.at, 'This fence is empty.', write('runbook: prepare-host.md'));
    return undefined;
  }
  const { runbook, on, inputs = [] } = shape.read(data, { report, line }) ?? {};
  if (runbook === undefined) return undefined;
  return {
    runbook,
    ...(on === undefined ? {} : { on }),
    inputs: Object.fromEntries(inputs.map(({ name, value }) => [name, value])),
    at: fence.at,
  };
}

/** A phase that includes holds nothing else but a link for the reader of the page. */
export function refuseBeside(section: Section, fence: Fence, text: string, report: Report): void {
  const other = section.fences.find((other) => other !== fence);
  if (other !== undefined)
    report.error(other.at, 'A phase that takes in a runbook holds nothing else.', 'Give it a heading of its own: ## Next phase');
  const prose = `${text.slice(section.start, fence.start)}\n${text.slice(fence.end, section.end)}`;
  if (!/\[[^\]\n]{0,500}\]\([^)\n]{0,500}\)|<[^>\n]{1,500}>/.test(prose))
    report.error(
      section.at,
      'A phase that takes in a runbook shows its reader a link to it.',
      'Write: [Prepare the hosts](prepare-host.md)',
    );
}

function checkFile(name: string): string | null {
  return /^[A-Za-z0-9][A-Za-z0-9._-]*\.md$/.test(name) ? null : `\`${name}\` is no runbook beside this one.`;
}
