import { forEachChild, type ParsedScript, type ParseError, parse, type SyntaxNode } from 'unbash';
import { remember } from '../remember.ts';

/** The syntax tree of a shell text; the types of its nodes are known in this folder only. */
export type ShellTree = ParsedScript;
export type ShellNode = SyntaxNode;

/** Reads a shell text as bash reads it (of which `sh` is a part). Never throws; what does not parse is in `errorsOf`. */
export const readTree: (text: string) => ShellTree = remember(parse, (text: string) => text);

/** Everything that does not parse, also inside `$( )`, with offsets into the text. */
export function errorsOf(tree: ShellTree): readonly ParseError[] {
  return nodesIn(tree).flatMap((node) => (node.type === 'Script' ? ((node as ShellTree).errors ?? []) : []));
}

/** A node and all that is in it, outermost first, in the order of the text. */
export function nodesIn(node: ShellNode): readonly ShellNode[] {
  const before = found.get(node);
  if (before !== undefined) return before;
  const nodes: ShellNode[] = [];
  const collect = (inner: ShellNode): void => {
    nodes.push(inner);
    forEachChild(inner, collect);
  };
  collect(node);
  if (node.type === 'Script') found.set(node, nodes);
  return nodes;
}
/** Many questions are asked of one tree, and going through it takes longer than any of them. */
const found = new WeakMap<ShellNode, readonly ShellNode[]>();
