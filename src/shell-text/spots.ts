import type {
  Assignment,
  Case,
  Command,
  CompoundCommand,
  CompoundList,
  Function as FunctionNode,
  ParsedScript,
  PipelineNode,
  Redirection,
  Statement,
  TestExpression,
  Word,
} from 'unbash';
import { remember } from '../remember.ts';
import type { Shell } from '../runbook/runbook.ts';
import { bashOnly } from './bash-only.ts';
import { evaluatedNames, functionsIn, hasTypedVariables, namesRead, setsArguments } from './evaluated-names.ts';
import { isShell, whyRefusedByCommand } from './restricted-commands.ts';
import { errorsOf, readTree } from './shell-tree.ts';
import { inArithmetic, judgeWord } from './spots-in-word.ts';
import { createVerdictSheet, type Span, type Spot, type Verdict, type VerdictSheet } from './verdict-sheet.ts';

/**
 * Judges for each spot, in the order of the text, whether a value, written there by `quote`, stays one word of the command whatever it holds.
 * Only places known to be safe are allowed; all others, and all in a text that does not parse, are refused.
 */
export const judgeSpots: (text: string, spots: readonly Spot[], shell: Shell) => readonly Verdict[] = remember(
  judged,
  (text, spots, shell) =>
    `${shell} ${spots.map(({ start, end, isNumber, isProgram }) => `${start}-${end}${isNumber ? 'n' : ''}${isProgram ? 'p' : ''}`).join(' ')}\n${text}`,
);

function judged(text: string, spots: readonly Spot[], shell: Shell): readonly Verdict[] {
  if (spots.length === 0) return [];
  const tree = readTree(text);
  const error = errorsOf(tree)[0];
  if (error !== undefined) return spots.map(() => ({ is: 'refused', why: `the shell text does not parse: ${error.message}` }));
  const foreign = shell === 'sh' ? bashOnly(tree) : undefined;
  if (foreign !== undefined) return spots.map(() => ({ is: 'refused', why: `${foreign} is read otherwise by sh than by bash` }));
  const sheet = createVerdictSheet(text, spots);
  new SpotJudge(sheet, tree).judge();
  return sheet.verdicts();
}

export const asCommandName = 'it would be the name of the command';

/** Walks down only what is known to be safe. */
class SpotJudge {
  readonly #sheet: VerdictSheet;
  readonly #tree: ParsedScript;
  readonly #hasTypedVariables: boolean;
  readonly #evaluated: ReadonlySet<string>;
  readonly #functions: ReadonlySet<string>;

  constructor(sheet: VerdictSheet, tree: ParsedScript) {
    this.#sheet = sheet;
    this.#tree = tree;
    this.#hasTypedVariables = hasTypedVariables(tree);
    this.#evaluated = evaluatedNames(tree);
    this.#functions = functionsIn(tree);
  }

  judge(): void {
    const read = [...namesRead(this.#tree)].find((name) => this.#evaluated.has(name));
    if (read !== undefined) this.#refuse(this.#tree, `${read} is read, and then evaluated as an expression or a command`);
    this.#statements(this.#tree.commands);
  }

  #statements(statements: readonly Statement[]): void {
    for (const { command } of statements) {
      if (command.type === 'AndOr') for (const pipeline of command.commands) this.#pipeline(pipeline);
      else this.#pipeline(command);
    }
  }

  #list(list: CompoundList | undefined): void {
    if (list !== undefined) this.#statements(list.commands);
  }

