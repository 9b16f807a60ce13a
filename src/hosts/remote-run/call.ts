import { randomBytes } from 'node:crypto';
import { quote } from '../../shell-text/quote.ts';
import type { Channel, ChannelEnd } from '../channel.ts';
import { prologue } from './prologue.ts';
import { createRecordReader } from './records.ts';

/** One call of a function of the programs on the host. Nothing secret stands in `words`; what is, stands in `input`. */
export type Call = {
  readonly words: readonly (string | number)[];
  /** Standard input after the first line. */
  readonly input?: readonly (string | Uint8Array)[];
  readonly onRecord?: (words: readonly string[]) => void;
  readonly onOut?: (bytes: Uint8Array) => void;
  /** What came on standard error and is no record. */
  readonly onErr?: (bytes: Uint8Array) => void;
  readonly withTerminal?: boolean;
};

/** Resolves when the call's channel has closed; a connection lost is the channel's to throw. */
export async function makeCall(channel: Channel, call: Call, signal: AbortSignal): Promise<ChannelEnd> {
  const nonce = randomBytes(12).toString('hex');
  const records = createRecordReader(nonce, {
    record: (words) => call.onRecord?.(words),
    bytes: (bytes) => call.onErr?.(bytes),
  });
  // A terminal has one stream for both.
  const onOut = call.withTerminal === true ? (bytes: Uint8Array): void => records.push(bytes) : call.onOut;
  const stdin = Buffer.concat([`${nonce}\n`, ...(call.input ?? [])].map((piece) => Buffer.from(piece)));
  return await channel.exec(
    call.words.map((word) => quote(String(word))).join(' '),
    {
      prologue,
      stdin,
      onErr: (bytes) => records.push(bytes),
      ...(onOut === undefined ? {} : { onOut }),
      ...(call.withTerminal === true ? { withTerminal: true } : {}),
    },
    signal,
  );
}
