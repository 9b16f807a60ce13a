import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMasker, type Masker } from '../../src/run/secrets/mask.ts';
import { shownBytes } from '../../src/run/walk/shown-mask.ts';

const mask = '••••••';
const token = 'abcdef.0123456789abcdef';
const hex = '0123456789abcdef'.repeat(4);
const pem = `-----BEGIN RSA PRIVATE KEY-----\n${'MIIEowIBAAKCAQEA7bq\n'.repeat(20)}-----END RSA PRIVATE KEY-----`;

function maskerFor(...secrets: readonly string[]): Masker {
  const masker = createMasker();
  for (const secret of secrets) masker.add(secret);
  return masker;
}

/** What is shown of chunks, and what the pieces are put together. */
function stream(masker: Masker, chunks: readonly Uint8Array[]): { readonly shown: string; readonly original: Buffer } {
  const masked = masker.stream();
  const pieces = [...chunks.flatMap((chunk) => masked.push(chunk)), ...masked.flush()];
  return { shown: Buffer.concat(pieces.map(shownBytes)).toString('latin1'), original: Buffer.concat(pieces.map((piece) => piece.bytes)) };
}

function cutAt(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const cuts = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return cuts.slice(1).map((end, i) => bytes.subarray(cuts[i], end));
}

describe('known secrets', () => {
  test.each([
    ['as it is', (secret: string) => secret],
    ['in JSON', (secret: string) => JSON.stringify({ secret })],
    ['in a URL', (secret: string) => `https://user:${encodeURIComponent(secret)}@192.0.2.1/`],
    ['quoted for the shell', (secret: string) => `'${secret.replaceAll("'", `'\\''`)}'`],
    ['as base64', (secret: string) => Buffer.from(secret).toString('base64')],
    ['as base64 behind one byte', (secret: string) => Buffer.from(`x${secret}yz`).toString('base64')],
    ['as base64 behind two bytes', (secret: string) => Buffer.from(`xy${secret}z`).toString('base64')],
  ])('a secret is masked %s', (_, write) => {
    const secret = `it's "so\\ secret" ü/+?`;
    const masked = maskerFor(secret).mask(`before ${write(secret)} after`);
    expect(masked).toContain(mask);
    expect(masked).not.toContain(secret.slice(0, 8));
    expect(masked.replace(/[^A-Za-z0-9+/]/g, '')).not.toContain(Buffer.from(secret).toString('base64').slice(4, 20));
  });

  test('secrets of different length show the same mask', () => {
    const masker = maskerFor('sesame', 'a-much-longer-password');
    expect(masker.mask('sesame|a-much-longer-password')).toBe(`${mask}|${mask}`);
  });

  test('secrets that overlap or touch show one mask', () => {
    expect(maskerFor('abcdefg', 'efghijk').mask('<abcdefghijk> <abcdefgabcdefg>')).toBe(`<${mask}> <${mask}>`);
  });

  test('each line of a secret of several lines is masked, however it is indented', () => {
    const masker = maskerFor('first line here\nsecond line here\n');
    expect(masker.mask('  first line here\r\n    second line here')).toBe(`  ${mask}\r\n    ${mask}`);
  });

  test('a secret of fewer than six characters is masked where it stands alone, and not inside a word', () => {
    expect(maskerFor('root').mask('root: root/chroot rooted (root)')).toBe(`${mask}: ${mask}/chroot rooted (${mask})`);
  });

  test('an empty secret masks nothing', () => {
    expect(maskerFor('', '\n').mask('a text\n')).toBe('a text\n');
  });

  test('a text in which nothing is secret is left alone, also where it is not well formed', () => {
    expect(maskerFor('sesame-open').mask('\ud800 text')).toBe('\ud800 text');
  });

  test('no part longer than 4 KiB of a very long secret stays readable', () => {
    const secret = Array.from({ length: 3000 }, (_, i) => `word${i}`).join('-');
    expect(maskerFor(secret).mask(`<${secret}>`)).toBe(`<${mask}>`);
  });
});

describe('shapes', () => {
  test.each([
    ['a bootstrap token', `--token ${token} --discovery`],
    ['a token that ends a sentence', `The token is ${token}.`],
    ['a token in colour', `\u001b[32m${token}\u001b[0m`],
    ['a token behind an escaped line end', `"join:\\n${token}\\n"`],
    ['a certificate key on the next line', `[upload-certs] Using certificate key:\n${hex}\n`],
    ['a certificate key as an option', `--control-plane --certificate-key ${hex}`],
    ['a certificate key in a configuration', `certificateKey: "${hex}"`],
  ])('%s is masked', (_, text) => {
    const masked = createMasker().mask(text);
    expect(masked).toBe(text.replace(token, mask).replace(hex, mask));
    expect(masked).not.toBe(text);
  });

  test.each([
    ['a longer name', `x${token}`],
    ['a longer digest', `${token}0`],
    ['a file name', 'kubeadm.configuration-of'],
    ['a digest of a certificate authority', `--discovery-token-ca-cert-hash sha256:${hex}`],
    ['a longer hex number after the wording', `certificate key: ${hex}0`],
    ['a hex number far behind the wording', `certificate key${' '.repeat(200)}${hex}`],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----'],
  ])('%s is no secret', (_, text) => {
    expect(createMasker().mask(text)).toBe(text);
  });

  test('a private key is masked whole, and what follows is not', () => {
    expect(createMasker().mask(`key:\n${pem}\ndone`)).toBe(`key:\n${mask}\ndone`);
  });

  test('a private key behind dashes that began another header is masked', () => {
    expect(createMasker().mask(`------BEGIN X-----BEGIN EC PRIVATE KEY-----\nMII\n-----END EC PRIVATE KEY-----`)).toBe(
      `------BEGIN X${mask}`,
    );
  });

  test('a private key in a kubeconfig is masked', () => {
    const encoded = Buffer.from(pem).toString('base64');
    expect(createMasker().mask(`client-key-data: ${encoded}\nusers:`)).toBe(`client-key-data: ${mask}\nusers:`);
  });

  test('a private key that base64 folded into lines is masked to its last line', () => {
    const folded = Buffer.from(pem)
      .toString('base64')
      .replace(/.{76}(?=.)/g, '$&\n');
    expect(createMasker().mask(`${folded}\nroot@a:~#`)).toBe(`${mask}\nroot@a:~#`);
  });

  test('what follows 32 KiB of a private key without end is shown again', () => {
    const masked = createMasker().mask(`-----BEGIN PRIVATE KEY-----${'x'.repeat(40_000)}`);
    expect(masked).toMatch(/^•{6}x+$/);
    expect(masked.length).toBeLessThan(8_000);
  });
});

describe('output in chunks', () => {
  const secrets = ['sesame-open', 'abab', 'aabbaabbaabb', `it's "quoted"`];
  const piece = fc.oneof(
    fc.constantFrom(
      token,
      hex,
      pem,
      `certificate key: ${hex}`,
      'certificate-key',
      '-----BEGIN ',
      '\u001b[1m',
      '\\n',
      '.',
      '-----',
      ...secrets,
    ),
    fc.constantFrom(
      'a',
      'b',
      'ab',
      'bbaa',
      ' ',
      '\n',
      'abcdef',
      'abcdef.',
      '0123456789abcdef',
      Buffer.from(secrets[0] ?? '').toString('base64'),
    ),
    fc.string({ maxLength: 6 }),
  );
  const output = fc.array(piece, { maxLength: 30 }).map((pieces) => Buffer.from(pieces.join('')));

  test('the result does not depend on where the chunks are cut, and nothing of the output is lost', () => {
    fc.assert(
      fc.property(output, fc.array(fc.nat(), { maxLength: 12 }), (bytes, places) => {
        const whole = stream(maskerFor(...secrets), [bytes]);
        const cut = stream(maskerFor(...secrets), cutAt(bytes, places));
        expect(cut.shown).toBe(whole.shown);
        expect(cut.original.equals(bytes)).toBe(true);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  test('whole lines are masked as their bytes are one by one', () => {
    const all = [...secrets, '@', 'selfsame'];
    const folded = Buffer.from(pem)
      .toString('base64')
      .replace(/.{76}(?=.)/g, '$&\n');
    const words = fc.oneof(
      fc.constantFrom(token, hex, pem, folded, ...all, 'certificate key', 'CertificateKey', 'certificate', 'key:'),
      fc.constantFrom('abcdef.', '.', '0123456789abcdef', '-----BEGIN', ' KEY-----', 'LS0t', '\u001b[1;31m', '\\n', 'sesame', ' '),
      fc.string({ maxLength: 4 }),
    );
    const line = fc.tuple(fc.array(words, { maxLength: 4 }), fc.constantFrom('\n', '\n', '\n', '\r\n', '\r', ''));
    const lines = fc.array(line, { maxLength: 12 }).map((all) => Buffer.from(all.map(([text, end]) => text.join('') + end).join('')));
    fc.assert(
      fc.property(lines, (bytes) => {
        const byteByByte = Array.from(bytes, (_, i) => bytes.subarray(i, i + 1));
        expect(stream(maskerFor(...all), [bytes]).shown).toBe(stream(maskerFor(...all), byteByByte).shown);
      }),
      { numRuns: 500 },
    );
  }, 60_000);

  test('a stream goes on in another process as if it had not stopped', () => {
    fc.assert(
      fc.property(output, fc.nat(), (bytes, place) => {
        const [first = bytes, second = bytes] = cutAt(bytes, [place]);
        const masker = maskerFor(...secrets);
        const before = masker.stream();
        const begun = before.push(first);
        const after = maskerFor(...secrets).stream(before.position());
        const pieces = [...begun, ...after.push(second), ...after.flush()];
        expect(Buffer.concat(pieces.map(shownBytes)).toString('latin1')).toBe(stream(masker, [bytes]).shown);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  test('no known secret is ever readable, whatever stands around it', () => {
    fc.assert(
      fc.property(output, fc.constantFrom('sesame-open', 'aabbaabbaabb'), output, (before, secret, after) => {
        const { shown } = stream(maskerFor(...secrets), [before, Buffer.from(secret), after]);
        expect(shown).not.toContain(secret);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  test('only what may still be a secret is held back', () => {
    const masked = maskerFor('sesame-open').stream();
    const shown = (text: string): string => Buffer.concat(masked.push(Buffer.from(text)).map(shownBytes)).toString();
    expect(shown('Password: ')).toBe('Password: ');
    expect(shown('It is sesam')).toBe('It is ');
    expect(shown('y.\n')).toBe('sesamy.\n');
    expect(shown('sesame-open')).toBe(mask);
  });

  test('a secret that becomes known while its beginning is held back is masked', () => {
    const masker = maskerFor('sesame-open');
    const masked = masker.stream();
    const pieces = [...masked.push(Buffer.from('sesame'))];
    masker.add('sesame street');
    pieces.push(...masked.push(Buffer.from(' street')), ...masked.flush());
    expect(Buffer.concat(pieces.map(shownBytes)).toString()).toBe(mask);
  });

  test.each([
    ['dashes', '-'],
    ['headers without end', '-----BEGIN '],
    ['the wording again and again', 'certificate key '],
    ['halves of tokens', 'abcdef.'],
    ['a secret that repeats itself', 'ab'],
    ['hex digits', 'f'],
    ['base64 headers', 'LS0tLS1CRUdJTiBS'],
  ])(
    '%s cost no more than their length',
    (_, part) => {
      const masker = maskerFor('ab'.repeat(1000), `${'ab'.repeat(1000)}c`, `${'f'.repeat(2000)}0`);
      const took = (size: number): number => {
        const chunk = Buffer.from(part.repeat(Math.ceil(16_384 / part.length)));
        const masked = masker.stream();
        const started = performance.now();
        for (let done = 0; done < size; done += chunk.length) masked.push(chunk);
        return performance.now() - started;
      };
      took(131_072);
      // Eight times the bytes: a quadratic masker would need sixty-four times as long.
      expect(Math.min(took(2_097_152), took(2_097_152))).toBeLessThan(24 * Math.max(took(262_144), 10));
    },
    60_000,
  );
});
