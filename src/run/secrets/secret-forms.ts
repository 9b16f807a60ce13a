/** Bytes in which a secret may stand in some text. `isAlone`: too short to be hidden inside a word. */
export type SecretForm = { readonly bytes: Uint8Array; readonly isAlone: boolean };

/** A secret with fewer characters is hidden only where no letter or digit touches it: elsewhere it would tear holes into words. */
const shortest = 6;
/** Longer ones are looked for only as they are: nothing carries them as base64, and their forms would fill the memory. */
const longestEncoded = 8192;
/** Longer ones are looked for in pieces, which bounds what a stream has to hold back. */
const longestPiece = 4096;

/**
 * The forms in which a secret is looked for: as it is (line by line, since output indents and numbers lines), as base64 wherever it
 * begins in a longer text, in a URL, in JSON and in single quotes of the shell.
 */
export function secretForms(secret: string): readonly SecretForm[] {
  const lines = secret.split(/[\r\n]+/).map((line) => line.trim());
  const written = lines.flatMap((line) => [line, encodeUrl(line), lowerPercent(encodeUrl(line)), inJson(line), inQuotes(line)]);
  const long = [...written, ...base64Forms(secret.trim())].filter((form) => [...form].length >= shortest);
  const short = lines.filter((line) => line !== '' && [...line].length < shortest);
  return [
    ...[...new Set(long)].flatMap((form) => pieces(Buffer.from(form)).map((bytes) => ({ bytes, isAlone: false }))),
    ...[...new Set(short)].map((form) => ({ bytes: Buffer.from(form), isAlone: true })),
  ];
}

function encodeUrl(text: string): string {
  // Lone surrogates cannot be encoded; nothing prints them so either.
  return encodeURIComponent(text.toWellFormed());
}

function lowerPercent(text: string): string {
  return text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function inQuotes(text: string): string {
  return text.replaceAll("'", `'\\''`);
}

/** A text's base64 depends on its place, modulo three, in what is encoded; the digits that also hold bits of its neighbours are left out. */
function base64Forms(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  if (bytes.length < shortest || bytes.length > longestEncoded) return [];
  const inner = [0, 1, 2].map((before) => {
    const digits = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return digits.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const forms = [bytes.toString('base64'), ...inner];
  return [...forms, ...forms.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
}

function pieces(bytes: Uint8Array): readonly Uint8Array[] {
  if (bytes.length <= longestPiece) return [bytes];
  // The last piece reaches back into the one before, so that none is too short to be told from chance.
  const starts = Array.from({ length: Math.ceil(bytes.length / longestPiece) }, (_, i) =>
    Math.min(i * longestPiece, bytes.length - longestPiece),
  );
  return starts.map((start) => bytes.subarray(start, start + longestPiece));
}
