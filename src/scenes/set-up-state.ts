import type { SetupProblem } from '../plan/check-setup.ts';
import type { Plan, Setup } from '../plan/plan.ts';
import type { Question } from '../run/walk/question.ts';
import type { Problem } from '../runbook/problem.ts';
import type { InputType, Role, Runbook } from '../runbook/runbook.ts';

/** The parts of a set-up, in their order; `answers` are the inputs that are asked for each host. */
export const setUpParts = ['inputs', 'hosts', 'answers', 'check', 'summary'] as const;
export type SetUpPart = (typeof setUpParts)[number];

/** An input to be answered: for the whole run, or for a host. */
export type InputField = {
  /** `NAME`, or `NAME@HOST`. */
  readonly id: string;
  readonly name: string;
  readonly host: string | null;
  /** What it is for, where the runbook says so. */
  readonly ask: string | null;
  readonly type: InputType;
  /** Of a choice: the choices. */
  readonly of: readonly string[];
  readonly isList: boolean;
  /** What its type asks of it, as the end of a sentence: `must be a port, 1 to 65535`; null where any text will do. */
  readonly must: string | null;
  /** What was typed or given; null where nothing was. */
  readonly typed: string | null;
  readonly isGiven: boolean;
  /** What it is where nothing is typed: a value, one that waits for what the hosts tell or for another input, or none at all. */
  readonly usual: { readonly is: 'value'; readonly text: string } | { readonly is: 'later' } | { readonly is: 'none' };
  /** What is wrong with the value, as a sentence. */
  readonly wrong: string | null;
};

/** A role and the hosts that have it. */
export type RoleHosts = {
  readonly role: Role;
  readonly hosts: readonly { readonly name: string; readonly address: string; readonly user: string | null }[];
  /** Where the role is given to hosts of another one: which have it. */
  readonly among: readonly { readonly name: string; readonly isChosen: boolean }[] | null;
  readonly wrong: string | null;
};

/** A hosts file that was named. */
export type NamedFile = {
  readonly path: string;
  /** How many hosts it gives; null where it gives none because of an error. */
  readonly hosts: number | null;
  readonly problems: readonly Problem[];
  /** Why it cannot be read at all. */
  readonly wrong: string | null;
};

/** A host in the check: what was found there, told as `hosts check` does. */
export type CheckedHost = { readonly name: string; readonly address: string; readonly roles: readonly string[] } & (
  | { readonly is: 'waiting' }
  | { readonly is: 'reached'; readonly cells: readonly string[]; readonly wrong: string | null; readonly isClockOff: boolean }
  | { readonly is: 'failed'; readonly kind: string; readonly message: string; readonly advice: string }
);

export type HostsCheckState = {
  readonly isRunning: boolean;
  /** In the order of the set-up, whichever is found out first. */
  readonly hosts: readonly CheckedHost[];
  /** What there is to say of all hosts together, when all have been looked at. */
  readonly said: readonly string[];
};

/** A set-up before its run, as the screens see it. */
export type SetUpState = {
  readonly is: 'set-up';
  readonly runbook: Runbook;
  readonly part: SetUpPart;
  /** The parts that this runbook has. */
  readonly parts: readonly SetUpPart[];
  readonly inputs: readonly InputField[];
  readonly answers: readonly InputField[];
  readonly roles: readonly RoleHosts[];
  /** The hosts come from it; null where they are typed, or none are there yet. */
  readonly file: NamedFile | null;
  /** True where hosts were given on the command line. */
  readonly areHostsGiven: boolean;
  readonly check: HostsCheckState | null;
  /** What the connections ask, oldest first. */
  readonly questions: readonly Question[];
  /** What would be run, with what the hosts have told. Secrets in it are not to be shown. */
  readonly plan: () => Plan;
  readonly setup: Setup;
  readonly problems: readonly SetupProblem[];
  /** What came of saving the hosts, or of the begin. */
  readonly saved: { readonly path: string; readonly wrong: string | null } | null;
  readonly failed: { readonly message: string; readonly advice: string } | null;
  readonly isBeginning: boolean;
  /** Asks whether to leave: something was typed. */
  readonly isLeaving: boolean;
  /** What was begun to be typed, by what it is for. */
  readonly drafts: Readonly<Record<string, string>>;
};
