/** Milliseconds between two tries of what is run again and again, unless its `every` says otherwise. */
export const usualPause = 5_000;
