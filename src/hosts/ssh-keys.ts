import ssh2, { type AnyAuthMethod, type IdentityCallback, type ParsedKey, type SignCallback, type SigningRequestOptions } from 'ssh2';
import type { Secrets } from './secrets.ts';
import { type KeyFile, readKeyFile, type Unlocked, unlockKey } from './ssh-private-key.ts';
import type { SshSettings } from './ssh-settings.ts';

/** A key to offer, by the name that people know it by. */
export type OfferedKey = { readonly name: string; method(pause: Pause): AnyAuthMethod };
/** Runs something that may ask the operator, with the connection's time limits stopped. */
export type Pause = <T>(work: () => Promise<T>) => Promise<T>;

/** What there is to offer, and what the operator should know if none of it is taken. */
export type Keyring = { readonly keys: readonly OfferedKey[]; readonly notes: readonly KeyNote[] };
export type KeyNote = { readonly why: string; readonly advice: string };

/** sshd ends a login at the sixth try; one is left for a password. */
const mostKeys = 5;

/** Gathers the keys to offer; a key that was opened once stays open, in memory. */
export type KeyRings = {
  gather(login: { readonly user: string; readonly host: string; readonly namedKey?: string }, settings: SshSettings): Promise<Keyring>;
};

export function openKeyRings(secrets: Secrets): KeyRings {
  const opened = new Map<string, Promise<Opened | null>>();
  return {
    async gather({ user, host, namedKey }, settings) {
      if (!settings.allows.key) return { keys: [], notes: [] };
      const unlock = (locked: Locked): Promise<Opened | null> => {
        const id = `${locked.file}\n${locked.text}`;
        const open = opened.get(id) ?? askAndUnlock(locked, host, secrets);
        opened.set(id, open);
        // Only a key that was opened is kept: an unanswered question may be asked again.
        open.then(
          (key) => key?.is === 'ready' || opened.delete(id),
          () => opened.delete(id),
        );
        return open;
      };
      const [files, agent] = await Promise.all([Promise.all(settings.keys.map(readKeyFile)), listAgent(settings.agent)]);
      const notes: KeyNote[] = [...agent.notes];
      const offers: Offer[] = [];
      for (const [index, file] of files.entries()) {
        const isNamed = namedKey !== undefined && index === 0;
        const offer = await offerOf(user, file, isNamed, unlock);
        if (offer !== undefined && 'why' in offer) notes.push(offer);
        else if (offer !== undefined) offers.push(offer);
      }
      for (const key of agent.keys) {
        const blob = blobOf(key);
        const isNamed = offers.some((offer) => offer.blob === blob);
        if (isNamed || !settings.onlyTheseKeys) offers.push({ blob, rank: isNamed ? 0 : 2, key: agentKey(user, agent.socket, key) });
      }
      return inOrder(offers, notes);
    },
  };
}

type Locked = Extract<KeyFile, { is: 'locked' }>;
type Opened = Exclude<Unlocked, { is: 'wrong-passphrase' }>;
type Unlock = (locked: Locked) => Promise<Opened | null>;
type Offer = { readonly blob: string; readonly rank: number; readonly key: OfferedKey };

/**
 * OpenSSH's order: keys of the agent that the configuration names, the agent's others, files. A key that the hosts file names goes
 * before the agent's others, so that these cannot use up the tries.
 */
function inOrder(offers: readonly Offer[], notes: readonly KeyNote[]): Keyring {
  const ordered = offers
    .toSorted((a, b) => a.rank - b.rank)
    .filter((offer, at, all) => all.findIndex(({ blob }) => blob === offer.blob) === at);
  const tooMany: KeyNote = {
    why: `Only ${mostKeys} of ${ordered.length} keys were offered, since a host gives up after six tries.`,
    advice: 'Name the key for this host: key: ~/.ssh/id_ed25519',
  };
  return { keys: ordered.slice(0, mostKeys).map(({ key }) => key), notes: ordered.length > mostKeys ? [...notes, tooMany] : notes };
}

