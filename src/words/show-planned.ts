import type { PlannedPart } from '../plan/plan.ts';
import { usualPause } from '../plan/usual-pause.ts';
import type { Filled } from '../runbook/scope.ts';
import { moveIn, type Said } from './said.ts';
import { type Showing, showPart, textOf } from './show-part.ts';

/** A part as it is planned, before its host was looked at: what is not known yet stands as `‹…›`. */
export function showPlanned(part: PlannedPart, showing: Showing): readonly Said[] {
  switch (part.kind) {
    case 'command': {
      const repeats = part.part.for === undefined ? {} : { repeats: { every: part.part.every ?? usualPause, for: part.part.for } };
      return showCommand({ shell: part.shell, text: part.command, env: part.env, ...repeats }, showing);
    }
    case 'file': {
      const what = part.block ? 'gets this block' : 'gets this content';
      return [
        `  File ${[textOf(part.path, showing), ...accessOf(part, showing)].join(', ')} ${what}:`,
        '',
        ...text(part.content, showing),
        '',
      ];
    }
    case 'edit': {
      const where = [textOf(part.path, showing), ...accessOf(part, showing)].join(', ');
      return [`  File ${where} is changed by this filter, which only reads:`, '', ...text(part.filter, showing), ''];
    }
    case 'copy': {
      const files = part.files.map(({ from, to }) => {
        const [there, here] = [textOf(from, showing), textOf(to, showing)];
        return { exact: `    ${there === here ? here : `${there} -> ${here}`}` };
      });
      return [`  Copied from ${part.source?.name ?? part.part.from.source}:`, '', ...files, ''];
    }
    case 'by-hand':
      return showPart(
        { kind: 'by-hand', shown: { is: 'instruction', text: part.instruction }, isAlreadyDone: undefined, digestText: '' },
        showing,
      );
    default:
      return part satisfies never;
  }
}

function showCommand(
  command: Omit<Extract<Parameters<typeof showPart>[0]['shown'], { is: 'command' }>, 'is'>,
  showing: Showing,
): readonly Said[] {
  return showPart({ kind: 'command', shown: { is: 'command', ...command }, isAlreadyDone: undefined, digestText: '' }, showing);
}

function text(filled: Filled, showing: Showing): readonly Said[] {
  return moveIn(textOf(filled, showing));
}

function accessOf({ mode, owner }: { readonly mode?: Filled; readonly owner?: Filled }, showing: Showing): readonly string[] {
  return [
    ...(mode === undefined ? [] : [`mode ${textOf(mode, showing)}`]),
    ...(owner === undefined ? [] : [`owner ${textOf(owner, showing)}`]),
  ];
}
