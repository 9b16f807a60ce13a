import type { OutputDocument, OutputRow } from './output-document.ts';
import type { StepOutput } from './step-output.ts';

/** What a host has said, to be compared with what others have. */
export type ToCompare = { readonly host: string; readonly document: StepOutput };

/** How two texts differ, in lines that begin with a mark. */
export type Differ = (before: readonly string[], after: readonly string[]) => readonly string[];

/** Rows of each host that are compared: its last ones. */
const mostRows = 2000;

/** What hosts have said, the equal together: the largest group in full, of every other host what differs from it. */
export async function compareOutputs(all: readonly ToCompare[], differ: Differ, signal: AbortSignal): Promise<OutputDocument> {
  const groups = new Map<string, { readonly hosts: string[]; readonly lines: readonly string[] }>();
  for (const { host, document } of all) {
    const lines = await linesOf(document, signal);
    const key = lines.join('\n');
    const group = groups.get(key) ?? { hosts: [], lines };
    group.hosts.push(host);
    groups.set(key, group);
  }
  const [largest, ...others] = [...groups.values()].sort((a, b) => b.hosts.length - a.hosts.length);
  if (largest === undefined) return fixedDocument([told('No host has said anything yet.')]);
  return fixedDocument([
    told(
      largest.hosts.length === 1
        ? `${largest.hosts[0]} has said:`
        : `${largest.hosts.length} hosts have said the same: ${largest.hosts.join(' ')}`,
    ),
    ...largest.lines.map((text, i): OutputRow => ({ is: 'said', text, line: i + 1 })),
    ...others.flatMap(({ hosts, lines }) => [
      told(`${hosts.join(' ')}: what differs from that`),
      ...differ(largest.lines, lines).map((text, i): OutputRow => ({ is: 'said', text, line: i + 1 })),
    ]),
  ]);
}

async function linesOf(document: StepOutput, signal: AbortSignal): Promise<readonly string[]> {
  await document.load(signal);
  const rows = await document.read(Math.max(0, document.rows() - mostRows), document.rows(), signal);
  return rows.flatMap((row) => (row.is === 'said' ? [row.text] : []));
}

function told(text: string): OutputRow {
  return { is: 'told', text };
}

/** Rows that are all in memory. */
function fixedDocument(rows: readonly OutputRow[]): OutputDocument {
  return {
    rows: () => rows.length,
    async load() {},
    recent: (from, to) => rows.slice(from, to),
    read: async (from, to) => rows.slice(from, to),
    hidden: () => [],
  };
}
