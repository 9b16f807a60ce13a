import type { Command, CommandNode, PipelineNode, Redirection, Statement, Word } from 'unbash';
import { errorsOf, nodesIn, readTree, type ShellNode, type ShellTree } from './shell-tree.ts';

/** A word of a command. `value` is what it stands for, where it is fixed text (no variable, no substitution). */
export type ShellWord = { readonly text: string; readonly value: string | undefined; readonly start: number; readonly end: number };
/** `operator` as written: `>`, `>>`, `<<`, `2>` is `>` with `descriptor` 2. */
export type ShellRedirection = {
  readonly operator: string;
  readonly descriptor: number | undefined;
  readonly target: ShellWord | undefined;
  readonly start: number;
  readonly end: number;
};

/** A simple command that a shell text calls, wherever it stands in it. Offsets are UTF-16 units of the text. */
export type CalledCommand = {
  /** The command's name where it is fixed text: `/usr/bin/vi`, `kubectl`. */
  readonly name: string | undefined;
  /** The name and all arguments, without assignments before it. */
  readonly words: readonly ShellWord[];
  readonly redirections: readonly ShellRedirection[];
  readonly start: number;
  readonly end: number;
  /** `! command`. */
  readonly isNegated: boolean;
  /** It is the last statement of its list, so that its exit code is the list's. */
  readonly isLast: boolean;
  /** It reads what another command writes into a pipe. */
  readonly isPipedInto: boolean;
  /** It writes into a pipe. */
  readonly isPipedOn: boolean;
};

export type ShellReading = {
  readonly commands: readonly CalledCommand[];
  /** All redirections, also those of loops and groups. */
  readonly redirections: readonly ShellRedirection[];
  readonly problems: readonly { readonly message: string; readonly at: number }[];
};

/** Says which commands a shell text calls and where it redirects to, in the order of the text. Never throws. */
export function readShell(text: string): ShellReading {
  const tree = readTree(text);
  return {
    commands: commandsOf(tree),
    redirections: redirectionsOf(tree),
    problems: errorsOf(tree).map((error) => ({ message: error.message, at: error.pos })),
  };
}

function commandsOf(tree: ShellTree): CalledCommand[] {
  const found: CalledCommand[] = [];
  const placed = new Map<Command, Omit<CalledCommand, 'name' | 'words' | 'redirections' | 'start' | 'end'>>();
  for (const node of nodesIn(tree)) {
    if (node.type === 'Script' || node.type === 'CompoundList') placeStatements(node.commands, placed);
    if (node.type !== 'Command' || node.name === undefined) continue;
    const words = [node.name, ...node.args.filter((arg): arg is Word => arg.type === 'Word')].map(wordOf);
    const place = placed.get(node) ?? { isNegated: false, isLast: false, isPipedInto: false, isPipedOn: false };
    found.push({
      name: words[0]?.value,
      words,
      redirections: node.redirects.map(redirectionOf),
      start: node.pos,
      end: node.end,
      ...place,
    });
  }
  return found.sort((a, b) => a.start - b.start);
}

type Placed = Map<Command, { isNegated: boolean; isLast: boolean; isPipedInto: boolean; isPipedOn: boolean }>;

function placeStatements(statements: readonly Statement[], placed: Placed): void {
  statements.forEach((statement, index) => {
    const isLastStatement = index === statements.length - 1;
    const pipelines = statement.command.type === 'AndOr' ? statement.command.commands : [statement.command];
    pipelines.forEach((pipeline, place) => {
      placePipeline(pipeline, isLastStatement && place === pipelines.length - 1, placed);
    });
  });
}

function placePipeline(pipeline: PipelineNode, isLast: boolean, placed: Placed): void {
  const isPipeline = pipeline.type === 'Pipeline';
  const commands: readonly CommandNode[] = isPipeline ? pipeline.commands : [pipeline];
  const isNegated = isPipeline && pipeline.prefixes.filter((prefix) => prefix.type === 'Negation').length % 2 === 1;
  commands.forEach((command, index) => {
    if (command.type !== 'Command') return;
    placed.set(command, { isNegated, isLast, isPipedInto: index > 0, isPipedOn: index < commands.length - 1 });
  });
}

function redirectionsOf(tree: ShellTree): ShellRedirection[] {
  const found: ShellRedirection[] = [];
  for (const node of nodesIn(tree)) {
    if (isRedirection(node)) found.push(redirectionOf(node));
  }
  return found;
}

function isRedirection(node: ShellNode): node is Redirection {
  return node.type === 'Redirect' || node.type === 'HereDoc' || node.type === 'HereString';
}

function redirectionOf(node: Redirection): ShellRedirection {
  return {
    operator: node.operator,
    descriptor: node.descriptor?.type === 'FileDescriptor' ? node.descriptor.value : undefined,
    target: node.type === 'HereDoc' || node.target === undefined ? undefined : wordOf(node.target),
    start: node.pos,
    end: node.end,
  };
}

function wordOf(word: Word): ShellWord {
  return { text: word.text, value: isFixed(word) ? word.value : undefined, start: word.pos, end: word.end };
}

/** Holds no variable and no substitution, so that `value` is what the command sees (before `*` is expanded). */
function isFixed(word: Word): boolean {
  let isFixedText = true;
  for (const node of nodesIn(word)) {
    if (node.type.endsWith('Expansion')) isFixedText = false;
    if (node.type === 'ProcessSubstitution') isFixedText = false;
  }
  return isFixedText;
}
