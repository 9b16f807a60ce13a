import { type FenceKind, isOfStep } from './fence-kind.ts';
import { bodyOf, isShell, noOptions, type Options, optionLines, readOptions } from './fence-options.ts';
import { inherit, type Lineage } from './inherited.ts';
import type { Fence } from './markdown-elements.ts';
import type { OptionValues } from './option-table.ts';
import { readPart } from './read-part.ts';
import { readSamples } from './read-sample.ts';
import type { Report } from './report.ts';
import type { Part, Sample, SampleOf, Selector, Serve, Step, Template } from './runbook.ts';
import { selectorOf } from './selector.ts';

/** A fence of a step's section with its kind. */
export type KindFence = { readonly fence: Fence; readonly kind: FenceKind };
/** What of a step its fences say; the rest is its section's prose. */
export type StepFences = Omit<Step, 'title' | 'place' | 'prose' | 'banners' | 'explanations'>;

type Around = { readonly phase: OptionValues; readonly env: Readonly<Record<string, Template>>; readonly report: Report };

/** Reads the fences of a section that has a step. */
export function readStep(fences: readonly KindFence[], around: Around): StepFences | undefined {
  const own = fences.filter(({ kind }) => isOfStep(kind));
  const [first, ...rest] = own;
  const start = own.find(({ kind }) => kind.is === 'step');
  if (start === undefined || first === undefined || start.kind.is !== 'step') return undefined;
  const { report } = around;
  if (first !== start)
    report.error(first.fence.at, 'The step begins further down; its fence comes first.', `Move this below: \`\`\`${start.fence.info}`);
  for (const { fence, kind } of rest)
    if (kind.is === 'step' && fence !== start.fence)
      report.error(
        fence.at,
        'A section has one step.',
        `Give it a heading of its own, or make it a further part: \`\`\`${fence.language} then`,
      );

  const options = readOptions(start.fence, 'step', report);
  const lineage: Lineage = { phase: around.phase, step: options.values, env: around.env };
  const on = options.values.on ?? around.phase.on;
  if (on === undefined && !optionLines(start.fence).some(({ text }) => /^["']?on["']?\s*:/.test(text)))
    report.error(start.fence.at, 'Nothing says on which hosts this step runs.', 'Write: #| on: all');
  const reader = new FenceReader(lineage, on ?? selectorOf('all', start.fence.at), report);
  for (const { fence, kind } of own) reader.read(fence, kind, fence === start.fence ? options : undefined);
  return { ...stepOptions(options, around.phase, start.kind.id), on: on ?? selectorOf('all', start.fence.at), ...reader.found() };
}

function stepOptions(
  { values }: Options,
  phase: OptionValues,
  id: string,
): Omit<StepFences, 'on' | 'parts' | 'verifies' | 'undos' | 'diagnoses' | 'samples'> {
  const when = values.when ?? phase.when;
  return {
    id,
    was: (values.was ?? []).map(({ value }) => value),
    each: values.each ?? phase.each ?? 'together',
    risk: values.risk ?? 'change',
    ...(when === undefined ? {} : { when: { source: when.value, at: when.at } }),
    isAside: values.aside ?? false,
    same: (values.same ?? []).map(({ value }) => value),
    unique: (values.unique ?? []).map(({ value }) => value),
    knownErrors: values.known_errors ?? [],
  };
}

/** Takes a step's fences in their order. */
class FenceReader {
  readonly #lineage: Lineage;
  readonly #on: Selector;
  readonly #report: Report;
  readonly #parts: Part[] = [];
  readonly #serves: Serve[] = [];
  readonly #samples: { readonly fence: Fence; readonly kind: FenceKind & { is: 'sample' }; readonly of: SampleOf | undefined }[] = [];
  #above: SampleOf | undefined;

  constructor(lineage: Lineage, on: Selector, report: Report) {
    this.#lineage = lineage;
    this.#on = on;
    this.#report = report;
  }

  read(fence: Fence, kind: FenceKind, options: Options | undefined): void {
    switch (kind.is) {
      case 'step':
        if (options !== undefined) this.#part(fence, options);
        return;
      case 'then':
        this.#part(fence, readOptions(fence, 'then', this.#report));
        return;
      case 'probe':
      case 'verify':
      case 'probe verify':
      case 'undo':
      case 'diagnose':
        this.#serve(fence, kind.is);
        return;
      case 'sample':
        this.#samples.push({ fence, kind, of: this.#above });
        return;
      default:
    }
  }

  found(): Pick<Step, 'parts' | 'probe' | 'verifies' | 'undos' | 'diagnoses' | 'samples'> {
    const probe = this.#of('probe')[0];
    const samples: readonly Sample[] = readSamples(this.#samples, this.#parts, this.#report);
    return {
      parts: this.#parts,
      ...(probe === undefined ? {} : { probe }),
      verifies: this.#of('verify'),
      undos: this.#of('undo'),
      diagnoses: this.#of('diagnose'),
      samples,
    };
  }

  #of(kind: Serve['kind']): Serve[] {
    return this.#serves.filter((serve) => serve.kind === kind);
  }

  #part(fence: Fence, options: Options): void {
    const { step, phase } = this.#lineage;
    const where = options.values.at ?? step.at ?? phase.at;
    const isOnConsole = where === undefined ? isConsole(this.#on) : where.name === 'console';
    this.#refuseUser(options, isOnConsole);
    const body = bodyOf(fence, this.#report);
    const part = readPart({ fence, options, body, report: this.#report, isOnConsole }, this.#lineage);
    this.#above = undefined;
    if (part === undefined) return;
    if (part.kind === 'edit' && this.#parts.some(({ kind }) => kind === 'command'))
      this.#report.error(
        fence.at,
        'An edit cannot follow a command in its step: its change is shown before anything runs.',
        `Give it a heading of its own: \`\`\`${fence.language} step=edit-file`,
      );
    this.#parts.push(part);
    this.#above = { is: 'part', index: this.#parts.length - 1 };
  }

  #serve(fence: Fence, is: 'probe' | 'verify' | 'probe verify' | 'undo' | 'diagnose'): void {
    const options = isShell(fence.language) ? readOptions(fence, is, this.#report) : noOptions;
    if (!isShell(fence.language))
      this.#report.error(fence.at, `A ${is} fence is bash or sh, not \`${fence.language}\`.`, `Write: \`\`\`bash ${is}`);
    const { values } = options;
    const where = values.at ?? this.#lineage.step.at ?? this.#lineage.phase.at;
    this.#refuseUser(options, where === undefined ? isConsole(values.on ?? this.#on) : where.name === 'console');
    const { text, at } = bodyOf(fence, this.#report);
    if (text.trim() === '')
      this.#report.error(fence.at, 'This fence is empty; a command is needed.', 'Write it between the marks: systemctl is-active haproxy');
    for (const kind of is === 'probe verify' ? (['probe', 'verify'] as const) : [is]) {
      if (kind === 'probe' && this.#of('probe').length > 0)
        this.#report.error(
          fence.at,
          'A section has at most one probe.',
          `Join it with the one above, or make it a verify: \`\`\`${fence.language} verify`,
        );
      // One text for both is asked once as a probe: only a verify waits.
      const { every: _every, for: _for, ...once } = values;
      const serve: Serve = {
        ...inherit(this.#lineage, is === 'probe verify' && kind === 'probe' ? once : values, fence.at),
        kind,
        shell: fence.language === 'sh' ? 'sh' : 'bash',
        body: { source: text, at, raw: values.raw ?? false },
        on: values.on ?? this.#on,
        risk: kind === 'undo' ? (values.risk ?? 'change') : 'read',
      };
      this.#serves.push(serve);
      this.#above = { is: 'serve', kind, index: this.#of(kind).length - 1 };
    }
  }

  #refuseUser({ places }: Options, isOnConsole: boolean): void {
    if (isOnConsole && places.as !== undefined)
      this.#report.error(
        places.as,
        'On the console everything runs as the operator; `as` is not said there.',
        'Take it out: #| on: console',
      );
  }
}

function isConsole({ terms }: Selector): boolean {
  return terms.length > 0 && terms.every(({ takes, name }) => takes && name === 'console');
}
