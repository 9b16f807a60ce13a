/** What the operator chooses on the home screen. */
export type HomeAct =
  /** The name of a shipped runbook, or the path of a file. */
  | { readonly do: 'start'; readonly runbook: string }
  | { readonly do: 'resume'; readonly run: number }
  /** The cursor stands on it: what is not known yet of it is looked up. */
  | { readonly do: 'look-at'; readonly run: number };
