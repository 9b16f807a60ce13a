/** Deepest nesting of brackets, and most placeholders and tags, in one text. Far above any use, far below any harm. */
const limits = { depth: 60, tags: 1500 };

/**
 * Says why a text is not read further, or null. Shell, conditions, paths and expressions are read by recursion, which deep nesting
 * would end, and placeholders in more than linear time.
 */
export function whyTooMuch(text: string): string | null {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[([{)\]}]/g)) {
    depth = '([{'.includes(bracket) ? depth + 1 : Math.max(0, depth - 1);
    if (depth > limits.depth) return `Brackets are open here more than ${limits.depth} deep.`;
  }
  const tags = text.split(/\{\{|\{%/).length - 1;
  return tags > limits.tags ? `More than ${limits.tags} placeholders stand in this.` : null;
}
