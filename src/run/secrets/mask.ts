import { shownBytes } from '../walk/shown-mask.ts';
import { createInnocentLines } from './innocent-lines.ts';
import { createMaskStream, type KnownSecrets, type MaskStream } from './mask-stream.ts';
import { type SecretForm, secretForms } from './secret-forms.ts';
import { createSecretMatcher } from './secret-matcher.ts';

/** Knows a run's secrets and the shapes of secrets, and hides both in any text. */
export type Masker = {
  /**
   * From now on this secret is masked, also as base64, in a URL, in JSON and quoted for the shell. One shorter than six characters is
   * masked only where no letter or digit touches it.
   */
  add(secret: string): void;
  mask(text: string): string;
  /** True where `mask` would hide something. */
  hides(text: string): boolean;
  /** `position` is where a stream of this run stood in another process. */
  stream(position?: string): MaskStream;
};

export function createMasker(): Masker {
  const forms = new Map<string, SecretForm>();
  let known: KnownSecrets | null = null;
  const current = (): KnownSecrets => {
    if (known === null) {
      const all = [...forms.values()];
      known = { matcher: createSecretMatcher(all), innocentLines: createInnocentLines(all) };
    }
    return known;
  };
  const stream = (position?: string): MaskStream => createMaskStream(current, position);
  const mask = (text: string): string => {
    const whole = stream();
    const pieces = [...whole.push(Buffer.from(text)), ...whole.flush()];
    if (pieces.every((piece) => piece.is === 'clear')) return text;
    return Buffer.concat(pieces.map(shownBytes)).toString();
  };
  return {
    add: (secret) => {
      for (const form of secretForms(secret)) {
        const key = Buffer.from(form.bytes).toString('latin1');
        if (forms.has(key)) continue;
        forms.set(key, form);
        known = null;
      }
    },
    mask,
    hides: (text) => mask(text) !== text,
    stream,
  };
}
