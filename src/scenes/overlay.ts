/** What stands over a scene until it is closed. */
export type Overlay =
  | { readonly is: 'help'; readonly of: string }
  | { readonly is: 'map' }
  | { readonly is: 'values' }
  | { readonly is: 'hosts' }
  | { readonly is: 'output' }
  /** A step to read, whichever the walk is at. */
  | { readonly is: 'step'; readonly step: string }
  /** Asks whether to leave the walk. */
  | { readonly is: 'leave' };
