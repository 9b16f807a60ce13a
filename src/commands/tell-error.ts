import { systemError } from './system-error.ts';
import { UserError } from './user-error.ts';

/** Writes an error to stderr and returns the exit code. Only a broken promise of our own shows where it happened. */
export async function tellError(error: unknown): Promise<number> {
  if (error instanceof UserError) {
    tell(error.message, error.advice);
    return error.exitCode;
  }
  const { HostError } = await import('../hosts/host.ts');
  if (error instanceof HostError) {
    const { cleanLine } = await import('../output/clean.ts');
    tell(cleanLine(error.message), cleanLine(error.advice));
    return 3;
  }
  const { RunError } = await import('../run/disk/run-error.ts');
  if (error instanceof RunError) {
    tell(error.message, error.advice);
    // A broken run is a bad file; a run that is in use can be gone on with.
    return ['not-found', 'broken', 'newer'].includes(error.kind) ? 2 : 1;
  }
  const system = systemError(error);
  if (system) {
    tell(system.message, system.advice);
    return 2;
  }
  process.stderr.write(
    `handrail: this is an error of handrail itself. Your run is kept; \`resume\` goes on.\nPlease report it with these lines:\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  return 1;
}

function tell(message: string, advice: string): void {
  process.stderr.write(`handrail: ${message}\n${advice === '' ? '' : `  ${advice}\n`}`);
}
