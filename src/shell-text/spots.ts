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
  WordPart,
} from 'unbash';
import type { Shell } from '../runbook/runbook.ts';
import { bashOnly } from './bash-only.ts';
import { evaluatedNames, functionsIn, hasTypedVariables, namesRead, setsArguments } from './evaluated-names.ts';
import { isShell, whyRefusedByCommand } from './restricted-commands.ts';
import { errorsOf, readTree } from './shell-tree.ts';

/** Where a value is to stand in a shell text: offsets of a bare word put there for it. */
export type Spot = { readonly start: number; readonly end: number };

/**
 * `word`: a whole word, where a list may become several. `part`: a piece of a word, or the only word of its place: one value.
 * `refused`: a value cannot be quoted here, or would not stay a plain word although it is quoted.
 */
export type Verdict = { readonly is: 'word' } | { readonly is: 'part' } | { readonly is: 'refused'; readonly why: string };

/**
 * Judges for each spot, in the order of the text, whether a value, written there by `quote`, stays one word of the command whatever it holds.
 * Only places known to be safe are allowed; all others, and all in a text that does not parse, are refused.
 */
export function judgeSpots(text: string, spots: readonly Spot[], shell: Shell): readonly Verdict[] {
  if (spots.length === 0) return [];
  const tree = readTree(text);
  const error = errorsOf(tree)[0];
  if (error !== undefined) return spots.map(() => ({ is: 'refused', why: `the shell text does not parse: ${error.message}` }));
  const foreign = shell === 'sh' ? bashOnly(tree) : undefined;
  if (foreign !== undefined) return spots.map(() => ({ is: 'refused', why: `${foreign} is read otherwise by sh than by bash` }));
  const judge = new SpotJudge(text, spots, tree);
  return judge.verdicts();
}

type Span = { readonly pos: number; readonly end: number };

/** Walks down only what is known; a spot that is not reached stands in a comment, or where nothing is known to be safe. */
class SpotJudge {
  readonly #text: string;
  readonly #spots: readonly Spot[];
  readonly #tree: ParsedScript;
  readonly #found: (Verdict | undefined)[];
  readonly #hasTypedVariables: boolean;
  readonly #evaluated: ReadonlySet<string>;
  readonly #functions: ReadonlySet<string>;

  constructor(text: string, spots: readonly Spot[], tree: ParsedScript) {
    this.#text = text;
    this.#spots = spots;
    this.#tree = tree;
    this.#found = spots.map(() => undefined);
    this.#hasTypedVariables = hasTypedVariables(tree);
    this.#evaluated = evaluatedNames(tree);
    this.#functions = functionsIn(tree);
  }

  verdicts(): readonly Verdict[] {
    const read = [...namesRead(this.#tree)].find((name) => this.#evaluated.has(name));
    if (read !== undefined) this.#refuse(this.#tree, `${read} is read, and then evaluated as an expression or a command`);
    this.#statements(this.#tree.commands);
    return this.#found.map((verdict) => verdict ?? { is: 'refused', why: 'it stands in a comment, or where no word of a command is' });
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
          for (const word of node.wordlist ?? []) this.#refuse(word, evaluatedLater(node.name.value));
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
      case 'ArithmeticFor':
        this.#refuse(node, 'it stands in arithmetic, which evaluates it');
        if (node.type === 'ArithmeticFor') this.#list(node.body);
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
      for (const pattern of item.pattern) this.#refuse(pattern, 'it stands in a pattern of `case`');
      this.#list(item.body);
    }
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
        if (!['=', '==', '!=', '<', '>'].includes(node.operator)) this.#refuse(node, `[[ ${node.operator} ]] does not take it as text`);
        else for (const word of [node.left, node.right]) this.#word(word, 'part');
        return;
      default:
        node satisfies never;
    }
  }

  #command(node: Command): void {
    for (const piece of node.prefix) {
      if (piece.type === 'Assignment') this.#assignment(piece);
      else this.#redirection(piece);
    }
    if (node.name !== undefined) this.#commandName(node.name);
    if (isShell(node.name?.value ?? '')) for (const each of node.redirects) this.#refuse(each, 'a shell reads it as a command');
    const isReadAgain = this.#evaluated.has('@') && setsArguments(node, this.#functions);
    if (isReadAgain) for (const arg of node.args) this.#refuse(arg, evaluatedLater('what it is given'));
    const why = whyRefusedByCommand(node, (word) => this.#holdsSpot(word));
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

  /** A bare value could be a keyword or an assignment; behind a `/` it cannot. */
  #commandName(word: Word): void {
    for (const index of this.#inside(word)) {
      const before = this.#text.slice(word.pos, this.#spots[index]?.start);
      if (!before.includes('/')) this.#set(index, { is: 'refused', why: 'it would be the name of the command' });
    }
    this.#word(word, 'part');
  }

