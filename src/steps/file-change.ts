import { HostError } from '../hosts/host.ts';
import type { PlannedBody } from '../plan/plan.ts';
import { differenceLines } from './difference.ts';
import { sha256 } from './digest.ts';
import type { Prepared, PrepareOn } from './part-kind.ts';
import type { PresentFile } from './present-file.ts';
import { writeFiles } from './write-files.ts';

/** A file as a part would leave it. */
export type WantedFile = {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly mode: string | undefined;
  readonly owner: string | undefined;
  /** Texts in it that are to be masked when it is shown. */
  readonly secrets: readonly string[];
};

/** What a new file gets where its part says nothing. */
const newFileMode = '0644';

/** From the file as it is and as it is wanted: the difference, whether it is done already, and what would be sent. */
export function prepareChange(kind: PlannedBody['kind'], present: PresentFile, wanted: WantedFile, { host, as }: PrepareOn): Prepared {
  checkAccess(wanted, host.name);
  const isNew = present.is === 'absent';
  const isSameMode = wanted.mode === undefined || (!isNew && sameMode(present.mode, wanted.mode));
  const isSameOwner = wanted.owner === undefined || (!isNew && sameOwner(present.owner, wanted.owner));
  const isSame = !isNew && present.sha256 === sha256(wanted.bytes);
  const isNothing = isNew && kind === 'edit' && wanted.bytes.length === 0;
  const isAlreadyDone = isNothing || (isSame && isSameMode && isSameOwner);
  const was = isNew ? 'absent' : present.sha256;
  const send = writeFiles(
    [
      {
        path: wanted.path,
        real: present.real,
        was,
        bytes: wanted.bytes,
        newMode: newFileMode,
        ...(wanted.mode !== undefined && { mode: wanted.mode }),
        ...(wanted.owner !== undefined && { owner: wanted.owner }),
      },
    ],
    as,
  );
  const mode = wanted.mode ?? (isNew ? newFileMode : undefined);
  return {
    kind,
    shown: {
      is: 'diff',
      path: wanted.path,
      lines: differenceLines(isNew ? new Uint8Array() : present.bytes, wanted.bytes),
      isNew,
      mode: mode !== undefined && !isNew && !isSameMode ? `${mode} (is ${present.mode})` : mode,
      owner: wanted.owner !== undefined && !isNew && !isSameOwner ? `${wanted.owner} (is ${present.owner})` : wanted.owner,
      secrets: wanted.secrets,
    },
    isAlreadyDone,
    ...(isAlreadyDone ? {} : { send }),
    digestText: JSON.stringify([
      kind,
      as,
      wanted.path,
      present.real,
      was,
      sha256(wanted.bytes),
      wanted.mode,
      wanted.owner,
      sha256(encode(send.script)),
    ]),
  };
}

/** Mode and owner come from values too: what is none is refused before anything is asked. */
function checkAccess({ path, mode, owner }: WantedFile, host: string): void {
  const refuse = (what: string) =>
    new HostError('unsupported', host, `${what} of ${path} makes no sense.`, 'Change it in the runbook, or the value in it.');
  if (mode !== undefined && !/^[0-7]{3,4}$/.test(mode)) throw refuse(`The mode ${JSON.stringify(mode)}`);
  if (owner !== undefined && !/^[A-Za-z0-9_][A-Za-z0-9_.-]*\$?(:[A-Za-z0-9_][A-Za-z0-9_.-]*\$?)?$/.test(owner)) {
    throw refuse(`The owner ${JSON.stringify(owner)}`);
  }
}

function sameMode(present: string, wanted: string): boolean {
  return Number.parseInt(present, 8) === Number.parseInt(wanted, 8);
}

/** `owner` alone says nothing about the group. */
function sameOwner(present: string, wanted: string): boolean {
  return wanted.includes(':') ? present === wanted : present.split(':')[0] === wanted;
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
