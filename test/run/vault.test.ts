import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openVault } from '../../src/run/secrets/vault.ts';
import { vaultKey } from '../../src/run/secrets/vault-key.ts';
import { temporaryFolder } from './temporary-folder.ts';

const key = Buffer.alloc(32, 7);
const vault = openVault(key, 'run-a');
const secret = Buffer.from('a secret');

describe('a sealed record', () => {
  test('opens to what was sealed, and does not show it', () => {
    const sealed = vault.seal('token', secret);
    expect(Buffer.from(sealed).includes(secret)).toBe(false);
    expect(vault.open('token', sealed)).toEqual(secret);
  });

  test('is another at each sealing', () => {
    expect(vault.seal('token', secret)).not.toEqual(vault.seal('token', secret));
  });

  test.each([
    ['under another name', () => vault.open('other', vault.seal('token', secret))],
    ['in another run', () => openVault(key, 'run-b').open('token', vault.seal('token', secret))],
    ['with another key', () => openVault(Buffer.alloc(32, 8), 'run-a').open('token', vault.seal('token', secret))],
    ['cut short', () => vault.open('token', vault.seal('token', secret).subarray(0, -1))],
    ['emptied', () => vault.open('token', new Uint8Array())],
    ['as a frame', () => vault.open('token', vault.sealFrame('token', 0, secret).subarray(4))],
  ])('does not open %s, and says what to do', (_, act) => {
    expect(act).toThrow(expect.objectContaining({ kind: 'secrets', advice: expect.stringContaining('"key"') }));
  });

  test('does not open when any bit of it was changed', () => {
    const sealed = vault.seal('token', secret);
    fc.assert(
      fc.property(fc.nat({ max: sealed.length * 8 - 1 }), (bit) => {
        const changed = Buffer.from(sealed);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(() => vault.open('token', changed)).toThrow('cannot be opened');
      }),
    );
  });
});

describe('frames', () => {
  const frames = ['first', 'second', 'third'].map((text, i) => vault.sealFrame('log', i, Buffer.from(text)));

  test('open in order, and a torn last one is left out', () => {
    const whole = Buffer.concat(frames);
    for (let cut = 1; cut <= (frames[2]?.length ?? 0); cut++) {
      const opened = vault.openFrames('log', whole.subarray(0, whole.length - cut));
      expect(opened.frames.map((frame) => Buffer.from(frame).toString())).toEqual(['first', 'second']);
      expect(opened.length).toBe((frames[0]?.length ?? 0) + (frames[1]?.length ?? 0));
    }
  });

  test('do not open in another order or from another record', () => {
    const [first = new Uint8Array(), second = new Uint8Array()] = frames;
    expect(() => vault.openFrames('log', Buffer.concat([second, first]))).toThrow('cannot be opened');
    expect(() => vault.openFrames('other', first)).toThrow('cannot be opened');
  });

  test('of more than 64 KiB are never made', () => {
    expect(() => vault.sealFrame('log', 0, new Uint8Array(65_537))).toThrow(RangeError);
    expect(vault.openFrames('log', vault.sealFrame('log', 0, new Uint8Array(65_536))).frames[0]?.length).toBe(65_536);
  });
});

describe('the key of a data directory', () => {
  test('is made once, also when several ask at once, for its owner alone', async () => {
    const folder = join(await temporaryFolder(), 'data');
    const keys = await Promise.all(Array.from({ length: 8 }, () => vaultKey(folder)));
    expect(new Set(keys.map((each) => Buffer.from(each).toString('hex'))).size).toBe(1);
    expect((await stat(join(folder, 'key'))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  test('is taken from others who could read it', async () => {
    const folder = await temporaryFolder();
    await vaultKey(folder);
    await chmod(join(folder, 'key'), 0o644);
    await vaultKey(folder);
    expect((await stat(join(folder, 'key'))).mode & 0o777).toBe(0o600);
  });

  test('that was cut short is refused, and left as it is', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'key'), 'short');
    await expect(vaultKey(folder)).rejects.toMatchObject({ kind: 'secrets', message: expect.stringContaining('is no key') });
    expect(await readFile(join(folder, 'key'), 'utf8')).toBe('short');
  });
});