  #assignment(node: Assignment): void {
    if (node.index !== undefined) this.#refuse(node.index, 'an index is evaluated');
    if (this.#hasTypedVariables) this.#refuse(node, 'this text declares variables (-i or -n) whose values are evaluated');
    if (this.#evaluated.has(node.name)) {
      this.#refuse(node, evaluatedLater(node.name));
    }
    if (node.value.type === 'ArrayValue') for (const element of node.value.elements) this.#word(element, 'word');
    else this.#word(node.value, 'part');
  }

  #redirection(node: Redirection): void {
    if (node.type === 'HereDoc') for (const piece of [node, node.body]) this.#refuse(piece, 'it stands in a here-document');
    else if (node.operator === '>&' || node.operator === '<&') this.#refuse(node, 'it stands behind >&');
    else if (node.target !== undefined) this.#word(node.target, 'part');
  }

  /** Judges the spots of one word; `whole` is the verdict of a spot that is all of the word. */
  #word(word: Word, whole: 'word' | 'part'): void {
    if (this.#inside(word).length === 0) return;
    const parts = word.parts ?? [{ type: 'Literal', pos: word.pos, end: word.end, text: word.text, value: word.value } as const];
    const hasBraces = parts.some((part) => part.type === 'Literal' && /[{}]/.test(part.text));
    parts.forEach((part, index) => {
      if (part.type !== 'Literal') this.#part(part);
      else
        for (const spot of this.#inside(part)) this.#set(spot, this.#inLiteral(spot, word, whole, { before: parts[index - 1], hasBraces }));
    });
  }

  #inLiteral(
    index: number,
    word: Word,
    whole: 'word' | 'part',
    { before, hasBraces }: { readonly before: WordPart | undefined; readonly hasBraces: boolean },
  ): Verdict {
    const spot = this.#spots[index];
    if (spot === undefined) throw new Error('There is no such spot.');
    const refused = (why: string): Verdict => ({ is: 'refused', why });
    const beside = this.#besides(spot, word.pos);
    if (beside !== undefined) return refused(beside);
    if (hasBraces) return refused('it stands between braces, which may make several words of it');
    if (before?.type === 'SimpleExpansion' && spot.start === before.end) {
      return refused(`it would lengthen the name in ${before.text}; write braces round that name`);
    }
    return { is: spot.start === word.pos && spot.end === word.end ? whole : 'part' };
  }

  /** A substitution is shell text of its own, in which quotes begin anew; in all other parts quoting does not help. */
  #part(part: WordPart): void {
    const hasScript = part.type === 'ProcessSubstitution' || (part.type === 'CommandExpansion' && part.text.startsWith('$('));
    if (hasScript && part.script !== undefined) this.#statements(part.script.commands);
    else if (part.type === 'DoubleQuoted') {
      for (const inner of part.parts) {
        if (inner.type === 'CommandExpansion') this.#part(inner);
        else this.#refuse(inner, 'it stands inside double quotes');
      }
    } else this.#refuse(part, whereOf(part));
  }

  /** What stands right before and behind a spot can change what a quoted word means. */
  #besides(spot: Spot, wordStart: number): string | undefined {
    const before = this.#text[spot.start - 1] ?? '';
    const after = this.#text[spot.end] ?? '';
    if (before === '\\') return 'it stands right behind a backslash';
    if (before === '$') return 'it stands right behind a $';
    if (before === '~' && spot.start - 1 >= wordStart) return 'it stands right behind a ~';
    if (after === '(') return 'it stands right before a parenthesis';
    if (after === '<' || after === '>') return 'it stands right before a redirection; put a blank between';
    return undefined;
  }

  #refuse(node: Span, why: string): void {
    for (const index of this.#inside(node)) this.#set(index, { is: 'refused', why });
  }

  /** A refusal stays, whatever is found later. */
  #set(index: number, verdict: Verdict): void {
    if (this.#found[index]?.is !== 'refused') this.#found[index] = verdict;
  }

  #holdsSpot(node: Span): boolean {
    return this.#inside(node).length > 0;
  }

  /** Spots stand in the order of the text. */
  #inside(node: Span): number[] {
    let low = 0;
    for (let high = this.#spots.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((this.#spots[middle]?.start ?? 0) < node.pos) low = middle + 1;
      else high = middle;
    }
    const inside: number[] = [];
    for (let index = low; index < this.#spots.length && (this.#spots[index]?.end ?? 0) <= node.end; index++) inside.push(index);
    return inside;
  }
}

function evaluatedLater(name: string): string {
  return `${name} is used in arithmetic, or where a shell reads it again`;
}

function isTest(node: Command): boolean {
  return node.name?.value === '[' || node.name?.value === 'test';
}

function whereOf(part: WordPart): string {
  switch (part.type) {
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return 'it stands inside single quotes';
    case 'LocaleString':
      return 'it stands inside double quotes';
    case 'CommandExpansion':
      return 'it stands between backticks; write $( )';
    case 'ArithmeticExpansion':
      return 'it stands in arithmetic, which evaluates it';
    case 'SimpleExpansion':
      return 'it stands right behind a $';
    case 'ParameterExpansion':
      return 'it stands inside ${ }';
    default:
      return 'it stands in a pattern or between braces';
  }
}
