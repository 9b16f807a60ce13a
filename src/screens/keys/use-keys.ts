import { useInput, usePaste } from 'ink';
import { useRef } from 'react';
import { keyNames } from './key-names.ts';
import { type Binding, bindingOf } from './key-table.ts';

/** How long no key may have been pressed before one of a dialog counts, in milliseconds. */
const quiet = 500;

/**
 * Runs the binding of each key that is pressed. Pasted text is no key press. With `isGuarded` (dialogs) a key counts only when none was
 * pressed in the half second before it, the moment when the dialog was drawn included: keys typed ahead or held down confirm nothing.
 * Those that only show something count at once.
 */
export function useKeys(
  bindings: readonly Binding[],
  options: {
    readonly isActive?: boolean;
    readonly isGuarded?: boolean;
    /** Any key, before what it does. */
    readonly onKey?: () => void;
    readonly onRefused?: (binding: Binding) => void;
  } = {},
): void {
  const { isActive = true, isGuarded = false, onKey, onRefused } = options;
  const last = useRef<number | undefined>(undefined);
  // The drawing of a dialog counts as a key: what was typed before it was seen is no answer to it.
  if (last.current === undefined) last.current = performance.now();
  usePaste(() => {}, { isActive });
  useInput(
    (input, key) => {
      for (const name of keyNames(input, key)) {
        onKey?.();
        const before = last.current ?? 0;
        last.current = performance.now();
        const binding = bindingOf(bindings, name);
        if (isGuarded && binding?.isFree !== true && last.current - before < quiet) continue;
        if (binding?.run !== undefined) binding.run();
        else if (binding !== undefined) onRefused?.(binding);
      }
    },
    { isActive },
  );
}
