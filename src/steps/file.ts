import { HostError } from '../hosts/host.ts';
import { maskedText, secretsIn } from '../plan/masked-text.ts';
import { endLine, withBlock } from './block.ts';
import { prepareChange } from './file-change.ts';
import type { PartKind } from './part-kind.ts';
import { readPresentFile } from './present-file.ts';
import { putBack } from './write-files.ts';

/** `write: PATH`: the fence's body is the content of a file, or of a block in it. */
export const file: PartKind<'file'> = {
  kind: 'file',

  tell: (planned) => ({
    kind: 'file',
    path: maskedText(planned.path),
    content: maskedText(planned.content),
    mode: planned.mode === undefined ? null : maskedText(planned.mode),
    owner: planned.owner === undefined ? null : maskedText(planned.owner),
    block: planned.block,
  }),

  plan: (part, { fill, label }) => ({
    kind: 'file',
    part,
    path: fill(part.path, 'text'),
    content: fill(part.content, 'text'),
    ...(part.mode && { mode: fill(part.mode, 'text') }),
    ...(part.owner && { owner: fill(part.owner, 'text') }),
    block: part.isBlock,
    label,
  }),

  async prepare({ part, path, content, mode, owner, block, label }, on, signal) {
    const present = await readPresentFile(path.text, { ...on, timeout: part.timeout }, signal);
    const text = block
      ? blockIn(present.is === 'file' ? present.bytes : new Uint8Array(), label, content.text, path.text, on.host.name)
      : endLine(content.text);
    const wanted = {
      path: path.text,
      bytes: new TextEncoder().encode(text),
      mode: mode?.text,
      owner: owner?.text,
      secrets: secretsIn(content),
    };
    return prepareChange('file', present, wanted, on);
  },

  undo: putBack,
};

/** Bytes round the block stay as they are, whatever they are in. */
function blockIn(present: Uint8Array, label: string, content: string, path: string, host: string): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(present);
  } catch (cause) {
    throw new HostError('unsupported', host, `${path} on ${host} is no text in UTF-8.`, 'Edit it by hand, or write the whole file.', {
      cause,
    });
  }
  const put = withBlock(text, { label, content });
  if ('wrong' in put)
    throw new HostError(
      'unsupported',
      host,
      `The block cannot be put into ${path} on ${host}: ${put.wrong}.`,
      'Mend the file by hand, then try again.',
    );
  return put.text;
}
