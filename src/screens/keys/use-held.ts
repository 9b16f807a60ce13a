import { type Context, createContext, useContext } from 'react';

/** The key pressed last on any screen, and when, by `performance.now()`. */
export type Pressed = { current: { readonly name: string; readonly at: number } | null };

/** Where all screens keep it; outside the program no key is known from one screen to the next. */
export const LastPressed: Context<Pressed | null> = createContext<Pressed | null>(null);

/** How soon the same key comes again while it is held down, in milliseconds: X11 waits 660 before it begins to repeat one. */
const held = 700;

/**
 * Takes each key that is pressed, and says whether it is the one before, held down. It is known from screen to screen: the key that has
 * answered one question does not answer the next one.
 */
export function useHeld(): (name: string) => boolean {
  const last = useContext(LastPressed);
  return (name) => {
    if (last === null) return false;
    const before = last.current;
    const at = performance.now();
    last.current = { name, at };
    return before?.name === name && at - before.at < held;
  };
}
