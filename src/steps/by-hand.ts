import { maskedText } from '../plan/masked-text.ts';
import type { PartKind } from './part-kind.ts';

/** A fence of `text`: what the operator is to do, then ticks. Nothing is sent. */
export const byHand: PartKind<'by-hand'> = {
  kind: 'by-hand',

  tell: (planned) => ({ kind: 'by-hand', instruction: maskedText(planned.instruction) }),

  plan: (part, { fill }) => ({ kind: 'by-hand', part, instruction: fill(part.instruction, 'text') }),

  async prepare({ instruction }) {
    return {
      kind: 'by-hand',
      shown: { is: 'instruction', text: instruction },
      isAlreadyDone: undefined,
      digestText: JSON.stringify(['by-hand', instruction.text]),
    };
  },
};
