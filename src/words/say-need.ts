/** How many hosts a role takes: `at least 3, an odd number`. */
export function sayNeed({ min, max, isOdd }: { readonly min: number; readonly max?: number | null; readonly isOdd: boolean }): string {
  const parts = [
    ...(min > 0 ? [`at least ${min}`] : []),
    ...(max === undefined || max === null ? [] : [`at most ${max}`]),
    ...(isOdd ? ['an odd number'] : []),
  ];
  return parts.length === 0 ? 'any number' : parts.join(', ');
}
