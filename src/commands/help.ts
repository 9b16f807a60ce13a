import { wrap } from '../plain/lines.ts';
import { startedAs } from '../started-as.ts';
import type { Command } from './command.ts';
import { type CommandEntry, commandTable, type OptionEntry, sharedOptions } from './command-table.ts';

/** `handrail --help`, and with a command's name as its word `handrail COMMAND --help`. */
export const command: Command = async ({ words: [name] }) => {
  const entry = commandTable.find((candidate) => candidate.name === name && name !== '');
  process.stdout.write(`${(entry ? helpOfCommand(entry) : helpOfAll()).join('\n')}\n`);
  return 0;
};

function helpOfAll(): string[] {
  return [
    'handrail walks you through a documented runbook, one step at a time.',
    'It shows each command, runs it after your yes, and never loses its place.',
    '',
    ...commandTable.flatMap((entry) => item(`handrail ${entry.name} ${entry.takes}`.trim().replace(/ +/g, ' '), entry.says)),
    '',
    ...options(sharedOptions),
    '',
    ...wrap('`handrail COMMAND --help` tells the options of a command. HANDRAIL_DATA names another folder for all that handrail keeps.'),
    `Here \`handrail\` is \`${startedAs()}\`.`,
  ];
}

function helpOfCommand(entry: CommandEntry): string[] {
  return [
    `${startedAs()} ${entry.name} ${entry.takes} [OPTIONS]`,
    '',
    ...wrap(`${entry.says.charAt(0).toUpperCase()}${entry.says.slice(1)}.`),
    ...entry.more.flatMap((text) => ['', ...wrap(text)]),
    '',
    ...options({ ...entry.options, ...sharedOptions }),
  ];
}

function options(entries: Readonly<Record<string, OptionEntry>>): string[] {
  return Object.entries(entries).flatMap(([name, { value, says }]) => item(`--${name}${value ? ` ${value}` : ''}`, says));
}

/** A term and what it means, the meaning in a column of its own. */
function item(term: string, says: string): string[] {
  const column = 30;
  const [first = '', ...rest] = wrap(says, ' '.repeat(column));
  if (term.length + 4 > column) return [`  ${term}`, first, ...rest];
  return [`  ${term}`.padEnd(column) + first.trimStart(), ...rest];
}
