import type { Call } from '../program.ts';

type Random = Pick<Call, 'random'>;

const pick = (call: Random, alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet.charAt(call.random(alphabet.length))).join('');

/** Lower-case hex digits. */
export const hex = (call: Random, length: number): string => pick(call, '0123456789abcdef', length);

/** A bootstrap token as kubeadm makes them. */
export function bootstrapToken(call: Random): string {
  const letters = '0123456789abcdefghijklmnopqrstuvwxyz';
  return `${pick(call, letters, 6)}.${pick(call, letters, 16)}`;
}

/** Something in the shape of a PEM block, around `inside` where it is given. It is no certificate and no key. */
export function pemBlock(call: Random, label: string, inside?: string): string {
  const body = inside === undefined ? pick(call, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', 1024) : btoa(inside);
  const lines = body.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** Digits that look like chance and are always the same for one text: names of pods and the like. */
export function fixedText(seed: string, length: number, alphabet = 'bcdfghjklmnpqrstvwxz2456789'): string {
  let state = 0x811c9dc5;
  for (const letter of seed) state = Math.imul(state ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  let text = '';
  for (let i = 0; i < length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    text += alphabet.charAt((state >>> 7) % alphabet.length);
  }
  return text;
}
