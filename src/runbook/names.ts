/** Words that handrail uses itself. */
export const reservedNames: readonly string[] = ['host', 'hosts', 'all', 'console'];

/** What is wrong with the name of a role, an input or a captured value, as a sentence; null where nothing is. */
export function checkName(name: string): string | null {
  if (!/^[a-z][a-z0-9_]{0,63}$/.test(name)) return `\`${name}\` is no name: small letters, digits and _, a letter first.`;
  return reservedNames.includes(name) ? `\`${name}\` is a word of handrail itself and cannot be a name here.` : null;
}

/** What is wrong with the name of a host. */
export function checkHostName(name: string): string | null {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(name)) return `\`${name}\` is no name of a host: letters, digits, dots, _ and -.`;
  return reservedNames.includes(name) ? `\`${name}\` is a word of handrail itself and cannot be a host's name.` : null;
}

/** What is wrong with the id of a step, or the name of a sample. */
export function checkId(id: string): string | null {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(id) ? null : `\`${id}\` is no id: letters, digits, _ and -, a letter or digit first.`;
}

/** What is wrong with the name of an environment variable. */
export function checkVariable(name: string): string | null {
  return /^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(name) ? null : `\`${name}\` cannot be the name of a variable.`;
}
