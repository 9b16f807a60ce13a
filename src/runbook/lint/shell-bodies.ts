import { type CalledCommand, readShell, type ShellReading } from '../../shell-text/commands.ts';
import type { Place } from '../problem.ts';
import type { Serve, Shell, Step, Template } from '../runbook.ts';
import { placeIn } from '../source-text.ts';
import { shellForms } from '../template-shell.ts';
import { servesOf } from './step-parts.ts';

/** A shell text of a step. */
export type ShellBody = {
  readonly step: Step;
  readonly shell: Shell;
  readonly source: string;
  /** The text as a shell reads it, with bare words for placeholders. Taken apart when first asked for: look into the source first. */
  reading(): ShellReading & { readonly text: string };
  readonly isInteractive: boolean;
  /** Why it must not change anything, for people; nothing where it may. */
  readonly onlyReads?: string;
  place(offset: number): Place;
};

/** Every shell text of a step. */
export function shellBodiesOf(step: Step): readonly ShellBody[] {
  const parts = step.parts.flatMap((part): ShellBody[] => {
    const onlyReads = step.risk === 'read' ? { onlyReads: 'a step of risk `read`' } : {};
    if (part.kind === 'command') return [{ ...read(step, part.body, part.shell), isInteractive: part.isInteractive, ...onlyReads }];
    if (part.kind === 'edit') return [{ ...read(step, part.filter, part.shell), onlyReads: 'the filter of an edit' }];
    return [];
  });
  return [...parts, ...servesOf(step).map((serve): ShellBody => ({ ...read(step, serve.body, serve.shell), ...readsOnly(serve) }))];
}

/** A command and all it hands on to another: `timeout 5 vi file` calls vi too. */
export function namesCalled({ words, name }: CalledCommand): readonly CalledProgram[] {
  const called: CalledProgram[] = [];
  let at = 0;
  let program = baseName(name);
  while (program !== undefined) {
    called.push({ name: program, args: words.slice(at + 1).map(({ text, value }) => value ?? text) });
    if (!wrappers.has(program) || onlyLooksUp(program, words[at + 1]?.value)) break;
    const next = words.findIndex(({ value }, index) => index > at && value !== undefined && !/^-|^\d|=/.test(value));
    program = next === -1 ? undefined : baseName(words[next]?.value);
    at = next;
  }
  return called;
}
/** `command -v sudo` asks where it is. */
function onlyLooksUp(program: string, option: string | undefined): boolean {
  return program === 'command' && /^-p?[vV]/.test(option ?? '');
}

export type CalledProgram = { readonly name: string; readonly args: readonly string[] };

const wrappers: ReadonlySet<string> = new Set([
  'command',
  'exec',
  'env',
  'timeout',
  'nohup',
  'nice',
  'ionice',
  'time',
  'xargs',
  'setsid',
  'stdbuf',
  'sudo',
]);

function read(step: Step, template: Template, shell: Shell): ShellBody {
  const { source, raw, at } = template;
  let known: ReturnType<ShellBody['reading']> | undefined;
  const reading = () => {
    const text = raw ? source : shellForms(source)[0].text;
    known ??= { ...readShell(text), text };
    return known;
  };
  return { reading, step, shell, source, isInteractive: false, place: (offset) => placeIn(source, offset, at) };
}

function readsOnly({ kind }: Serve): Pick<ShellBody, 'onlyReads'> {
  return kind === 'undo' ? {} : { onlyReads: `a ${kind}` };
}

function baseName(path: string | undefined): string | undefined {
  return path?.slice(path.lastIndexOf('/') + 1);
}
