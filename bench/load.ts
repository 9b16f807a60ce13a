import { loadavg } from 'node:os';

/** How busy the machine is: what is measured on a busy one says little. */
export function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}
