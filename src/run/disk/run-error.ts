export type RunErrorKind =
  | 'not-found'
  | 'locked' /* another handrail has it open */
  | 'running' /* something of it still runs on a host */
  | 'broken' /* the journal cannot be read */
  | 'newer' /* written by a newer handrail */
  | 'secrets' /* a sealed record cannot be opened */
  | 'disk-full'
  | 'disk';

/** Says in one sentence what happened to a run's files, and in `advice` what to do next. */
export class RunError extends Error {
  readonly kind: RunErrorKind;
  readonly advice: string;
  constructor(kind: RunErrorKind, message: string, advice: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RunError';
    this.kind = kind;
    this.advice = advice;
  }
}

/** The `RunError` for a failed system call on `file`; what was being done is said by `doing` ("write the journal"). */
export function diskError(cause: unknown, doing: string, file: string): RunError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
    return new RunError(
      'disk-full',
      `The disk is full: cannot ${doing} (${file}).`,
      'Make room, then go on; nothing written before is lost.',
      {
        cause,
      },
    );
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  return new RunError('disk', `Cannot ${doing} (${file}): ${why}.`, 'See that the disk is there and can be written by you, then go on.', {
    cause,
  });
}
