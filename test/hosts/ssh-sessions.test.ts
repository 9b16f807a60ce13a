import { describe, expect, test } from 'vitest';
import { createSecrets } from '../../src/hosts/secrets.ts';
import { createSessions } from '../../src/hosts/ssh-sessions.ts';
import { never } from './ssh-console.ts';

describe('places for sessions', () => {
  test('are given in the order of asking, and one that is given back twice is one place', async () => {
    const sessions = createSessions(1);
    const give = await sessions.take(never);
    const order: number[] = [];
    const first = sessions.take(never).then((back) => {
      order.push(1);
      return back;
    });
    const second = sessions.take(never).then((back) => {
      order.push(2);
      return back;
    });
    expect(sessions.tryTake()).toBeUndefined();
    give();
    give();
    (await first)();
    (await second)();
    expect(order).toEqual([1, 2]);
    expect(sessions.isFull()).toBe(false);
  });

  test('whoever gives up waiting takes no place', async () => {
    const sessions = createSessions(1);
    const give = await sessions.take(never);
    const controller = new AbortController();
    const waiting = sessions.take(controller.signal);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    give();
    expect(sessions.isFull()).toBe(false);
  });

  test('a place that the host does not have is taken away, but never the last', () => {
    const sessions = createSessions(2);
    sessions.tryTake();
    expect(sessions.removePlace()).toBe(true);
    expect(sessions.removePlace()).toBe(false);
  });
});

describe('secrets', () => {
  const question = (host: string, what: 'sudo' | 'keyboard-interactive' = 'sudo') => ({
    host,
    what,
    prompt: 'Password:',
    echo: false,
    opens: `${what} ${host}`,
  });

  test('are asked for one after the other, once for each host', async () => {
    let open = 0;
    const asked: string[] = [];
    const secrets = createSecrets({
      trustHostKey: async () => false,
      async secret({ host }) {
        asked.push(host);
        open += 1;
        expect(open).toBe(1);
        await Promise.resolve();
        open -= 1;
        return `of ${host}`;
      },
    });
    const answers = await Promise.all(['a', 'b', 'a'].map((host) => secrets.get(question(host))));
    expect(answers).toEqual(['of a', 'of b', 'of a']);
    expect(asked).toEqual(['a', 'b']);
    secrets.wrong('sudo a', 'of a');
    expect(await secrets.get(question('a'))).toBe('of a');
    expect(asked).toEqual(['a', 'b', 'a']);
  });

  test('a question that nobody answers is asked again the next time, and a failing one does not stop the others', async () => {
    const answers: (string | null | Error)[] = [null, new Error('gone'), 'now'];
    const secrets = createSecrets({
      trustHostKey: async () => false,
      async secret() {
        const answer = answers.shift() ?? null;
        if (answer instanceof Error) throw answer;
        return answer;
      },
    });
    expect(await secrets.get(question('a'))).toBeNull();
    await expect(secrets.get(question('a'))).rejects.toThrow('gone');
    expect(await secrets.get(question('a'))).toBe('now');
  });

  test('one-time codes are not kept', async () => {
    let count = 0;
    const secrets = createSecrets({ trustHostKey: async () => false, secret: async () => String(++count) });
    await secrets.askOnce(question('a', 'keyboard-interactive'));
    expect(await secrets.askOnce(question('a', 'keyboard-interactive'))).toBe('2');
  });
});
