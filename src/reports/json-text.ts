/** A value as JSON for other programs, and harmless on a terminal: what JSON leaves as it is but a terminal may obey is escaped. */
export function jsonText(value: unknown): string {
  const escaped = JSON.stringify(value, null, 2).replace(
    /[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${escaped}\n`;
}
