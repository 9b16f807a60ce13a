import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's space for young objects as large as it is now. V8 lets it grow to tens of megabytes before it looks what of it is still needed,
 * and a flood of output makes much: a small space is looked through more often, for a shorter time each, and half of the memory is saved.
 */
export function keepYoungSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
