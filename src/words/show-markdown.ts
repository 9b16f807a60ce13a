import { prose, type Said } from './said.ts';

type Block = { readonly is: 'paragraph' | 'item' | 'as-it-stands'; readonly lines: readonly string[] };

const item = /^\s*(?:[-*+]|\d{1,3}[.)])\s+/;
const fence = /^\s*(?:```|~~~)/;
const table = /^\s*\|/;

/** Prose of a guide as lines of a terminal: paragraphs filled anew, lists hanging, tables and code as they stand. */
export function showMarkdown(text: string): readonly Said[] {
  const blocks = blocksOf(text);
  return blocks.flatMap((block, index) => {
    const before = blocks[index - 1];
    const isNextItem = block.is === 'item' && before?.is === 'item';
    return [...(before === undefined || isNextItem ? [] : ['']), ...show(block)];
  });
}

function show({ is, lines }: Block): readonly Said[] {
  if (is === 'as-it-stands') return lines;
  const joined = lines.map((line) => line.trim()).join(' ');
  return is === 'item' ? prose(joined, '', '  ') : prose(joined);
}

function blocksOf(text: string): readonly Block[] {
  const blocks: { readonly is: Block['is']; readonly lines: string[] }[] = [];
  let isInFence = false;
  /** The block that a line of its kind goes on with; undefined where a new one begins. */
  let open: (typeof blocks)[number] | undefined;
  const add = (is: Block['is'], line: string): void => {
    if (open === undefined) {
      open = { is, lines: [] };
      blocks.push(open);
    }
    open.lines.push(line);
  };
  for (const line of text.split('\n')) {
    if (fence.test(line)) {
      if (!isInFence) open = undefined;
      add('as-it-stands', line);
      isInFence = !isInFence;
      if (!isInFence) open = undefined;
    } else if (isInFence) add('as-it-stands', line);
    else if (line.trim() === '') open = undefined;
    else if (table.test(line)) {
      if (open?.is !== 'as-it-stands') open = undefined;
      add('as-it-stands', line);
    } else {
      if (item.test(line) || open?.is === 'as-it-stands') open = undefined;
      add(item.test(line) ? 'item' : 'paragraph', line);
    }
  }
  return blocks;
}
