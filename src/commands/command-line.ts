import { parseArgs } from 'node:util';
import { nearest } from '../runbook/did-you-mean.ts';
import type { Call, Command } from './command.ts';
import { type CommandEntry, commandTable, type OptionEntry, sharedOptions } from './command-table.ts';
import { UserError } from './user-error.ts';

type Loaded = { readonly run: () => Promise<{ readonly command: Command }>; readonly call: Call };

/** Reads the command line; throws `UserError` for a command, an option or a word that it does not know. */
export function commandFrom(words: readonly string[]): Loaded {
  const entry = entryFor(words);
  const rest = entry.name === '' ? words : words.slice(entry.name.split(' ').length);
  const call = parse(entry, rest);
  if (call.flags.has('version')) return { run: () => import('./version.ts'), call };
  if (call.flags.has('help')) return { run: () => import('./help.ts'), call: { ...call, words: entry.name === '' ? [] : [entry.name] } };
  const [least, most] = entry.words;
  if (call.words.length < least) throw usage(entry, `\`handrail ${entry.name}\` needs ${entry.missing ?? 'more words'}.`);
  if (call.words.length > most) throw usage(entry, `\`handrail ${entry.name}\` does not take "${call.words[most]}".`);
  return { run: entry.load, call };
}

function entryFor(words: readonly string[]): CommandEntry {
  const [first = '', second = ''] = words;
  const found = commandTable.find(({ name }) => name === `${first} ${second}`) ?? commandTable.find(({ name }) => name === first);
  if (found) return found;
  const home = commandTable.find(({ name }) => name === '');
  if (home && first.startsWith('-')) return home;
  const names = commandTable.flatMap(({ name }) => name || []);
  const near = nearest(first, names);
  const meant = near ? `Did you mean \`${near}\`? ` : '';
  throw new UserError(`There is no command "${first}".`, `${meant}The commands are: ${names.join(', ')}. See \`handrail --help\`.`);
}

function parse(entry: CommandEntry, words: readonly string[]): Call {
  const known: Readonly<Record<string, OptionEntry>> = { ...sharedOptions, ...entry.options };
  const options = Object.fromEntries(
    Object.entries(known).map(([name, { value }]) => [
      name,
      { type: value ? ('string' as const) : ('boolean' as const), multiple: value !== undefined },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
    const given = Object.entries(values);
    return {
      words: positionals,
      flags: new Set(given.filter(([, value]) => value === true).map(([name]) => name)),
      options: Object.fromEntries(given.flatMap(([name, value]) => (Array.isArray(value) ? [[name, value.map(String)]] : []))),
    };
  } catch (error) {
    throw usage(entry, sentence(error));
  }
}

/** Node's own words for a wrong option, without its hint on how to pass a word that begins with a dash. */
function sentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const [first = text] = text.split(/\.\s|\n/);
  return `${first.replaceAll("'", '"').replace(/\.$/, '')}.`;
}

function usage(entry: CommandEntry, message: string): UserError {
  return new UserError(message, `See \`handrail${entry.name ? ` ${entry.name}` : ''} --help\`.`);
}
