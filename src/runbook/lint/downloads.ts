import type { CalledCommand } from '../../shell-text/commands.ts';
import type { LintRule } from './book.ts';
import { type CalledProgram, namesCalled } from './shell-bodies.ts';

/** What is fetched from elsewhere and kept or run is compared with what it should be, in the same step. */
export const downloads: LintRule = ({ steps, shellBodies }, report) => {
  for (const step of steps) {
    const bodies = shellBodies.filter((body) => body.step === step);
    if (!bodies.some(({ source }) => /\b(curl|wget)\b/.test(source))) continue;
    const programs = bodies.flatMap(({ reading }) => reading().commands.flatMap(namesCalled));
    if (programs.some(checks)) continue;
    for (const { reading, place } of bodies)
      for (const command of reading().commands)
        if (namesCalled(command).some((program) => keepsDownload(program, command)))
          report.warning(
            place(command.start),
            'A download is not compared with a checksum.',
            "Compare it: echo 'SHA256  FILE' | sha256sum -c -",
          );
  }
};

function checks({ name, args }: CalledProgram): boolean {
  return (
    /^(sha\d+sum|b2sum|shasum|gpgv|cosign|minisign|rpmkeys)$/.test(name) ||
    // A key's fingerprint, which stays when the key is made valid for longer, is compared after it was listed.
    (name === 'gpg' && ['--verify', '--show-keys', 'show-only'].some((arg) => args.includes(arg))) ||
    (name === 'openssl' && args[0] === 'dgst')
  );
}

/** Asking a server how it is keeps nothing; a file, a pipe into another program or a redirection does. */
function keepsDownload({ name, args }: CalledProgram, { isPipedOn, redirections }: CalledCommand): boolean {
  const isKept =
    isPipedOn ||
    redirections.some(
      ({ operator, target }) => operator.startsWith('>') && target !== undefined && !/^(\/dev\/null|\d|-)$/.test(target.text),
    );
  const isRemote = args.some((arg) => /^(https?|ftp):\/\/(?!(localhost|127\.|\[::1\]))/.test(arg));
  if (name === 'wget')
    return (
      !args.includes('--spider') &&
      (isKept ||
        !args.some((arg) => /^-[A-Za-z]*O-?$|^-O/.test(arg)) ||
        args.some((arg, index) => /^-[A-Za-z]*O$/.test(arg) && args[index + 1] !== '-' && args[index + 1] !== '/dev/null'))
    );
  if (name !== 'curl') return false;
  const output = args.findIndex((arg) => /^-[A-Za-z]*o$|^--output$/.test(arg));
  const isFile =
    args.some((arg) => /^-[A-Za-z]*O$|^--remote-name$/.test(arg)) ||
    (output !== -1 && args[output + 1] !== '/dev/null' && args[output + 1] !== '-');
  return isFile || (isKept && isRemote);
}
