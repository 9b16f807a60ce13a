import { maskedText } from '../plan/masked-text.ts';
import type { Filled, Origin, Piece } from '../runbook/scope.ts';
import { visibleInText } from '../runbook/visible.ts';
import type { Prepared } from '../steps/part-kind.ts';
import { sayDuration } from './durations.ts';
import { moveIn, prose, type Said } from './said.ts';

/** What is done with secrets in a text that is shown. */
export type Showing = { readonly revealsSecrets: boolean };

/** A prepared part as the operator confirms it: the final text, byte for byte, apart from masked secrets. */
export function showPart({ shown, isAlreadyDone }: Prepared, showing: Showing): readonly Said[] {
  switch (shown.is) {
    case 'command':
      return [
        `  ${shown.shell}${sayRepeats(shown.repeats)}:`,
        '',
        ...moveIn(textOf(shown.text, showing), '    ', 'command'),
        '',
        ...showEnv(shown.env, showing),
      ];
    case 'instruction':
      return ['  By hand:', '', ...moveIn(textOf(shown.text, showing)), ''];
    case 'diff': {
      const what = isAlreadyDone === true ? 'is as it should be' : shown.isNew ? 'is new' : 'changes';
      const how = [shown.mode === undefined ? '' : `mode ${shown.mode}`, shown.owner === undefined ? '' : `owner ${shown.owner}`];
      const lines = shown.lines.map(({ mark, text }): Said => {
        const tone = mark === '+' ? 'added' : mark === '-' ? 'removed' : undefined;
        return { exact: `    ${mark}${hide(text, shown.secrets, showing)}`, ...(tone === undefined ? {} : { tone }) };
      });
      const filter =
        shown.filter === undefined ? [] : ['  By this filter, which only reads:', '', ...moveIn(textOf(shown.filter.text, showing)), ''];
      return [`  File ${[`${shown.path} ${what}`, ...how.filter((each) => each !== '')].join(', ')}:`, '', ...lines, '', ...filter];
    }
    case 'copies': {
      const files = shown.files.map(({ from, to, bytes, sha256, state }) =>
        [`    ${from === to ? to : `${from} -> ${to}`}`, `      ${bytes} bytes, SHA-256 ${sha256.slice(0, 16)}…, ${state}`].join('\n'),
      );
      return [`  Copied from ${shown.from}:`, '', ...files.flatMap((file) => moveIn(file, '')), ''];
    }
    default:
      return shown satisfies never;
  }
}

/** How often something is run until it ends well, behind what it is; nothing where it runs once. */
export function sayRepeats(repeats: { readonly every: number; readonly for: number } | undefined): string {
  return repeats === undefined ? '' : `, every ${sayDuration(repeats.every)} for ${sayDuration(repeats.for)} until it ends well`;
}

/** True where something is masked in what is shown of a part. */
export function hasSecrets(prepared: Prepared): boolean {
  const { shown } = prepared;
  if (shown.is === 'diff' && shown.secrets.length > 0) return true;
  return prepared.texts?.some((text) => text.pieces.some((piece) => piece.isSecret)) === true;
}

/** The text of a part as one string, for comparing hosts; secrets stay what they are. */
export function comparable({ shown }: Prepared): string {
  return JSON.stringify(
    shown.is === 'command' ? [shown.text.text, Object.entries(shown.env).map(([name, value]) => [name, value.text])] : shown,
  );
}

/** Where each value in the parts comes from, one line each; `more` is said behind it. */
export function showOrigins(
  parts: readonly Pick<Prepared, 'texts'>[],
  showing: Showing,
  more: (piece: Piece) => string | undefined = () => undefined,
): readonly Said[] {
  const texts = parts.flatMap((part) => part.texts ?? []);
  // A loop takes one name from several hosts: each value has its own line.
  const lines = new Map<string, { readonly name: string; readonly says: string }>();
  for (const text of texts) {
    for (const piece of text.pieces) {
      const further = more(piece);
      const says = `${sayValue(text, piece, showing)}, ${sayOrigin(piece.origin)}${further === undefined ? '' : `; ${further}`}`;
      lines.set(`${piece.name} ${says}`, { name: piece.name, says });
    }
  }
  if (lines.size === 0) return [];
  const widest = Math.min(24, Math.max(...[...lines.values()].map(({ name }) => name.length)));
  return [
    '  Values:',
    ...[...lines.values()].flatMap(({ name, says }) => prose(says, `    ${name.padEnd(widest)}  `, ' '.repeat(widest + 6))),
    '',
  ];
}

function sayValue({ text }: Filled, piece: Piece, { revealsSecrets }: Showing): string {
  const value = visibleInText(text.slice(piece.start, piece.end));
  if (piece.isSecret && !revealsSecrets) return '••••••••';
  return value.length > 40 ? `${value.slice(0, 39)}…` : value;
}

function sayOrigin(origin: Origin): string {
  switch (origin.is) {
    case 'input':
      return 'an input';
    case 'captured':
      if (origin.isTyped === true) return 'typed by you';
      return `from “${origin.stepTitle}”${origin.host === undefined ? '' : ` on ${origin.host}`}`;
    case 'host':
      return 'the host at hand';
    default:
      return origin satisfies never;
  }
}

function showEnv(env: Readonly<Record<string, Filled>>, showing: Showing): readonly Said[] {
  const lines = Object.entries(env).map(([name, value]): Said => ({ exact: `    ${name}=${textOf(value, showing)}` }));
  return lines.length === 0 ? [] : ['  With these variables:', '', ...lines, ''];
}

/** A text as it may be seen: nothing in it overwrites or hides what stands beside it. */
export function textOf(filled: Filled, { revealsSecrets }: Showing): string {
  return visibleInText(revealsSecrets ? filled.text : maskedText(filled));
}

function hide(text: string, secrets: readonly string[], { revealsSecrets }: Showing): string {
  return visibleInText(revealsSecrets ? text : secrets.reduce((hidden, secret) => hidden.replaceAll(secret, '••••••••'), text));
}
