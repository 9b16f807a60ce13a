import type { Node } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** Longest title. */
const longest = 300;

/** A heading as text, without its marks. What is too long for a title, or has no marks in it, is taken as it stands. */
export function plainTitle(source: string): string {
  const title = source
    .replace(/^ {0,3}#{1,6}[ \t]*/, '')
    .replace(/[ \t]+#+[ \t]*$/, '')
    .replace(/\n[ \t]*(=+|-+)[ \t]*$/, '')
    .replaceAll('\n', ' ')
    .trim();
  if (title.length > longest || !/[*_[\]`<&\\!]/.test(title)) return title.slice(0, longest);
  return textOf(fromMarkdown(`# ${title}`)).trim();
}

function textOf(node: Node): string {
  if ('value' in node && typeof node.value === 'string') return node.type === 'html' ? '' : node.value;
  if (!('children' in node) || !Array.isArray(node.children)) return '';
  return (node.children as Node[]).map(textOf).join('');
}