/** A locked key whose public half is in clear is offered unopened: the passphrase is asked for only where a host would take it. */
async function offerOf(user: string, file: KeyFile, isNamed: boolean, unlock: Unlock): Promise<Offer | KeyNote | undefined> {
  const rank = isNamed ? 1 : 3;
  if (file.is === 'missing')
    return isNamed ? { why: `The key ${file.file} does not exist.`, advice: 'Correct the line: key: ~/.ssh/id_ed25519' } : undefined;
  if (file.is === 'locked' && file.public !== undefined)
    return { blob: blobOf(file.public), rank, key: lockedKey(user, file, file.public, unlock) };
  const opened = file.is === 'locked' ? await unlock(file) : file;
  if (opened === null) return undefined;
  if (opened.is === 'unusable') return { why: opened.why, advice: opened.advice };
  const { key } = opened;
  return {
    blob: blobOf(key),
    rank,
    key: { name: opened.file, method: () => ({ type: 'publickey', username: user, key }) },
  };
}

type Agent = { readonly socket: string; readonly keys: readonly ParsedKey[]; readonly notes: readonly KeyNote[] };

/** Asks the agent for its keys before any connection: a dead one would only be an odd error in the middle of a login. */
function listAgent(socket: string | undefined): Promise<Agent> {
  if (socket === undefined) return Promise.resolve({ socket: '', keys: [], notes: [] });
  return new Promise((resolve) => {
    ssh2.createAgent(socket).getIdentities((error, keys) => {
      if (error)
        resolve({
          socket,
          keys: [],
          notes: [{ why: `The ssh agent at ${socket} does not answer.`, advice: 'Start it, or unset SSH_AUTH_SOCK.' }],
        });
      else
        resolve({
          socket,
          keys: (keys ?? []).filter((key): key is ParsedKey => typeof key === 'object' && 'getPublicSSH' in key),
          notes: [],
        });
    });
  });
}

/** One key only: after a first factor ssh2 would go on through the agent's other keys, and each is a failed try. */
function agentKey(username: string, socket: string, key: ParsedKey): OfferedKey {
  const real = ssh2.createAgent(socket);
  const agent = new OneKey(key, (data, options, done) => real.sign(key, data, options, done));
  return {
    name: `${key.comment === '' ? key.type : key.comment} of the agent`,
    method: () => ({ type: 'agent', username, agent }),
  };
}

function lockedKey(username: string, locked: Locked, key: ParsedKey, unlock: Unlock): OfferedKey {
  return {
    name: locked.file,
    method: (pause) => ({
      type: 'agent',
      username,
      agent: new OneKey(key, (data, options, done) => {
        pause(() => unlock(locked)).then(
          (opened) => {
            if (opened === null) done(new Error(`Nobody gave the passphrase of the key ${locked.file}.`));
            else if (opened.is === 'unusable') done(new Error(opened.why));
            else done(undefined, opened.key.sign(data, options.hash));
          },
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
      }),
    }),
  };
}

/** Asks for the passphrase, again where it was wrong; `null` where nobody answers. */
async function askAndUnlock(locked: Locked, host: string, secrets: Secrets): Promise<Opened | null> {
  const opens = `key ${locked.file}`;
  for (let attempt = 1; attempt <= 3; attempt++) {
    const prompt = `${attempt === 1 ? '' : 'That was not right. '}Passphrase of the key ${locked.file}:`;
    const passphrase = await secrets.get({ host, what: 'passphrase', prompt, echo: false, opens });
    if (passphrase === null) return null;
    const opened = unlockKey(locked, passphrase);
    if (opened.is !== 'wrong-passphrase') return opened;
    secrets.wrong(opens, passphrase);
  }
  return {
    is: 'unusable',
    file: locked.file,
    why: `The key ${locked.file} was not opened: three wrong passphrases.`,
    advice: `Try the passphrase by hand: ssh-keygen -y -f ${locked.file}`,
  };
}

type Signing = (data: Buffer, options: SigningRequestOptions, done: SignCallback) => void;

class OneKey extends ssh2.BaseAgent<ParsedKey> {
  readonly #key: ParsedKey;
  readonly #signing: Signing;
  constructor(key: ParsedKey, signing: Signing) {
    super();
    this.#key = key;
    this.#signing = signing;
  }
  override getIdentities(done: IdentityCallback<ParsedKey>): void {
    done(undefined, [this.#key]);
  }
  override sign(_key: ParsedKey, data: Buffer, options: SigningRequestOptions | SignCallback, done?: SignCallback): void {
    if (typeof options === 'function') this.#signing(data, {}, options);
    else if (done !== undefined) this.#signing(data, options, done);
  }
}

function blobOf(key: ParsedKey): string {
  return key.getPublicSSH().toString('base64');
}
