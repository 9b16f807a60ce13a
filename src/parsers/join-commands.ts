/** The arguments of one printed `kubeadm join`, as they stand there and not yet checked; `null` where kubeadm withheld it. */
export type JoinCommand = {
  readonly endpoint: string | undefined;
  readonly token: string | null | undefined;
  readonly hashes: readonly string[];
  readonly isControlPlane: boolean;
  readonly certificateKey: string | null | undefined;
};

/**
 * Finds every `kubeadm join` with arguments. Continued lines are joined first: kubeadm indents them with four spaces or a tab, and
 * terminals and log collectors turn the tab into spaces, lose the line end, or put a prefix before each line.
 */
export function findJoinCommands(lines: readonly string[]): readonly JoinCommand[] {
  const commands: JoinCommand[] = [];
  for (const line of joinContinued(lines)) {
    for (const piece of line.split(/\bkubeadm +join(?=\s)/).slice(1)) {
      const command = readArguments(piece.split(/\s+/));
      if (command.endpoint !== undefined || command.token !== undefined) commands.push(command);
    }
  }
  return commands;
}

/** Lines with `\` and what follows it as one, the backslash and the prefix of a log collector taken out. */
function joinContinued(lines: readonly string[]): readonly string[] {
  const joined: string[] = [];
  let pieces: string[] = [];
  let prefix = '';
  for (const line of lines) {
    if (pieces.length === 0) prefix = /^\S{1,64}[:>|] (?=\s*kubeadm +join\s)/.exec(line)?.[0] ?? '';
    const text = prefix !== '' && line.startsWith(prefix) ? line.slice(prefix.length) : line;
    const isContinued = text.trimEnd().endsWith('\\');
    pieces.push(text.replace(/\\(?=\s|$)/g, ' '));
    if (isContinued) continue;
    joined.push(pieces.join(' '));
    pieces = [];
  }
  if (pieces.length > 0) joined.push(pieces.join(' '));
  return joined;
}

/** Reads up to the first word that no `kubeadm join` is printed with. */
function readArguments(words: readonly string[]): JoinCommand {
  const hashes: string[] = [];
  let endpoint: string | undefined;
  let token: string | null | undefined;
  let certificateKey: string | null | undefined;
  let isControlPlane = false;
  let next = 0;
  /** The value of a flag, given as the next word or behind `=`. */
  function value(written: string | undefined): string | null | undefined {
    const text = written ?? words[next++];
    if (text !== '<value') return text;
    next += 1;
    return null;
  }
  while (next < words.length) {
    const word = words[next++] ?? '';
    const [, flag, written] = /^(--[a-z-]+)(?:=(.*))?$/.exec(word) ?? [];
    if (word === '') continue;
    if (flag === '--token') token = value(written);
    else if (flag === '--discovery-token-ca-cert-hash') hashes.push(value(written) ?? '');
    else if (flag === '--certificate-key') certificateKey = value(written);
    else if (flag === '--control-plane' || flag === '--experimental-control-plane') isControlPlane = true;
    else if (flag === undefined && endpoint === undefined && !/^[a-z]+$/i.test(word)) endpoint = word;
    else break;
  }
  return { endpoint, token, hashes, isControlPlane, certificateKey };
}
