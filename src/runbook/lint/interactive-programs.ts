import type { LintRule } from './book.ts';
import { type CalledProgram, namesCalled } from './shell-bodies.ts';

/** What waits for keys or never ends by itself, and sudo, stand only where a terminal of their own is given to them. */
export const interactivePrograms: LintRule = ({ shellBodies }, report) => {
  for (const { source, reading, isInteractive, place } of shellBodies) {
    if (isInteractive || !mentioned.test(source)) continue;
    for (const command of reading().commands) {
      const programs = namesCalled(command);
      const at = place(command.start);
      if (programs.some(({ name }) => name === 'sudo'))
        report.error(
          at,
          'A step does not call sudo: handrail runs it as the user that `as` says.',
          'Leave sudo out, and say who runs it: #| as: root',
        );
      const program = programs.at(-1);
      if (program === undefined) continue;
      const isBounded = programs.some(({ name }) => name === 'timeout');
      if (isEditor(program))
        report.error(at, `\`${tell(program)}\` waits for somebody at a keyboard.`, 'Change the file with a filter: #| edit: /etc/fstab');
      else if (isPager(program) || (isEndless(program) && !isBounded))
        report.error(at, `\`${tell(program)}\` does not end by itself.`, 'Print what is needed and end, or say: #| interactive: true');
    }
  }
};

const editors: ReadonlySet<string> = new Set([
  ...[
    'vi',
    'vim',
    'nvim',
    'view',
    'vimdiff',
    'nano',
    'pico',
    'emacs',
    'joe',
    'mcedit',
    'visudo',
    'vipw',
    'vigr',
    'sensible-editor',
    'sudoedit',
  ],
]);
const pagers: ReadonlySet<string> = new Set(['less', 'more', 'most', 'man', 'top', 'htop', 'watch', 'sensible-pager']);

/** Without one of these words no command of a text is any of them. */
const mentioned = new RegExp(`\\b(${[...editors, ...pagers].join('|')}|sudo|edit|crontab)\\b|\\s-[A-Za-z0-9]*[fFwW]|--(follow|watch)`);

/** Commands of programs that open an editor, and options with which a program follows what comes. */
const edits: Readonly<Record<string, RegExp>> = { kubectl: /^edit$/, systemctl: /^edit$/, virsh: /^edit$/, crontab: /^-e$/ };
const follows: Readonly<Record<string, { readonly command?: RegExp; readonly option: RegExp }>> = {
  tail: { option: /^-[a-zA-Z0-9]*[fF]|^--follow/ },
  journalctl: { option: /^-[a-zA-Z]*f|^--follow$/ },
  dmesg: { option: /^-[a-zA-Z]*[wW]|^--follow/ },
  kubectl: { command: /^(logs|get)$/, option: /^(-f|-w|--follow(=true)?|--watch(=true)?)$/ },
  docker: { command: /^logs$/, option: /^(-f|--follow)$/ },
  crictl: { command: /^logs$/, option: /^(-f|--follow)$/ },
};

function isEditor({ name, args }: CalledProgram): boolean {
  if (name === 'visudo' && args.some((arg) => /^-[a-z]*c|^--check$/.test(arg))) return false;
  const edit = Object.hasOwn(edits, name) ? edits[name] : undefined;
  return (
    editors.has(name) || (edit !== undefined && args.some((arg, index) => edit.test(arg) && (index === 0 || /^-/.test(args[0] ?? ''))))
  );
}

/** `top -bn1` prints once and ends. */
function isPager({ name, args }: CalledProgram): boolean {
  const isOneReport = name === 'top' && args.some((arg) => /^-[a-z]*b/.test(arg)) && args.some((arg) => /^-[a-z]*n/.test(arg));
  return pagers.has(name) && !isOneReport;
}

/** `kubectl get -f FILE` reads a file; only `logs` follows with `-f`. */
function isEndless({ name, args }: CalledProgram): boolean {
  const follow = Object.hasOwn(follows, name) ? follows[name] : undefined;
  if (follow === undefined || (follow.command !== undefined && !args.some((arg) => follow.command?.test(arg)))) return false;
  return args.some((arg) => follow.option.test(arg) && !(arg === '-f' && args.includes('get')) && !(arg === '-w' && args.includes('logs')));
}

function tell({ name, args }: CalledProgram): string {
  const [first] = args;
  return first !== undefined && (Object.hasOwn(edits, name) || Object.hasOwn(follows, name)) ? `${name} ${first}` : name;
}
