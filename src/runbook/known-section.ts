import { type FenceKind, fenceKind, isOfStep } from './fence-kind.ts';
import { optionLines } from './fence-options.ts';
import type { Section } from './markdown.ts';
import type { Fence } from './markdown-elements.ts';
import type { KindFence } from './read-step.ts';
import type { Report } from './report.ts';

/** A section with the kinds of its fences. */
export type KnownSection = Section & { readonly kinds: readonly KindFence[] };

export function knowKinds(section: Section, report: Report): KnownSection {
  return { ...section, kinds: section.fences.map((fence) => ({ fence, kind: kindOf(fence, report) })) };
}

/** Tells fences that stand where their kind means nothing. */
export function refuseMisplaced({ level, kinds }: KnownSection, report: Report): void {
  // A fence whose kind cannot be told may have been meant as the step.
  const hasStep = level === 3 && kinds.some(({ kind }) => kind.is === 'step' || kind.is === 'wrong');
  for (const { fence, kind } of kinds) {
    if (kind.is === 'phase' && level !== 2)
      report.error(fence.at, 'A phase says its options right below its own heading.', 'Move it up, below the heading: ## Phase');
    if (kind.is === 'include' && level !== 2)
      report.error(fence.at, 'A runbook is taken in by a phase.', 'Give it a heading: ## Prepare the hosts');
    if (!isOfStep(kind) || hasStep) continue;
    if (kind.is === 'step')
      report.error(fence.at, 'A step stands in a section of its own.', 'Write a heading above it: ### What the step does');
    else
      report.error(
        fence.at,
        `This section has no step that a ${kind.is} fence could serve.`,
        `Begin with one: \`\`\`${fence.language} step=init`,
      );
  }
}

function kindOf(fence: Fence, report: Report): FenceKind {
  if (!fence.isClosed) report.error(fence.at, 'This fence has no end: all below belongs to it.', 'Close it on a line of its own: ```');
  const kind = fenceKind(fence, report);
  const [option] = optionLines(fence);
  if (kind.is === 'documentation' && option !== undefined)
    report.warning(
      { file: fence.at.file, line: option.line, column: option.column - 2 },
      'This fence has options but no kind, so it is documentation and never runs.',
      `Give it a kind: \`\`\`${fence.language || 'bash'} step=init`,
    );
  return kind;
}
