/** What the operator does in a set-up, besides answering what the connections ask. */
export type SetUpAct =
  /** While it is typed; it is checked at once. */
  | { readonly do: 'type-input'; readonly field: string; readonly text: string }
  /** Back to the default. */
  | { readonly do: 'clear-input'; readonly field: string }
  /** The hosts of a file; an empty path goes back to those typed. */
  | { readonly do: 'name-hosts-file'; readonly path: string }
  /** A host on one line, in place of one typed before where that is named. */
  | { readonly do: 'type-host'; readonly role: string; readonly line: string; readonly before?: string }
  | { readonly do: 'take-out-host'; readonly role: string; readonly host: string }
  /** Gives a role to a host, or takes it back, where it is chosen among the hosts of another role. */
  | { readonly do: 'choose-host'; readonly role: string; readonly host: string }
  | { readonly do: 'next-part' }
  | { readonly do: 'previous-part' }
  | { readonly do: 'check-hosts' }
  | { readonly do: 'save-hosts'; readonly path: string }
  | { readonly do: 'begin' }
  /** Leaves, also where something was typed. */
  | { readonly do: 'leave-set-up' }
  | { readonly do: 'stay' };
