import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a text holds a secret that a reader could take from it: as it is, in hexadecimal, or in base64 at any alignment. */
export function readableIn(text: string, secrets: Readonly<Record<string, string>>): readonly string[] {
  const lower = text.toLowerCase();
  return Object.entries(secrets).flatMap(([name, secret]) =>
    formsOf(secret).some(({ form, isCaseless }) => (isCaseless ? lower : text).includes(form)) ? [name] : [],
  );
}

/** The files below a folder that hold a secret, each with its names. */
export function readableBelow(folder: string, secrets: Readonly<Record<string, string>>): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name);
      return readableIn(readFileSync(file, 'latin1'), secrets).map((name) => `${file}: ${name}`);
    });
}

function formsOf(secret: string): readonly { readonly form: string; readonly isCaseless: boolean }[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].map((shift) => {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The first and the last letters depend on what stands before and behind.
    return shifted.slice(shift === 0 ? 0 : shift + 1, -1);
  });
  return [
    { form: secret, isCaseless: false },
    { form: bytes.toString('hex'), isCaseless: true },
    ...base64.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]).map((form) => ({ form, isCaseless: false })),
  ];
}
