import { HostError } from '../hosts/host.ts';
import { maskedText, secretsIn } from '../plan/masked-text.ts';
import { planEnv, textsOf } from './env.ts';
import { prepareChange } from './file-change.ts';
import type { PartKind } from './part-kind.ts';
import { readPresentFile } from './present-file.ts';
import { putBack } from './write-files.ts';

/** Largest file that a filter may print. */
const largestFile = 8 * 1024 * 1024;

/** `edit: PATH`: a filter that only reads turns the present file into the new one, once, before the question. */
export const edit: PartKind<'edit'> = {
  kind: 'edit',

  tell: (planned) => ({ kind: 'edit', path: maskedText(planned.path), filter: maskedText(planned.filter) }),

  plan: (part, using) => ({
    kind: 'edit',
    part,
    path: using.fill(part.path, 'text'),
    filter: using.fill(part.filter, 'command', part.shell),
    ...(part.mode && { mode: using.fill(part.mode, 'text') }),
    ...(part.owner && { owner: using.fill(part.owner, 'text') }),
    shell: part.shell,
    env: planEnv(part.env, using),
  }),

  async prepare({ part, path, filter, mode, owner, shell, env }, on, signal) {
    const { host } = on;
    // On the console there is only the operator; elsewhere a filter is run as root, as the format says.
    const as = host.name === 'console' ? on.as : 'root';
    const present = await readPresentFile(path.text, { host, as, timeout: part.timeout }, signal);
    const stdin = present.is === 'file' ? present.bytes : new Uint8Array();
    const reading = { shell, script: filter.text, as, env: textsOf(env), stdin, timeout: part.timeout, limit: largestFile };
    const { code, out, err, isCut } = await host.read(reading, signal);
    const refuse = (message: string) =>
      new HostError('unsupported', host.name, message, 'Nothing was written. Look at the filter, and at the file on the host.');
    if (!part.exits.includes(code)) {
      const said = new TextDecoder().decode(err).trim().slice(-2000);
      throw refuse(`The filter for ${path.text} ended with exit code ${code}${said === '' ? '' : `: ${said}`}.`);
    }
    if (isCut) throw refuse(`The filter for ${path.text} printed more than 8 MiB.`);
    const wanted = { path: path.text, bytes: out, mode: mode?.text, owner: owner?.text, secrets: secretsIn(filter) };
    const prepared = prepareChange('edit', present, wanted, on);
    return {
      ...prepared,
      shown: { ...prepared.shown, filter: { shell, text: filter } },
      digestText: JSON.stringify([prepared.digestText, filter.text]),
    };
  },

  undo: putBack,
};
