import { maskedText } from '../plan/masked-text.ts';
import { usualPause } from '../plan/usual-pause.ts';
import { planEnv, tellEnv, textsOf } from './env.ts';
import type { PartKind } from './part-kind.ts';

/** A fence of `bash` or `sh`: its text, with the values quoted, is what the host runs. Whether it is done already only a probe can say. */
export const command: PartKind<'command'> = {
  kind: 'command',

  tell: (planned) => ({
    kind: 'command',
    shell: planned.shell,
    command: maskedText(planned.command),
    env: tellEnv(planned.env),
  }),

  plan: (part, using) => ({
    kind: 'command',
    part,
    shell: part.shell,
    command: using.fill(part.body, 'command', part.shell),
    env: planEnv(part.env, using),
  }),

  async prepare({ part, shell, command: text, env }, { as }) {
    const send = {
      shell,
      script: text.text,
      as,
      env: textsOf(env),
      streams: part.captures.length > 0 ? 'two' : 'one',
    } as const;
    return {
      kind: 'command',
      shown: {
        is: 'command',
        shell,
        text,
        env,
        ...(part.for === undefined ? {} : { repeats: { every: part.every ?? usualPause, for: part.for } }),
      },
      isAlreadyDone: undefined,
      ...(part.isInteractive ? {} : { send }),
      digestText: JSON.stringify(['command', shell, as, text.text, Object.entries(send.env).sort(), part.isInteractive, part.isReboot]),
    };
  },
};
