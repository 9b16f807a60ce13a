/** What the operating system refuses, with the file it concerns, as sentences; undefined where it is no such error. */
export function systemError(error: unknown): { readonly message: string; readonly advice: string } | undefined {
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
