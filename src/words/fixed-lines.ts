import { prose, type Said } from './said.ts';

/** What stands round every command, in words: it is the same for all, and documented in the runbook format. */
export function fixedLines(parts: readonly { readonly send?: { readonly as: string } }[]): readonly Said[] {
  const users = [...new Set(parts.flatMap(({ send }) => (send === undefined ? [] : [send.as])))];
  const how = users.map((user) =>
    user === 'login' ? 'As the login user: run directly.' : `As ${user}: through sudo, where the login user is another.`,
  );
  return [
    ...prose(
      'The text above is written to a file on the host, byte for byte, and run from there by handrail’s supervisor, so that it outlives the connection:',
    ),
    '',
    '    env -i HOME=… USER=… LOGNAME=… LC_ALL=C HANDRAIL_ATTEMPT=… PATH=\\',
    '      /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin  (the variables)',
    '    umask 022; cd "$HOME"',
    '    bash -euo pipefail FILE </dev/null      (for sh: sh -eu FILE </dev/null)',
    '',
    ...how.flatMap((each) => prose(each)),
  ];
}
