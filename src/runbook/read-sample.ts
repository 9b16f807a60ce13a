import type { FenceKind } from './fence-kind.ts';
import { optionLines } from './fence-options.ts';
import type { Fence } from './markdown-elements.ts';
import type { Report } from './report.ts';
import type { Part, Sample, SampleOf } from './runbook.ts';

export type SampleFence = { readonly fence: Fence; readonly kind: FenceKind & { is: 'sample' }; readonly of: SampleOf | undefined };

/** Reads samples: each is output of the fence above it, and several of one fence have names. */
export function readSamples(fences: readonly SampleFence[], parts: readonly Part[], report: Report): readonly Sample[] {
  const samples: Sample[] = [];
  for (const { fence, kind, of } of fences) {
    if (of === undefined) {
      report.error(fence.at, 'No fence stands above this sample whose output it could be.', 'Put it below one: ```bash step=init');
      continue;
    }
    const part = of.is === 'part' ? parts[of.index] : undefined;
    if (part?.kind === 'file' || part?.kind === 'copy')
      report.error(fence.at, `A ${part.kind} part prints nothing, so it has no sample.`, 'Leave the kind out: ```text');
    const [option] = optionLines(fence);
    if (option !== undefined)
      report.error(
        { file: fence.at.file, line: option.line, column: option.column },
        'A sample has no options.',
        `Leave it out: #| ${option.text}`,
      );
    const others = fences.filter((other) => other.of === of);
    const isFirst = others.find((other) => other.kind.name === kind.name)?.fence === fence;
    if (!isFirst)
      report.error(
        fence.at,
        kind.name === undefined ? 'This fence has a sample already.' : `This fence has a sample \`${kind.name}\` already.`,
        `Give it a name of its own: \`\`\`${fence.language} sample=${kind.name ?? 'again'}${kind.name === undefined ? '' : '-2'}`,
      );
    samples.push({
      ...(kind.name === undefined ? {} : { name: kind.name }),
      text: fence.lines.map(({ text }) => text).join('\n'),
      at: { file: fence.at.file, line: fence.lines[0]?.line ?? fence.at.line, column: fence.lines[0]?.column ?? fence.at.column },
      of,
    });
  }
  return samples;
}
