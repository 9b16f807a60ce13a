import type { Act } from './act.ts';

/** What all screens know. */
export type Common = {
  /** Milliseconds since 1970, at least once a second while something runs. */
  readonly now: number;
  /** Said once at the foot of the screen: what came of the last key. */
  readonly told: string | null;
};

/** What stands on the screens, kept outside React: a state that is replaced as a whole, and acts of the operator that change it. */
export type Scene<State> = {
  state(): State;
  /** Called after each change, synchronously; returns the way to stop. */
  subscribe(listener: () => void): () => void;
  /** Acts that are not this scene's are left alone. */
  act(act: Act): void;
  close(): Promise<void>;
};
