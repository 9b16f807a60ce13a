/** One host, all hosts of the step as it comes, or what they have said the same and what not. */
export type OutputView = 'one' | 'all' | 'differences';

/** What the operator does with the output on the screen. */
export type OutputAct = { readonly do: 'output' } & (
  | { /** How many rows the pane has now. */ readonly how: 'resize'; readonly rows: number }
  | { /** Follows the last lines, or stops to. */ readonly how: 'follow' }
  | { readonly how: 'move'; readonly by: number }
  | { readonly how: 'page'; readonly by: 1 | -1 }
  | { readonly how: 'start' | 'end' }
  | { /** Another host of the step. */ readonly how: 'host'; readonly by: 1 | -1 }
  | { /** The step before, or behind, in which anything ran. */ readonly how: 'step'; readonly by: 1 | -1 }
  | { /** All hosts as it comes, what differs between them, or one host again. */ readonly how: 'view'; readonly view: OutputView }
  | { /** A step's output, whatever runs now. */ readonly how: 'show'; readonly step: string; readonly host?: string }
  | {
      /** Looks for a text, or between slashes for an expression; for nothing any more where nothing was typed. */ readonly how: 'search';
      readonly typed: string;
    }
  | { /** The next match below, or above. */ readonly how: 'match'; readonly by: 1 | -1 }
  | { /** Nothing but the text on the screen, or all round it again. */ readonly how: 'zoom' }
);
