import { useInput, usePaste } from 'ink';
import { keyNames } from './key-names.ts';
import { type Binding, bindingOf } from './key-table.ts';
import { useHeld } from './use-held.ts';
import { useQuiet } from './use-quiet.ts';

/**
 * Runs the binding of each key that is pressed. Pasted text is no key press. With `isGuarded` (dialogs) a key counts only when it comes
 * alone and none was pressed in the half second before it, the moment when the dialog was drawn included: keys typed ahead or held down,
 * and a paste that the terminal does not tell as one, confirm nothing. Those that only show something count at once.
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
  const isQuiet = useQuiet({ isWatching: isActive && isGuarded });
  const isHeld = useHeld();
  usePaste(() => {}, { isActive });
  useInput(
    (input, key) => {
      const names = keyNames(input, key);
      const [first = ''] = names;
      const [wasHeld, wasQuiet] = [isHeld(first), isQuiet()];
      const isCalm = wasQuiet && !wasHeld && names.length === 1;
      for (const name of names) {
        onKey?.();
        const binding = bindingOf(bindings, name);
        if (isGuarded && binding?.isFree !== true && !isCalm) continue;
        if (binding?.run !== undefined) binding.run();
        else if (binding !== undefined) onRefused?.(binding);
      }
    },
    { isActive },
  );
}
