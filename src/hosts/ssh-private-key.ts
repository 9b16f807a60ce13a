import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import ssh2, { type ParsedKey } from 'ssh2';

/** A private key's file, as far as it can be read without a passphrase. */
export type KeyFile = { readonly file: string } & (
  | { readonly is: 'ready'; readonly key: ParsedKey }
  /** `public` is known where the file, or the `.pub` beside it, tells it. */
  | { readonly is: 'locked'; readonly text: string; readonly public: ParsedKey | undefined }
  /** Both are sentences for the operator. */
  | { readonly is: 'unusable'; readonly why: string; readonly advice: string }
  | { readonly is: 'missing' }
);

export type Unlocked = Extract<KeyFile, { is: 'ready' | 'unusable' }> | { readonly is: 'wrong-passphrase' };

/** Reads a private key's file; never asks. */
export async function readKeyFile(file: string): Promise<KeyFile> {
  const text = await readOptional(file);
  if (text === undefined) return { is: 'missing', file };
  if (text instanceof Error) return unusable(file, `cannot be read: ${text.message}`, 'Check who may read it.');
  const head = text.includes('BEGIN OPENSSH PRIVATE KEY') ? openSshHead(text) : undefined;
  const refused = head === undefined ? undefined : refuse(file, head);
  if (refused !== undefined) return refused;
  if (isLocked(text, head)) return { is: 'locked', file, text, public: head?.public ?? (await publicBeside(file)) };
  const read = parse(file, text);
  return read.is === 'wrong-passphrase' ? unusable(file, 'is damaged', 'Make it anew, or take it from a copy.') : read;
}

/** Opens a locked key. Deriving the key from the passphrase takes some 0.2 s of the processor. */
export function unlockKey(locked: { readonly file: string; readonly text: string }, passphrase: string): Unlocked {
  return parse(locked.file, locked.text, passphrase);
}

/** What an OpenSSH key file says in clear. */
type Head = { readonly cipher: string; readonly type: string; readonly public: ParsedKey | undefined };

function openSshHead(text: string): Head | undefined {
  const bytes = Buffer.from(text.replace(/-----[^\n]*-----/g, ''), 'base64');
  if (bytes.toString('latin1', 0, 15) !== 'openssh-key-v1\0') return undefined;
  let at = 15;
  const next = (): Buffer => {
    if (at + 4 > bytes.length) return Buffer.alloc(0);
    const start = at + 4;
    at = start + bytes.readUInt32BE(at);
    return bytes.subarray(start, at);
  };
  const cipher = next().toString('latin1');
  next();
  next();
  at += 4;
  const blob = next();
  const type = blob.length < 4 ? '' : blob.toString('latin1', 4, 4 + blob.readUInt32BE(0));
  return { cipher, type, public: only(ssh2.utils.parseKey(`${type} ${blob.toString('base64')}`)) };
}

function refuse(file: string, { cipher, type }: Head): KeyFile | undefined {
  if (type.startsWith('sk-'))
    return unusable(
      file,
      `is a security key (${type}), which handrail cannot use`,
      'Name another key for this host: key: ~/.ssh/id_ed25519',
    );
  if (cipher.startsWith('chacha20'))
    return unusable(
      file,
      `is encrypted with ${cipher}, which handrail cannot open`,
      `Load it into the agent (ssh-add ${file}), or encrypt it anew: ssh-keygen -p -Z aes256-ctr -f ${file}`,
    );
  return undefined;
}

function isLocked(text: string, head: Head | undefined): boolean {
  if (head !== undefined) return head.cipher !== 'none';
  return (
    /BEGIN ENCRYPTED PRIVATE KEY|^Proc-Type: 4,ENCRYPTED/m.test(text) ||
    (text.startsWith('PuTTY-User-Key-File') && !/^Encryption: none/m.test(text))
  );
}

function parse(file: string, text: string, passphrase?: string): Unlocked {
  const readable = /BEGIN (ENCRYPTED )?PRIVATE KEY/.test(text) ? withoutPkcs8(text, passphrase) : text;
  if (readable === 'wrong-passphrase') return { is: 'wrong-passphrase' };
  const parsed = readable === undefined ? undefined : ssh2.utils.parseKey(readable, passphrase);
  const key = parsed === undefined ? undefined : only(parsed);
  if (key?.isPrivateKey()) return { is: 'ready', file, key };
  if (
    parsed instanceof Error &&
    passphrase !== undefined &&
    /passphrase|integrity|unable to authenticate|bad decrypt|malformed/i.test(parsed.message)
  )
    return { is: 'wrong-passphrase' };
  const says = parsed instanceof Error ? parsed.message : 'it holds no private key of a known kind';
  return unusable(file, `cannot be used: ${says}`, 'Load it into the agent, or name another key for this host: key: ~/.ssh/id_ed25519');
}

/** ssh2 does not read PKCS#8; Node does, and writes rsa and ecdsa keys in the older forms that ssh2 reads. */
function withoutPkcs8(text: string, passphrase: string | undefined): string | 'wrong-passphrase' | undefined {
  try {
    const key = createPrivateKey({ key: text, ...(passphrase === undefined ? {} : { passphrase }) });
    if (key.asymmetricKeyType === 'rsa') return key.export({ type: 'pkcs1', format: 'pem' }).toString();
    if (key.asymmetricKeyType === 'ec') return key.export({ type: 'sec1', format: 'pem' }).toString();
    return undefined;
  } catch {
    return passphrase === undefined ? undefined : 'wrong-passphrase';
  }
}

async function publicBeside(file: string): Promise<ParsedKey | undefined> {
  const text = await readOptional(`${file}.pub`);
  return typeof text === 'string' ? only(ssh2.utils.parseKey(text)) : undefined;
}

async function readOptional(file: string): Promise<string | Error | undefined> {
  try {
    return await readFile(file, 'latin1');
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR') ? undefined : error;
  }
}

function only(parsed: ParsedKey | ParsedKey[] | Error): ParsedKey | undefined {
  return parsed instanceof Error ? undefined : Array.isArray(parsed) ? parsed[0] : parsed;
}

function unusable(file: string, why: string, advice: string): Extract<KeyFile, { is: 'unusable' }> {
  return { is: 'unusable', file, why: `The key ${file} ${why}.`, advice };
}
