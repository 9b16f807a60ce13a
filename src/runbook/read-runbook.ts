import { checkIncludes } from './check-includes.ts';
import { checkTranslation, translatedFile } from './check-translation.ts';
import { lint } from './lint/lint.ts';
import { readSections, type Section } from './markdown.ts';
import type { Problem } from './problem.ts';
import { readDraft } from './read-sections.ts';
import { createReport, type Report } from './report.ts';
import type { Runbook } from './runbook.ts';
import { readSource, refuseControls, refuseSource, withoutFrontMatter } from './source-text.ts';

export type ReadOptions = {
  /** The text of a file beside this one; nothing where there is none. Without it what is taken in is not read. */
  load?(name: string): string | undefined;
  /** Not to look for what is only doubtful: who plans or runs is told of errors, `lint` of all. */
  readonly onlyErrors?: boolean;
};
export type ReadRunbook = { readonly runbook: Runbook | null; readonly problems: readonly Problem[] };

/**
 * Reads a runbook from its file's name and text, whatever the text is: the runbook, or every problem of it at once. It never throws
 * and takes bounded time. `runbook` is null exactly where a problem is an error; warnings leave it.
 */
export function readRunbook(file: string, text: string, { load, onlyErrors = false }: ReadOptions = {}): ReadRunbook {
  const read = readFile(file, text, { onlyErrors });
  if (read === undefined) return { runbook: null, problems: problemsOfRefused(file, text) };
  const { draft, sections, report } = read;
  const beside = (name: string) => `${file.slice(0, file.length - baseName(file).length)}${name}`;
  if (load !== undefined)
    checkIncludes(
      draft,
      (name) => {
        const text = load(name);
        return text === undefined ? undefined : readIncluded(beside(name), text);
      },
      report,
    );
  const translated = translatedFile(baseName(file));
  if (translated !== undefined && load !== undefined) checkAgainst(translated, load(translated), sections, report);
  const problems = report.problems();
  if (problems.some(({ severity }) => severity === 'error')) return { runbook: null, problems };
  const cannotRun = whyNotRun(draft, translated);
  return { runbook: { ...draft, ...(cannotRun === undefined ? {} : { cannotRun }) }, problems };
}

type ReadFile = { readonly draft: Runbook; readonly sections: readonly Section[]; readonly report: Report };

/** One file by itself; nothing where it is refused as a whole. */
function readFile(file: string, text: string, { onlyErrors = false }: Pick<ReadOptions, 'onlyErrors'> = {}): ReadFile | undefined {
  const source = readSource(file, text);
  const report = createReport(source.lines);
  if (refuseSource(source, report)) return undefined;
  const page = withoutFrontMatter(refuseControls(source, report));
  const sections = readSections(file, page);
  const draft = readDraft(baseName(file).replace(/\.md$/i, ''), file, page, sections, report);
  lint(draft, report, { onlyErrors });
  return { draft, sections, report };
}

function problemsOfRefused(file: string, text: string): readonly Problem[] {
  const source = readSource(file, text);
  const report = createReport(source.lines);
  refuseSource(source, report);
  return report.problems();
}

function readIncluded(file: string, text: string): { draft: Runbook; problems: readonly Problem[] } {
  const read = readFile(file, text);
  if (read === undefined) return { draft: emptyRunbook(file), problems: problemsOfRefused(file, text) };
  for (const { include } of read.draft.phases)
    if (include !== undefined)
      read.report.error(
        include.at,
        'A runbook that is taken in may not take in another.',
        'Take both in where this one is: ```yaml include',
      );
  return { draft: read.draft, problems: read.report.problems() };
}

function checkAgainst(name: string, text: string | undefined, sections: readonly Section[], report: Report): void {
  const start = { file: sections[0]?.at.file ?? name, line: 1, column: 1 };
  if (text === undefined) {
    report.error(
      start,
      `This is a translation by its name, and there is no \`${name}\` beside it.`,
      `Write the guide itself first: ${name}`,
    );
    return;
  }
  const source = readSource(name, text);
  const silent = createReport([]);
  if (!refuseSource(source, silent))
    checkTranslation(sections, readSections(name, withoutFrontMatter(refuseControls(source, silent))), name, report);
}

/** What this version reads and lints but does not run. */
function whyNotRun({ phases }: Runbook, translated: string | undefined): string | undefined {
  if (translated !== undefined) return `It is a translation to read; ${translated} is what runs.`;
  const include = phases.find(({ include }) => include !== undefined)?.include;
  return include === undefined
    ? undefined
    : `It takes in ${include.runbook} (yaml include), which this version of handrail does not run yet.`;
}

function emptyRunbook(file: string): Runbook {
  return { name: '', file, title: '', summary: '', introduction: '', inputs: [], roles: [], rules: [], env: {}, phases: [] };
}

function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}
