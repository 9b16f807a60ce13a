import { forEachChild, type ParsedScript, type ParseError, parse, type SyntaxNode } from 'unbash';

/** The syntax tree of a shell text; the types of its nodes are known in this folder only. */
export type ShellTree = ParsedScript;
export type ShellNode = SyntaxNode;

/** Reads a shell text as bash reads it (of which `sh` is a part). Never throws; what does not parse is in `errorsOf`. */
export function readTree(text: string): ShellTree {
  return parse(text);
}

/** Everything that does not parse, also inside `$( )`, with offsets into the text. */
export function errorsOf(tree: ShellTree): readonly ParseError[] {
  const errors: ParseError[] = [];
  walk(tree, (node) => {
    if (node.type === 'Script') errors.push(...((node as ShellTree).errors ?? []));
  });
  return errors;
}

/** Visits a node and all that is in it, outermost first, in the order of the text. */
export function walk(node: ShellNode, visit: (node: ShellNode) => void): void {
  visit(node);
  forEachChild(node, (child) => walk(child, visit));
}
