import { PassThrough } from 'node:stream';
import { type Conversation, openConversation } from '../../src/plain/conversation.ts';

/** A conversation through pipes: what was typed beforehand, and what was written. */
export type Typed = { readonly conversation: Conversation; written(): string };

export function typeInto(lines: readonly string[]): Typed {
  const input = new PassThrough();
  const output = new PassThrough();
  const chunks: Buffer[] = [];
  output.on('data', (chunk: Buffer) => chunks.push(chunk));
  input.end(lines.map((line) => `${line}\n`).join(''));
  return { conversation: openConversation(input, output), written: () => Buffer.concat(chunks).toString() };
}
