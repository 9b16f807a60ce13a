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

/** What the operating system refuses, with the file it concerns. */
function systemError(error: unknown): { readonly message: string; readonly advice: string } | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return undefined;
  const path = String(error.path);
  switch (error.code) {
    case 'ENOENT':
      return { message: `There is no file ${path}.`, advice: 'Check the name, then try again.' };
    case 'EACCES':
    case 'EPERM':
      return { message: `You may not use ${path}.`, advice: 'Change its owner or mode, or name another, then try again.' };
    case 'EISDIR':
      return { message: `${path} is a folder, not a file.`, advice: 'Name a file in it.' };
    case 'ENOSPC':
      return { message: `The disk is full at ${path}.`, advice: 'Make room, then try again. What was written before is kept.' };
    case 'EROFS':
      return { message: `${path} is on a disk that cannot be written.`, advice: 'Name another data directory with HANDRAIL_DATA.' };
    default:
      return undefined;
  }
}
