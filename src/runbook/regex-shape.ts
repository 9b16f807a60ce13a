import { checkRegex } from '../parsers/regex.ts';
import { type Shape, text } from './shape.ts';

/** An expression in RE2's syntax, which takes linear time on any output. */
export function regex(example: string): Shape<string> {
  return text(example, (pattern) => {
    const wrong = checkRegex(pattern);
    if (wrong === null) return null;
    return `\`${pattern}\` is no expression of RE2 (it has no look-around and no back-references): ${clause(wrong)}.`;
  });
}

/** A library's message without its own beginning and full stop. */
export function clause(message: string): string {
  return message.replace(/^error parsing regexp: /, '').replace(/\.+$/, '');
}
