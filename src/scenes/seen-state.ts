/** What is seen of a scene: one value, made anew only when it is asked for after a change. */
export type SeenState<State> = {
  state(): State;
  subscribe(listener: () => void): () => void;
  /** What the value is made of has changed. */
  changed(): void;
};

export function seeState<State>(make: () => State): SeenState<State> {
  const listeners = new Set<() => void>();
  let made: { readonly state: State } | undefined;
  return {
    state() {
      made ??= { state: make() };
      return made.state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    changed() {
      made = undefined;
      for (const listener of listeners) listener();
    },
  };
}
