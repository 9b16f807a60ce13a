import type { Assignment, Command, Word } from 'unbash';

/**
 * Commands that read an argument as shell text, as an expression or as the name of a variable, so that a quoted value could still
 * do harm in them. Returns for an argument the reason why no value may stand in it.
 */
export function whyRefusedByCommand(
  node: Command,
  holdsValue: (piece: Word | Assignment) => boolean,
): (piece: Word | Assignment) => string | undefined {
  const args = node.args;
  const name = node.name?.value ?? '';
  return (piece) => {
    if (!holdsValue(piece)) return undefined;
    const before = args[args.indexOf(piece) - 1];
    const previous = before?.type === 'Word' ? before.value : (before?.text ?? name);
    if (shellTextOf(args, piece, name)) return 'a shell reads it as a command';
    const wrapped = isCommandWrapper(name) ? firstOperand(args) : undefined;
    if (wrapped === piece) return 'it would be the name of the command';
    return whyRefused(wrapped?.type === 'Word' && wrapped.value !== '' ? wrapped.value : name, piece, { args, previous, holdsValue });
  };
}

type Around = {
  readonly args: readonly (Word | Assignment)[];
  readonly previous: string;
  readonly holdsValue: (piece: Word | Assignment) => boolean;
};

function whyRefused(name: string, piece: Word | Assignment, around: Around): string | undefined {
  // What is read stands before the value: a file named by an absolute path is one file, whatever the rest of its name.
  if ((name === '.' || name === 'source') && piece === around.args[0] && piece.text.startsWith('/')) return undefined;
  if (evaluatingCommands.has(name)) return `${name} reads it as shell text, as an expression or as a name`;
  if (declaring.has(name)) {
    const hasPlainOptions = around.args.every(
      (arg) => arg.type === 'Assignment' || !/^[-+]/.test(arg.value) || /^-[rxgpaA]+$/.test(arg.value),
    );
    return piece.type === 'Assignment' && hasPlainOptions ? undefined : `${name} would evaluate it`;
  }
  if (name === 'printf' && around.previous === '-v') return 'printf -v evaluates it';
  if (name === 'printf' && around.args[0] === piece) return "printf reads it as its format; write printf '%s'";
  if (name === 'env' && /^-\w*S$|^--split-string$/.test(around.previous)) return 'env -S reads it as a command';
  if (name === '[' || name === 'test') return whyRefusedByTest(piece, around);
  return undefined;
}

/** A command whose first operand is a command itself. */
export function isCommandWrapper(name: string): boolean {
  return name === 'command' || name === 'builtin' || name === 'exec';
}

/** Commands that read all their arguments as shell text, expressions or names. */
export const evaluatingCommands: ReadonlySet<string> = new Set([
  ...['eval', 'let', '.', 'source', 'trap', 'alias', 'unset', 'read', 'mapfile', 'readarray', 'getopts', 'enable', 'complete', 'bind'],
  ...['compgen', 'wait', 'fc', 'watch'],
]);
/** Commands that take assignments, which they do not read again unless an option says so. */
export const declaring: ReadonlySet<string> = new Set(['export', 'readonly', 'local', 'declare', 'typeset']);
const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'ash', 'ksh', 'zsh', 'mksh']);
/** Programs that hand the text behind their `-c` to a shell. */
const callShells: ReadonlySet<string> = new Set([...shells, 'su', 'runuser', 'script', 'flock', 'busybox']);

/** Names that a shell reads as its own syntax, or programs that take others' names or shell text as arguments. */
const notPlain: ReadonlySet<string> = new Set([
  ...[
    'if',
    'then',
    'elif',
    'else',
    'fi',
    'for',
    'in',
    'do',
    'done',
    'while',
    'until',
    'case',
    'esac',
    'select',
    'function',
    'coproc',
    'time',
  ],
  ...[
    'command',
    'builtin',
    'exec',
    'env',
    'xargs',
    'find',
    'ssh',
    'sudo',
    'doas',
    'nohup',
    'timeout',
    'nice',
    'setsid',
    'stdbuf',
    'parallel',
  ],
  ...[
    'printf',
    'test',
    'set',
    'exit',
    'return',
    'break',
    'continue',
    'shift',
    'shopt',
    'awk',
    'gawk',
    'mawk',
    'sed',
    'perl',
    'python',
    'ruby',
  ],
  ...['jobs', 'hash', 'type', 'ulimit', 'umask', 'dirs', 'cd', 'pushd', 'popd', 'history', 'suspend', 'logout', 'times', 'kill', 'disown'],
]);

/** A program that takes its arguments as they are, whichever they are: `docker`, `crictl`. */
export function isPlainProgram(name: string): boolean {
  if (!/^[a-z][a-z0-9_-]*$/.test(name)) return false;
  return ![notPlain, evaluatingCommands, declaring, callShells].some((names) => names.has(name));
}

/** A shell, by its name or its path. */
export function isShell(word: string): boolean {
  return shells.has(word.slice(word.lastIndexOf('/') + 1));
}

/** Whether an argument is the text behind `-c` of a shell, wherever in the command that is called (`kubectl exec pod -- sh -c …`). */
export function shellTextOf(args: readonly (Word | Assignment)[], piece: Word | Assignment, name: string): boolean {
  const values = args.map((arg) => (arg.type === 'Word' ? arg.value : arg.text));
  const at = args.indexOf(piece);
  const calls = (word: string) => callShells.has(word.slice(word.lastIndexOf('/') + 1));
  const from = calls(name) ? -1 : values.findIndex((value, index) => index < at && calls(value));
  if (from === -1 && !calls(name)) return false;
  const option = values.findIndex((value, index) => index > from && /^-[A-Za-z]*c$|^--command(=|$)/.test(value));
  if (option === -1 || option > at) return false;
  return option === at || at === option + 1;
}

/** The first argument that is no option. */
export function firstOperand(args: readonly (Word | Assignment)[]): Word | Assignment | undefined {
  return args.find((arg) => arg.type === 'Assignment' || !arg.value.startsWith('-'));
}

const harmlessUnary = /^-[bcdefghkLnNOprsStuwxzG]$/;
const binary = /^(=|==|!=|<|>|-eq|-ne|-lt|-le|-gt|-ge|-nt|-ot|-ef)$/;

/** In `[ ]` a value must stand beside an operator that is written out, else it could be read as one. */
function whyRefusedByTest(piece: Word | Assignment, { args, holdsValue }: Around): string | undefined {
  const operands = args.filter((arg) => arg.type === 'Assignment' || arg.value !== ']');
  const isOperator = (arg: Word | Assignment | undefined, form: RegExp) => arg?.type === 'Word' && !holdsValue(arg) && form.test(arg.value);
  const at = operands.indexOf(piece);
  const isUnary = operands.length <= 3 && at === operands.length - 1 && isOperator(operands[at - 1], harmlessUnary);
  const isBinary = operands.length <= 4 && (isOperator(operands[at - 1], binary) || isOperator(operands[at + 1], binary));
  return isUnary || isBinary ? undefined : 'it could be read as an operator of [ ]; compare it with one operator only';
}
