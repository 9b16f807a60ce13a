import { nodesIn, type ShellNode } from './shell-tree.ts';

/** What bash reads as syntax of its own and other shells as ordinary text, so that quotes may begin and end elsewhere. */
export function bashOnly(tree: ShellNode): string | undefined {
  const found = nodesIn(tree).find(({ type }) => bashOnlyNames[type] !== undefined);
  return found && bashOnlyNames[found.type];
}
const bashOnlyNames: Readonly<Partial<Record<ShellNode['type'], string>>> = {
  AnsiCQuoted: "$'…'",
  LocaleString: '$"…"',
  ArithmeticCommand: '(( … ))',
  ArithmeticFor: 'for (( … ))',
  HereString: '<<<',
  ProcessSubstitution: '<( … )',
  ExtendedGlob: 'an extended pattern',
  TestCommand: '[[ … ]]',
  Select: 'select',
  Coproc: 'coproc',
};
