import { dataLines, readOptionLines } from './fence-options.ts';
import { type KnownSection, knowKinds, refuseMisplaced } from './known-section.ts';
import type { Section } from './markdown.ts';
import type { OptionValues } from './option-table.ts';
import { type DocumentData, noData, readDocument } from './read-document.ts';
import { readInclude, refuseBeside } from './read-include.ts';
import { readProse } from './read-prose.ts';
import { readStep } from './read-step.ts';
import type { Report } from './report.ts';
import type { Phase, Runbook, Step } from './runbook.ts';

type PhaseDraft = { -readonly [K in keyof Phase]: Phase[K] } & {
  steps: Step[];
  readings: { title: string; prose: string }[];
  options: OptionValues;
};

/** Turns the sections of a file into a runbook, as far as they can be read; what is wrong is in the report. */
export function readDraft(name: string, file: string, text: string, sections: readonly Section[], report: Report): Runbook {
  const known = sections.map((section) => knowKinds(section, report));
  const data = findData(known, file, report);
  const [title, introduction] = readTitle(known, file, text, report);
  const phases: PhaseDraft[] = [];
  for (const section of known) {
    refuseMisplaced(section, report);
    if (section.level === 2) phases.push(readPhase(section, text, report));
    if (section.level === 3) readThird(section, { text, data, phase: phases.at(-1), report });
  }
  if (!known.some(({ kinds }) => kinds.some(({ kind }) => ['step', 'include', 'wrong'].includes(kind.is))))
    report.error({ file, line: 1, column: 1 }, 'The runbook has no step.', 'Write a section with one: ```bash step=init');
  return {
    name,
    file,
    title,
    summary:
      introduction
        .split(/\n[ \t]*\n/)[0]
        ?.replace(/\s+/g, ' ')
        .trim() ?? '',
    introduction,
    ...data,
    phases: phases.map(({ options: _options, ...phase }) => phase),
  };
}

function findData(sections: readonly KnownSection[], file: string, report: Report): DocumentData {
  const firstPhase = sections.findIndex(({ level }) => level >= 2);
  const found = sections.flatMap((section, index) =>
    section.kinds.filter(({ kind }) => kind.is === 'runbook').map(({ fence }) => ({ fence, index })),
  );
  const [first, ...others] = found;
  for (const { fence } of others) report.error(fence.at, 'The document has its data once.', 'Join it with the first: ```yaml runbook');
  if (first === undefined) {
    report.error(
      { file, line: 1, column: 1 },
      'A file without a `yaml runbook` fence is no runbook.',
      'Write it above the first phase: ```yaml runbook',
    );
    return noData;
  }
  if (firstPhase !== -1 && first.index >= firstPhase)
    report.error(first.fence.at, "The document's data stands before the first phase.", 'Move it up, below the title: ```yaml runbook');
  return readDocument(file, dataLines(first.fence), report);
}

function readTitle(sections: readonly KnownSection[], file: string, text: string, report: Report): [string, string] {
  const [first, ...others] = sections.filter(({ level }) => level === 1);
  for (const { at, title } of others) report.error(at, 'A runbook has one title.', `Make it a phase: ## ${title}`);
  if (first === undefined || first.title === '') {
    report.error(first?.at ?? { file, line: 1, column: 1 }, 'The runbook has no title.', 'Write it in the first line: # Title');
    if (first === undefined) return ['', ''];
  }
  return [first.title, readProse(text, first, first.kinds, report, false).prose];
}

function readPhase(section: KnownSection, text: string, report: Report): PhaseDraft {
  const [options, ...others] = section.kinds.filter(({ kind }) => kind.is === 'phase');
  for (const { fence } of others) report.error(fence.at, 'A phase has its options once.', 'Join it with the first: ```yaml phase');
  const [include, ...more] = section.kinds.filter(({ kind }) => kind.is === 'include');
  for (const { fence } of more) report.error(fence.at, 'A phase takes in one runbook.', 'Give it a heading of its own: ## Next phase');
  if (include !== undefined) refuseBeside(section, include.fence, text, report);
  const included = include === undefined ? undefined : readInclude(include.fence, report);
  if (section.title === '') report.error(section.at, 'This phase has no title.', 'Write: ## Prepare the hosts');
  return {
    title: section.title,
    place: section.at,
    prose: readProse(text, section, section.kinds, report, false).prose,
    steps: [],
    readings: [],
    ...(included === undefined ? {} : { include: included }),
    options: options === undefined ? {} : readOptionLines(section.at.file, dataLines(options.fence), 'phase', report, '').values,
  };
}

type Around = { readonly text: string; readonly data: DocumentData; readonly phase: PhaseDraft | undefined; readonly report: Report };

/** A section of the third level: a step if it has one, else something to read. */
function readThird(section: KnownSection, { text, data, phase, report }: Around): void {
  const hasStep = section.kinds.some(({ kind }) => kind.is === 'step');
  if (hasStep && section.title === '') report.error(section.at, 'This step has no title.', 'Write: ### What the step does');
  const { prose, banners, explanations } = readProse(text, section, section.kinds, report, hasStep);
  if (phase === undefined) {
    if (hasStep) report.error(section.at, 'This step stands before the first phase.', 'Write a heading above it: ## Phase');
    return;
  }
  if (phase.include !== undefined)
    report.error(section.at, 'A phase that takes in a runbook has no sections of its own.', 'Give it a heading: ## Next phase');
  const fences = readStep(section.kinds, { phase: phase.options, env: data.env, report });
  if (fences === undefined) phase.readings.push({ title: section.title, prose });
  else phase.steps.push({ ...fences, title: section.title, place: section.at, prose, banners, explanations });
}
