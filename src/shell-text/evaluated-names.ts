import type { Assignment, Command, Word } from 'unbash';
import { declaring, evaluatingCommands, firstOperand, isCommandWrapper, isShell, shellTextOf } from './restricted-commands.ts';
import { nodesIn, readTree, type ShellNode } from './shell-tree.ts';

/**
 * Names of variables, and of the places of arguments (`1`, `@`), whose content a shell reads again: as an expression, as a name, as a
 * command or as shell text. A value in one of these would not stay a value, however well it was quoted when it was put there.
 */
export function evaluatedNames(tree: ShellNode): ReadonlySet<string> {
  const names = new Set(specialNames);
  const hasTypes = hasTypedVariables(tree);
  const functions = functionsIn(tree);
  const flows: { readonly into: string; readonly from: readonly string[] }[] = [];
  for (const node of nodesIn(tree)) {
    for (const name of evaluatedBy(node)) names.add(name);
    if (node.type === 'Command' && setsArguments(node, functions))
      flows.push({ into: argumentPlaces, from: node.args.flatMap(variablesIn) });
    if (node.type === 'Command' && hasTypes && readsNames.has(node.name?.value ?? ''))
      for (const name of node.args.flatMap((arg) => identifiersIn(arg.text))) names.add(name);
    if (node.type === 'Assignment' && hasTypes) for (const name of variablesIn(node.value)) names.add(name);
    if (node.type === 'Assignment') flows.push({ into: node.name, from: variablesIn(node.value) });
    if (node.type === 'For' || node.type === 'Select')
      flows.push({ into: node.name.value, from: (node.wordlist ?? []).flatMap(variablesIn) });
  }
  for (let size = -1; size !== names.size; ) {
    size = names.size;
    for (const { into, from } of flows) if (names.has(into)) for (const name of from) names.add(name);
  }
  return names;
}

/** A call after which the places of arguments hold what it was given. */
export function setsArguments(node: Command, functions: ReadonlySet<string>): boolean {
  return node.name?.value === 'set' || functions.has(node.name?.value ?? '');
}

/** Functions that a text defines. */
export function functionsIn(tree: ShellNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodesIn(tree)) {
    if (node.type === 'Function') names.add(node.name.value);
  }
  return names;
}

/** `declare -i`, `declare -n`: what is assigned to such a variable later is evaluated. */
export function hasTypedVariables(tree: ShellNode): boolean {
  let isFound = false;
  for (const node of nodesIn(tree)) {
    if (node.type !== 'Command' || !readsNames.has(node.name?.value ?? '')) continue;
    if (node.args.some((arg) => arg.type === 'Word' && /^-\w*[in]/.test(arg.value))) isFound = true;
  }
  return isFound;
}

/** Names that a text fills from what it reads. */
export function namesRead(tree: ShellNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodesIn(tree)) {
    if (node.type !== 'Command' || !['read', 'mapfile', 'readarray'].includes(node.name?.value ?? '')) continue;
    for (const arg of node.args) if (arg.type === 'Word') names.add(arg.value);
  }
  return names;
}

/** Stands for all places of arguments: `$1`, `$@`. */
const argumentPlaces = '@';

/** Variables to which a shell gives a meaning of its own: numbers that it evaluates, texts that it expands or runs. */
const specialNames: readonly string[] = [
  ...['BASH_ENV', 'ENV', 'PS0', 'PS1', 'PS2', 'PS4', 'PROMPT_COMMAND', 'SHELLOPTS', 'BASHOPTS'],
  ...['OPTIND', 'RANDOM', 'SRANDOM', 'SECONDS', 'LINENO', 'HISTCMD', 'BASH_CMDS', 'BASH_ALIASES'],
];

function evaluatedBy(node: ShellNode): readonly string[] {
  switch (node.type) {
    case 'ArithmeticExpansion':
      return identifiersIn(node.text);
    case 'ArithmeticCommand':
      return identifiersIn(node.body);
    case 'ArithmeticFor':
      return [node.initialize, node.test, node.update].flatMap((part) => (part === undefined ? [] : wordsOfArithmetic(part)));
    case 'ParameterExpansion':
      return [
        ...(node.index === undefined ? [] : identifiersIn(node.index.text)),
        ...(node.prefix === '!' || node.operation?.type === 'Transform' ? [node.parameter] : []),
        ...(node.operation?.type === 'Slice' ? identifiersIn(`${node.operation.offset.text} ${node.operation.length?.text ?? ''}`) : []),
      ];
    case 'Assignment':
      return node.index === undefined ? [] : identifiersIn(node.index.text);
    case 'TestBinary':
      return /^-(eq|ne|lt|le|gt|ge)$/.test(node.operator) ? identifiersIn(`${node.left.text} ${node.right.text}`) : [];
    case 'TestUnary':
      return node.operator === '-v' || node.operator === '-R' ? identifiersIn(node.operand.text) : [];
    case 'Command':
      return evaluatedByCommand(node);
    default:
      return [];
  }
}

