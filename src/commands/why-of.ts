import { systemError } from './system-error.ts';
import { UserError } from './user-error.ts';

/** Why something could not be done, as sentences for the operator. */
export function whyOf(error: unknown): string {
  const why = error instanceof UserError ? error : systemError(error);
  if (why !== undefined) return `${why.message} ${why.advice}`;
  return error instanceof Error ? error.message : String(error);
}
