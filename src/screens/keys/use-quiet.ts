import { type Context, createContext, useContext, useRef } from 'react';

/** How long no key may have been pressed before the first one counts, in milliseconds. */
const quiet = 500;

/** When another program gave the terminal back last, by `performance.now()`: what waited here meanwhile was not seen before. */
export const BackSince: Context<{ readonly current: number }> = createContext({ current: 0 });

/**
 * Says of each key that is pressed whether there was a pause before it. The moment when the keys begin to be watched counts as a key, and
 * so does the one when the terminal came back: what was typed before something was seen is no answer to it.
 */
export function useQuiet({ isWatching }: { readonly isWatching: boolean }): () => boolean {
  const back = useContext(BackSince);
  const last = useRef(0);
  const wasWatching = useRef(false);
  if (isWatching && !wasWatching.current) last.current = performance.now();
  wasWatching.current = isWatching;
  return () => {
    const before = Math.max(last.current, back.current);
    last.current = performance.now();
    return last.current - before >= quiet;
  };
}
