/** What the operator does that needs the terminal itself; what came of it is said at the foot of the screen. */
export type TerminalAct =
  /** A log of the run, by its name in the run's folder, in the operator's pager. */
  | { readonly do: 'page-log'; readonly log: string }
  /** The report of a run, by its number, in the operator's pager. */
  | { readonly do: 'page-report'; readonly run: number }
  /** To the clipboard, through the terminal; `what` says what it is. A secret is kept in no file. */
  | { readonly do: 'copy'; readonly what: string; readonly text: string; readonly isSecret?: true }
  /** Lets the operator change the text of a part in an editor; the answer to the question comes of it. `host` null: for all hosts. */
  | { readonly do: 'edit-part'; readonly question: number; readonly part: number; readonly host: string | null }
  /** The output as it comes, on the normal screen, until a key ends it. */
  | { readonly do: 'stream' }
  | { readonly do: 'redraw' }
  | { readonly do: 'suspend' };

const names: readonly string[] = [
  'page-log',
  'page-report',
  'copy',
  'edit-part',
  'stream',
  'redraw',
  'suspend',
] satisfies readonly TerminalAct['do'][];

export function isTerminalAct(act: { readonly do: string }): act is TerminalAct {
  return names.includes(act.do);
}
