import type { AnyAuthMethod, AuthenticationType, Prompt } from 'ssh2';
import { cleanLine } from '../output/clean.ts';
import type { Secrets } from './secrets.ts';
import type { OfferedKey, Pause } from './ssh-keys.ts';
import type { SshSettings } from './ssh-settings.ts';

/** What a login did, for the sentence where it fails. */
export type LoginTrace = {
  /** What the host takes, as it said last; absent before it said anything. */
  takes: readonly string[] | undefined;
  /** Names of the keys that were offered. */
  readonly offered: string[];
  /** True once a password was given. */
  gavePassword: boolean;
  /** True where a question found nobody to answer it. */
  isUnanswered: boolean;
};

/**
 * ssh2's handler of a login as it truly is: `false` gives up. What it is told first is not used: after a key that an agent signs it
 * is what the host said before that key.
 */
export type LoginHandler = (takes: unknown, isPartial: unknown, next: (method: AnyAuthMethod | false) => void) => void;

/** sshd counts every key and password, and ends the connection at the sixth. */
const mostTries = 6;
const mostPasswords = 3;

/**
 * The order of a login: keys, then keyboard-interactive, then password, each only where the host takes it. A password that was
 * given before is used without a question; a wrong one is asked for again.
 */
export function loginMethods(
  {
    user,
    host,
    keys,
    allows,
    secrets,
  }: {
    readonly user: string;
    readonly host: string;
    readonly keys: readonly OfferedKey[];
    readonly allows: SshSettings['allows'];
    readonly secrets: Secrets;
  },
  trace: LoginTrace,
  pause: Pause,
  onFailure: (error: Error) => void,
): LoginHandler {
  const waiting = [...keys];
  const opens = `login ${user}@${host}`;
  let hasBegun = false;
  let tries = 0;
  let passwords = 0;
  let keyboards = 0;
  let lastPassword: string | undefined;

  const login = async (prompt: string): Promise<string | null> => {
    if (lastPassword !== undefined) secrets.wrong(opens, lastPassword);
    const again = lastPassword === undefined ? '' : 'That was not right. ';
    const password = await pause(() => secrets.get({ host, what: 'login', prompt: `${again}${prompt}`, echo: false, opens }));
    if (password === null) trace.isUnanswered = true;
    else {
      lastPassword = password;
      trace.gavePassword = true;
    }
    return password;
  };

  const keyboard = (): AnyAuthMethod => {
    let round = 0;
    return {
      type: 'keyboard-interactive',
      username: user,
      prompt(_name, instructions, _language, prompts, finish) {
        round += 1;
        answer(round, instructions, prompts).then(finish, onFailure);
      },
    };
  };

  const answer = async (round: number, instructions: string, prompts: readonly Prompt[]): Promise<string[]> => {
    const answers: string[] = [];
    for (const { prompt, echo = false } of prompts) {
      const text = [...instructions.split('\n'), ...prompt.split('\n')]
        .map(cleanLine)
        .filter((line) => line.trim() !== '')
        .join('\n');
      const isPassword = round === 1 && prompts.length === 1 && !echo && /password/i.test(prompt);
      const ask = () => secrets.askOnce({ host, what: 'keyboard-interactive', prompt: text, echo, opens });
      const given = isPassword ? await login(text) : await pause(ask);
      if (given === null) {
        trace.isUnanswered = true;
        throw new Error('nobody answered');
      }
      answers.push(given);
    }
    return answers;
  };

  return (_takes, _isPartial, next) => {
    if (!hasBegun) {
      hasBegun = true;
      next({ type: 'none', username: user });
      return;
    }
    const may = (method: AuthenticationType): boolean => trace.takes === undefined || trace.takes.includes(method);
    const key = may('publickey') ? waiting.shift() : undefined;
    if (key !== undefined) {
      tries += 1;
      trace.offered.push(key.name);
      next(key.method(pause));
    } else if (allows.keyboardInteractive && may('keyboard-interactive') && keyboards < mostPasswords && tries < mostTries) {
      keyboards += 1;
      tries += 1;
      next(keyboard());
    } else if (allows.password && may('password') && passwords < mostPasswords && keyboards < mostPasswords && tries < mostTries) {
      passwords += 1;
      tries += 1;
      login(`Password of ${user} on ${host}:`).then(
        (password) => next(password === null ? false : { type: 'password', username: user, password }),
        onFailure,
      );
    } else next(false);
  };
}
