import type { KeyTable } from './key-table.ts';

/** Keys of the dialog that asks for the yes. */
export const confirmKeys: KeyTable<'yes' | 'yesToPhaseEnd' | 'yesToHere' | 'wrapped' | 'no'> = {
  yes: { key: 'y', does: 'run it', says: 'yes, run exactly this' },
  yesToPhaseEnd: {
    key: 'a',
    does: 'allow to the end of the phase',
    says: 'yes to this and to all steps to the end of this phase, but those that destroy',
  },
  yesToHere: { key: 't', does: 'allow to a step', says: 'yes to this and to all steps up to one you choose' },
  wrapped: { key: 'k', does: 'what is wrapped round it', says: 'what handrail puts round the text' },
  no: { key: 'n', also: ['esc'], does: 'do not run', says: 'no; nothing is run' },
};