  #pipeline(node: PipelineNode): void {
    switch (node.type) {
      case 'Pipeline':
        node.commands.forEach((command, index) => {
          const isFedToShell = node.commands.slice(index + 1).some((next) => next.type === 'Command' && isShell(next.name?.value ?? ''));
          if (isFedToShell) this.#refuse(command, 'a shell reads it as a command');
          this.#pipeline(command);
        });
        return;
      case 'Command':
        this.#command(node);
        return;
      case 'Redirected':
        this.#compound(node.command);
        for (const redirection of node.redirects) this.#redirection(redirection);
        return;
      case 'Function':
        this.#function(node);
        return;
      case 'Coproc':
        this.#refuse(node, 'it stands in a coproc');
        return;
      default:
        this.#compound(node);
    }
  }

  #function(node: FunctionNode): void {
    this.#refuse(node.name, 'it is the name of a function');
    if (node.body.type === 'CompoundList') this.#list(node.body);
    else this.#pipeline(node.body);
  }

  #compound(node: CompoundCommand): void {
    switch (node.type) {
      case 'If':
        this.#list(node.clause);
        this.#list(node.then);
        for (const other of node.elif) {
          this.#list(other.clause);
          this.#list(other.then);
        }
        this.#list(node.else);
        return;
      case 'While':
        this.#list(node.clause);
        this.#list(node.body);
        return;
      case 'For':
        this.#refuse(node.name, 'it is the name of a variable');
        if (this.#evaluated.has(node.name.value))
          for (const word of node.wordlist ?? []) this.#refuseEvaluated(word, evaluatedLater(node.name.value));
        for (const word of node.wordlist ?? []) this.#word(word, 'word');
        this.#list(node.body);
        return;
      case 'Subshell':
      case 'BraceGroup':
        this.#list(node.body);
        return;
      case 'Case':
        this.#case(node);
        return;
      case 'TestCommand':
        this.#test(node.expression);
        return;
      case 'ArithmeticCommand':
        this.#refuseEvaluated(node, inArithmetic);
        return;
      case 'ArithmeticFor':
        this.#refuseEvaluated({ pos: node.pos, end: node.body.pos }, inArithmetic);
        this.#list(node.body);
        return;
      case 'Select':
        this.#refuse(node, 'it stands in a select');
        return;
      default:
        node satisfies never;
    }
  }

  #case(node: Case): void {
    this.#word(node.word, 'part');
    for (const item of node.items) {
      for (const pattern of item.pattern) this.#pattern(pattern);
      this.#list(item.body);
    }
  }

  /** A whole pattern could be read as `esac`, and in brackets a `-` would mean a range. */
  #pattern(pattern: Word): void {
    const isWhole = this.#sheet
      .inside(pattern)
      .some((index) => this.#sheet.spot(index).start === pattern.pos && this.#sheet.spot(index).end === pattern.end);
    if (isWhole || pattern.text.includes('[')) this.#refuse(pattern, 'it stands in a pattern of `case`');
    else this.#word(pattern, 'part');
  }

  #test(node: TestExpression): void {
    switch (node.type) {
      case 'TestLogical':
        for (const operand of node.operands) this.#test(operand);
        return;
      case 'TestNot':
        this.#test(node.operand);
        return;
      case 'TestGroup':
        this.#test(node.expression);
        return;
      case 'TestUnary':
        if (node.operator === '-v' || node.operator === '-R') this.#refuse(node, `[[ ${node.operator} ]] evaluates it`);
        else this.#word(node.operand, 'part');
        return;
      case 'TestBinary':
        this.#comparison(node);
        return;
      default:
        node satisfies never;
    }
  }

  #comparison({ operator, left, right }: TestExpression & { type: 'TestBinary' }): void {
    const why = `[[ ${operator} ]] does not take it as text`;
    if (operator === '=~') this.#refuse(right, why);
    else if (!['=', '==', '!=', '<', '>'].includes(operator)) for (const word of [left, right]) this.#refuseEvaluated(word, why);
    for (const word of [left, right]) this.#word(word, 'part');
  }

  #command(node: Command): void {
    for (const piece of node.prefix) {
      if (piece.type === 'Assignment') this.#assignment(piece);
      else this.#redirection(piece);
    }
    if (node.name !== undefined) this.#commandName(node.name);
    if (isShell(node.name?.value ?? '')) for (const each of node.redirects) this.#refuse(each, 'a shell reads it as a command');
    const isReadAgain = this.#evaluated.has('@') && setsArguments(node, this.#functions);
    if (isReadAgain) for (const arg of node.args) this.#refuseEvaluated(arg, evaluatedLater('what it is given'));
    const why = whyRefusedByCommand(node, (word) => this.#sheet.inside(word).length > 0);
    for (const piece of node.suffix) {
      if (piece.type === 'Word') {
        const reason = why(piece);
        if (reason !== undefined) this.#refuse(piece, reason);
        else this.#word(piece, isTest(node) ? 'part' : 'word');
      } else if (piece.type === 'Assignment') {
        const reason = why(piece);
        if (reason !== undefined) this.#refuse(piece, reason);
        else this.#assignment(piece);
      } else this.#redirection(piece);
    }
  }

  /** A bare value could be a keyword or an assignment; behind a `/`, or where it is known to be a program's name, it cannot. */
  #commandName(word: Word): void {
    for (const index of this.#sheet.inside(word)) {
      const { start, end, isProgram } = this.#sheet.spot(index);
      if (isProgram === true && start === word.pos && end === word.end) continue;
      const before = this.#sheet.text.slice(word.pos, this.#sheet.spot(index).start);
      if (!before.includes('/')) this.#sheet.set(index, { is: 'refused', why: asCommandName });
    }
    this.#word(word, 'part');
  }

  #assignment(node: Assignment): void {
    if (node.index !== undefined) this.#refuse(node.index, 'an index is evaluated');
    if (this.#hasTypedVariables) this.#refuse(node, 'this text declares variables (-i or -n) whose values are evaluated');
    if (this.#evaluated.has(node.name)) this.#refuseEvaluated(node, evaluatedLater(node.name));
    if (node.value.type === 'ArrayValue') for (const element of node.value.elements) this.#element(element);
    else this.#word(node.value, 'part');
  }

  /** `[index]=value`: of it only the value is text. */
  #element(word: Word): void {
    const indexEnd = word.text.startsWith('[') ? Math.max(word.text.lastIndexOf(']='), word.text.lastIndexOf(']+=')) : -1;
    if (indexEnd !== -1) this.#refuseEvaluated({ pos: word.pos, end: word.pos + indexEnd }, 'an index is evaluated');
    this.#word(word, 'word');
  }

  #redirection(node: Redirection): void {
    if (node.type === 'HereDoc') for (const piece of [node, node.body]) this.#refuse(piece, 'it stands in a here-document');
    else if (node.operator === '>&' || node.operator === '<&') this.#refuse(node, 'it stands behind >&');
    else if (node.target !== undefined) this.#word(node.target, 'part');
  }

  #word(word: Word, whole: 'word' | 'part'): void {
    judgeWord(this.#sheet, word, { whole, judgeScript: (script) => this.#statements(script.commands) });
  }

  #refuse(span: Span, why: string): void {
    this.#sheet.refuse(span, why);
  }

  #refuseEvaluated(span: Span, why: string): void {
    this.#sheet.refuseEvaluated(span, why);
  }
}

function evaluatedLater(name: string): string {
  return `${name} is used in arithmetic, or where a shell reads it again`;
}

function isTest(node: Command): boolean {
  return node.name?.value === '[' || node.name?.value === 'test';
}
