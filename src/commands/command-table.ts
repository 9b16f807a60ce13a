import type { Command } from './command.ts';

/** `value` names what stands behind the option; without it the option is a flag. */
export type OptionEntry = { readonly value?: string; readonly says: string };

/** A command as `--help` tells it and as the command line is read. `words` is how many words it takes. */
export type CommandEntry = {
  readonly name: string;
  readonly takes: string;
  readonly words: readonly [least: number, most: number];
  /** What is missing when there are too few words. */
  readonly missing?: string;
  readonly says: string;
  /** More for `handrail COMMAND --help`, in paragraphs. */
  readonly more: readonly string[];
  readonly options: Readonly<Record<string, OptionEntry>>;
  readonly load: () => Promise<{ readonly command: Command }>;
};

const aRunbook = 'a runbook: a file, or the name of one that is shipped (`handrail` lists them)';
const aRun = 'the number of a run (`handrail runs` lists them)';
const hosts = { value: 'FILE', says: 'the hosts file' };
const input = { value: 'NAME=VALUE', says: 'an input; repeat for a list; NAME@HOST=VALUE for one host; NAME=@FILE for a secret' };
const json = { says: 'as JSON, for other programs' };
const walk = {
  'ssh-config': { value: 'FILE', says: 'the ssh configuration to use, as `ssh -F FILE`' },
  plain: { says: 'line by line, without screens' },
  ascii: { says: 'draw with ASCII only, where the terminal shows other characters wrongly' },
  yes: { says: 'answer yes to every step but those of risk destroy' },
  'yes-destroy': { value: 'HOST', says: 'answer yes to steps of risk destroy on this host; repeat for more hosts' },
} as const;

export const sharedOptions: Readonly<Record<string, OptionEntry>> = {
  help: { says: 'this text' },
  version: { says: 'the version' },
};

/** Every command, in the order in which `--help` lists them. */
export const commandTable: readonly CommandEntry[] = [
  {
    name: '',
    takes: '',
    words: [0, 0],
    says: 'the runs to resume and the runbooks to start',
    more: [],
    options: { 'ssh-config': walk['ssh-config'], plain: walk.plain, ascii: walk.ascii },
    load: () => import('./home.ts'),
  },
  {
    name: 'run',
    takes: 'RUNBOOK',
    words: [1, 1],
    missing: aRunbook,
    says: 'walk a runbook on your hosts, step by step',
    more: [
      'Nothing runs without your yes. The run is kept on disk: `handrail resume` goes on where it was left.',
      'Without a hosts file the hosts are asked for, by role, and so are the inputs that were not given.',
      'Exit codes: 0 done, 1 a step failed or you stopped, 2 a wrong word or file, 3 a host cannot be reached or trusted, 130 ended by a signal.',
    ],
    options: { hosts, input, ...walk },
    load: () => import('./run.ts'),
  },
  {
    name: 'resume',
    takes: '[RUN]',
    words: [0, 1],
    says: 'go on with a run; without a number, the unfinished one changed last',
    more: ['What runs on the hosts by now is looked at first; nothing is run twice.'],
    options: { hosts, ...walk, 'ssh-config': { ...walk['ssh-config'], says: 'another ssh configuration than the run began with' } },
    load: () => import('./resume.ts'),
  },
  {
    name: 'plan',
    takes: 'RUNBOOK',
    words: [1, 1],
    missing: aRunbook,
    says: 'tell what would run, and where; contacts nothing',
    more: ['Needs --hosts FILE, or --example for the runbook’s own hosts and values.'],
    options: { hosts, example: { says: 'with the runbook’s own example' }, input, json },
    load: () => import('./plan.ts'),
  },
  {
    name: 'lint',
    takes: 'RUNBOOK...',
    words: [1, Number.POSITIVE_INFINITY],
    missing: aRunbook,
    says: 'check runbooks: every problem with its place and what to do',
    more: ['Exit code 2 if there is an error; warnings do not change it.'],
    options: { json },
    load: () => import('./lint.ts'),
  },
  {
    name: 'hosts check',
    takes: 'FILE',
    words: [1, 1],
    missing: 'a hosts file',
    says: 'look at the hosts of a file: reached, trusted, sudo, system, clock, disk',
    more: ['Only reads. Exit code 3 if a host cannot be reached or trusted, else 1 if a user cannot become root.'],
    options: { 'ssh-config': walk['ssh-config'] },
    load: () => import('./hosts-check.ts'),
  },
  {
    name: 'runs',
    takes: '',
    words: [0, 0],
    says: 'list the runs',
    more: [],
    options: { json },
    load: () => import('./runs.ts'),
  },
  {
    name: 'show',
    takes: 'RUN',
    words: [1, 1],
    missing: aRun,
    says: 'tell where a run stands',
    more: [],
    options: {},
    load: () => import('./show.ts'),
  },
  {
    name: 'report',
    takes: 'RUN',
    words: [1, 1],
    missing: aRun,
    says: 'tell all that was done in a run, for a ticket or an archive',
    more: ['Secrets are masked in it.'],
    options: { format: { value: 'md|json', says: 'Markdown (unless said) or JSON' } },
    load: () => import('./report.ts'),
  },
  {
    name: 'forget',
    takes: 'RUN',
    words: [1, 1],
    missing: aRun,
    says: 'remove a run from this machine, its logs and sealed secrets too',
    more: ['Asks first. What it keeps on the hosts (output, old files) is removed too; what it did there stays as it is.'],
    options: { yes: { says: 'without asking' } },
    load: () => import('./forget.ts'),
  },
  {
    name: 'reset',
    takes: '',
    words: [0, 0],
    says: 'mend a terminal left in disorder',
    more: ['After handrail was killed, or a program on a host has left the terminal odd. Where Enter does nothing, Ctrl+J does.'],
    options: {},
    load: () => import('./reset.ts'),
  },
];
