/** What is told where Enter came without a reason or a note: nothing was done by it. */
export const nothingTyped = 'Nothing was typed: nothing is done.';
