/**
 * Writes a text as one word of a shell command. What is made only of letters, digits and `_@%+=:,./-`, and neither begins
 * with `-` nor is empty, stands bare; any other stands in single quotes, where no shell finds a meaning in it.
 */
export function quote(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./][A-Za-z0-9_@%+=:,./-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