function evaluatedByCommand(node: Command): readonly string[] {
  const name = node.name?.value ?? '';
  const wrapped = isCommandWrapper(name) ? firstOperand(node.args) : undefined;
  const called = wrapped?.type === 'Word' ? wrapped : undefined;
  return [
    ...(node.name === undefined ? [] : asCommandName(node.name)),
    ...(called === undefined ? [] : asCommandName(called)),
    ...(readsAll.has(called?.value ?? name) ? node.args.flatMap((arg) => identifiersIn(arg.text)) : []),
    ...(takesNames.has(called?.value ?? name) && (name !== 'printf' || node.args[0]?.text === '-v')
      ? node.args.flatMap((arg) => [...variablesIn(arg), ...indexesIn(arg.text)])
      : []),
    ...(name === '[' || name === 'test' ? heldNames(node.args) : []),
    ...node.args.flatMap((arg) => (arg.type === 'Word' && shellTextOf(node.args, arg, name) ? ofShellText(arg) : [])),
    ...(isShell(name) ? node.redirects.flatMap((each) => (each.type === 'HereString' && each.target ? variablesIn(each.target) : [])) : []),
  ];
}

/** Commands that read all their arguments as shell text or expressions. */
const readsAll: ReadonlySet<string> = new Set(['eval', 'let', 'trap', 'alias', 'watch']);
const readsNames: ReadonlySet<string> = new Set(['declare', 'typeset', 'local', 'readonly', 'export']);
/** Commands that take names of variables, whose indexes they evaluate; what a variable holds is then read as such a name. */
const takesNames: ReadonlySet<string> = new Set([...evaluatingCommands, ...declaring, 'printf'].filter((name) => !readsAll.has(name)));

/** `[ -v "$a" ]`. */
function heldNames(args: Command['args']): readonly string[] {
  return args.flatMap((arg, index) => (/^-[vR]$/.test(args[index - 1]?.text ?? '') ? [...variablesIn(arg), ...indexesIn(arg.text)] : []));
}

function indexesIn(text: string): readonly string[] {
  return [...text.matchAll(/\[([^\]]*)\]/g)].flatMap(([, index = '']) => identifiersIn(index));
}

/** Without quotes a value may become the command and its arguments; with them, the command, unless a path stands round it. */
function asCommandName(word: Word): readonly string[] {
  const bare = (word.parts ?? []).flatMap((part) => (part.type.endsWith('Expansion') ? variablesIn(part) : []));
  return word.text.includes('/') ? bare : variablesIn(word);
}

/** The text behind `-c`: what it takes from the outer text, and what the inner one evaluates. */
function ofShellText(word: Word): readonly string[] {
  const outer = variablesIn(word);
  return outer.length > 0 ? outer : [...evaluatedNames(readTree(word.value))];
}

function variablesIn(node: ShellNode | Assignment['value']): readonly string[] {
  const names: string[] = [];
  for (const part of nodesIn(node)) {
    const name = part.type === 'SimpleExpansion' ? part.text.slice(1) : part.type === 'ParameterExpansion' ? part.parameter : undefined;
    if (name !== undefined) names.push(/^[0-9@*]/.test(name) ? argumentPlaces : name);
  }
  return names;
}

function wordsOfArithmetic(node: ShellNode): readonly string[] {
  const names: string[] = [];
  for (const part of nodesIn(node)) {
    if (part.type === 'ArithmeticWord') names.push(...identifiersIn(part.value));
  }
  return names;
}

function identifiersIn(text: string): readonly string[] {
  return [...text.matchAll(/[A-Za-z_]\w*|(?<=\$\{?)[0-9@*]/g)].map(([name]) => (/^\w*[A-Za-z_]/.test(name) ? name : argumentPlaces));
}
