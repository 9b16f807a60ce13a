import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's heap near what is needed. A flood of output makes many objects that are soon of no use; V8 lets both its spaces, for young
 * objects and for old, grow to several times what is needed before it looks through them. Smaller steps are looked through more often, for
 * a shorter time each, and what is held stays the same however long the flood lasts.
 */
export function keepMemorySmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=30');
}
