/** How many hosts a role takes: `at least 3, an odd number`. */
export function sayNeed({ min, max, isOdd }: { readonly min: number; readonly max?: number | null; readonly isOdd: boolean }): string {
  const most = max === undefined || max === null ? '' : `, at most ${max}`;
  return `at least ${min}${most}${isOdd ? ', an odd number' : ''}`;
}
