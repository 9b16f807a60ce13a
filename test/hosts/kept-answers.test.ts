import { expect, test } from 'vitest';
import type { Asker } from '../../src/hosts/host.ts';
import { keepAnswers } from '../../src/hosts/kept-answers.ts';

type Secret = Parameters<Asker['secret']>[0];

const login = (host: string): Secret => ({ host, what: 'login', prompt: `ops@${host}'s password:`, echo: false, canBeForAll: true });
const hostKey = { host: 'a', address: '192.0.2.1', keyType: 'ssh-ed25519', fingerprint: 'SHA256:abc', knownTypes: [] };

/** An operator who says these one after the other, and what was asked. */
function operator(...says: readonly Awaited<ReturnType<Asker['secret']>>[]): Asker & { readonly asked: string[] } {
  const left = [...says];
  const asked: string[] = [];
  return {
    asked,
    async trustHostKey({ host, fingerprint }) {
      asked.push(`trust ${host} ${fingerprint}`);
      return true;
    },
    async secret({ host, what }) {
      asked.push(`${what} ${host}`);
      return left.shift() ?? null;
    },
  };
}

test('a password given once is given again to connections opened later', async () => {
  const kept = keepAnswers();
  expect(await kept.before(operator('sesame')).secret(login('a'))).toBe('sesame');
  const later = operator();
  expect(await kept.before(later).secret(login('a'))).toBe('sesame');
  expect(later.asked).toEqual([]);
});

test('a password that is asked for again at once was wrong, and the operator is asked', async () => {
  const kept = keepAnswers();
  await kept.before(operator('wrong')).secret(login('a'));
  const later = operator('right');
  const asker = kept.before(later);
  expect(await asker.secret(login('a'))).toBe('wrong');
  expect(await asker.secret(login('a'))).toBe('right');
  expect(later.asked).toEqual(['login a']);
  expect(await kept.before(operator()).secret(login('a'))).toBe('right');
});

test('a password for all hosts is given once for all of them', async () => {
  const kept = keepAnswers();
  await kept.before(operator({ text: 'sesame', forAll: true })).secret(login('a'));
  const later = operator('own');
  const asker = kept.before(later);
  expect(await asker.secret(login('b'))).toEqual({ text: 'sesame', forAll: true });
  expect(await asker.secret(login('c'))).toBe('own');
});

test('an answer of one host is not told to another one', async () => {
  const kept = keepAnswers();
  await kept.before(operator('sesame')).secret(login('a'));
  expect(await kept.before(operator()).secret(login('b'))).toBeNull();
});

test('one-time codes are asked for each time', async () => {
  const kept = keepAnswers();
  const code: Secret = { host: 'a', what: 'keyboard-interactive', prompt: 'Code:', echo: true };
  await kept.before(operator('123456')).secret(code);
  const later = operator('654321');
  expect(await kept.before(later).secret(code)).toBe('654321');
  expect(later.asked).toEqual(['keyboard-interactive a']);
});

test('nobody knowing a password is no answer to keep', async () => {
  const kept = keepAnswers();
  expect(await kept.before(operator()).secret(login('a'))).toBeNull();
  expect(await kept.before(operator('sesame')).secret(login('a'))).toBe('sesame');
});

test('a host key is trusted once, and another key is asked about', async () => {
  const kept = keepAnswers();
  await kept.before(operator()).trustHostKey(hostKey);
  const later = operator();
  const asker = kept.before(later);
  expect(await asker.trustHostKey(hostKey)).toBe(true);
  await asker.trustHostKey({ ...hostKey, fingerprint: 'SHA256:other' });
  expect(later.asked).toEqual(['trust a SHA256:other']);
});
