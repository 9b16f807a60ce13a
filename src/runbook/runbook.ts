import type { Condition } from './condition.ts';
import type { Place } from './problem.ts';

/** Text with `{{ }}` and `{% %}` in it, and where its first character stands in the file. */
export type Template = {
  readonly source: string;
  readonly at: Place;
  /** True where the text is no template (`raw: true`): it is used as it stands. */
  readonly raw: boolean;
};

/** Hosts as `on` names them. `terms` are applied from left to right; `takes: false` is `!role`. */
export type Selector = { readonly source: string; readonly at: Place; readonly terms: readonly SelectorTerm[] };
export type SelectorTerm = {
  readonly takes: boolean;
  /** A role, a host's name, `all` or `console`; a role wins over a host of its name. */
  readonly name: string;
  /** `[0]` is 0 to 1, `[1:]` is 1 without end. */
  readonly slice?: { readonly from: number; readonly to?: number };
};

/** One host: `control_plane[0]`, a host's name, or `console`. */
export type HostReference = { readonly source: string; readonly at: Place; readonly name: string; readonly index?: number };

export type Risk = 'read' | 'change' | 'destroy';
export type Shell = 'bash' | 'sh';

/** What every fence that runs has; inheritance from step and phase is already resolved. Times are milliseconds. */
export type FenceOptions = {
  readonly place: Place;
  readonly atHost?: HostReference;
  /** `root`, `login` or a user's name. */
  readonly as: Template;
  readonly env: Readonly<Record<string, Template>>;
  readonly timeout: number;
  readonly idle: number;
  readonly exits: readonly number[];
  readonly every?: number;
  readonly for?: number;
};

export type CommandPart = FenceOptions & {
  readonly kind: 'command';
  readonly shell: Shell;
  readonly body: Template;
  readonly captures: readonly Capture[];
  readonly isReboot: boolean;
  readonly isInteractive: boolean;
};
export type FilePart = FenceOptions & {
  readonly kind: 'file';
  /** The fence's language, for display only. */
  readonly language: string;
  readonly path: Template;
  readonly content: Template;
  readonly mode?: Template;
  readonly owner?: Template;
  readonly isBlock: boolean;
};
export type EditPart = FenceOptions & {
  readonly kind: 'edit';
  readonly path: Template;
  readonly shell: Shell;
  readonly filter: Template;
  readonly mode?: Template;
  readonly owner?: Template;
};
export type CopyPart = FenceOptions & { readonly kind: 'copy'; readonly from: HostReference; readonly list: Template };
export type ByHandPart = FenceOptions & { readonly kind: 'by-hand'; readonly instruction: Template; readonly captures: readonly Capture[] };
/** `LANG` that lint knows of but this version does not run; refused by name at run time. */
export type Part = CommandPart | FilePart | EditPart | CopyPart | ByHandPart;
export type PartKindName = Part['kind'];

export type Capture = {
  readonly name: string;
  readonly at: Place;
  readonly how:
    | { readonly by: 'parser'; readonly parser: ParserName }
    | { readonly by: 'regex'; readonly pattern: string }
    | { readonly by: 'json'; readonly path: string }
    | { readonly by: 'ask'; readonly question: string };
  readonly isAll: boolean;
  readonly from: 'stdout' | 'stderr';
  readonly isSecret: boolean;
  readonly type?: InputType;
  readonly isOptional: boolean;
  /** Life in milliseconds by field; the field of a value without fields is `''`. */
  readonly expires: Readonly<Record<string, number>>;
  /** The aside that makes it anew. */
  readonly renew?: string;
};
export type ParserName = 'kubeadm-init' | 'kubeadm-join-command' | 'certificate-key' | 'kubectl-nodes';

/** A fence that serves its step. Probes, verifies and diagnoses only read. */
export type Serve = FenceOptions & {
  readonly kind: 'probe' | 'verify' | 'undo' | 'diagnose';
  readonly shell: Shell;
  readonly body: Template;
  /** The hosts where they differ from the step's. */
  readonly on: Selector;
  /** Of an undo; the others are `read`. */
  readonly risk: Risk;
};

export type Sample = {
  readonly name?: string;
  readonly text: string;
  readonly at: Place /** index into `parts`, or the serve it belongs to */;
  readonly of: SampleOf;
};
export type SampleOf =
  | { readonly is: 'part'; readonly index: number }
  | { readonly is: 'serve'; readonly kind: Serve['kind']; readonly index: number };

export type Banner = { readonly kind: 'note' | 'tip' | 'important' | 'warning' | 'caution'; readonly text: string };
/** A list item that starts with inline code: `piece` is that code, `text` what follows it. */
export type Explanation = { readonly piece: string; readonly text: string; readonly at: Place };
export type KnownErrorEntry = { readonly match: string; readonly cause: string; readonly fix?: string; readonly at: Place };

export type Step = {
  readonly id: string;
  /** Earlier ids of this step (`was`). */
  readonly was: readonly string[];
  readonly title: string;
  readonly place: Place;
  /** The section's prose as Markdown, without its fences, banners and explanations. */
  readonly prose: string;
  readonly banners: readonly Banner[];
  readonly explanations: readonly Explanation[];
  readonly on: Selector;
  readonly each: 'together' | 'one-by-one';
  readonly risk: Risk;
  readonly when?: Condition;
  readonly isAside: boolean;
  readonly same: readonly string[];
  readonly unique: readonly string[];
  readonly knownErrors: readonly KnownErrorEntry[];
  readonly parts: readonly Part[];
  readonly probe?: Serve;
  readonly verifies: readonly Serve[];
  readonly undos: readonly Serve[];
  readonly diagnoses: readonly Serve[];
  readonly samples: readonly Sample[];
  /** What is read and linted but does not run yet, told by name; then the step is refused at run time. */
  readonly cannotRun?: string;
};

export type Phase = {
  readonly title: string;
  readonly prose: string;
  readonly place: Place;
  readonly steps: readonly Step[];
  /** `### ` sections without a step fence. */
  readonly readings: readonly { readonly title: string; readonly prose: string }[];
  readonly include?: {
    readonly runbook: string;
    readonly on?: Selector;
    readonly inputs: Readonly<Record<string, Template>>;
    readonly at: Place;
  };
};

export type InputType =
  | 'string'
  | 'ipv4'
  | 'ip'
  | 'cidr'
  | 'host'
  | 'port'
  | 'version'
  | 'duration'
  | 'path'
  | 'file'
  | 'choice'
  | 'boolean'
  | 'secret';
export type Input = {
  readonly name: string;
  readonly at: Place;
  readonly type: InputType;
  readonly of: readonly string[];
  /** RE2, for `string`; the whole value must match. */
  readonly pattern?: string;
  readonly default?: Template | readonly Template[];
  /** The question; an input without it is worked out from its default. */
  readonly ask?: string;
  readonly isList: boolean;
  /** The role for each of whose hosts it is asked. */
  readonly per?: string;
};
export type Role = {
  readonly name: string;
  readonly at: Place;
  readonly min: number;
  readonly max?: number;
  readonly isOdd: boolean;
  /** Chosen at set-up among the hosts of this role. */
  readonly from?: string;
  readonly ask?: string;
};
export type Rule = { readonly is: 'must' | 'should'; readonly condition: Condition; readonly says: string; readonly at: Place };

export type Facts = {
  readonly os?: string;
  readonly family?: string;
  readonly release?: string;
  readonly arch?: string;
  readonly hostname?: string;
  readonly interface?: string;
  /** MiB. */
  readonly memory?: number;
  readonly cores?: number;
};
/** A host of a set-up, as a hosts file or a runbook's example gives it. */
export type SetupHost = {
  readonly name: string;
  /** Where the other hosts reach it. */
  readonly address: string;
  /** Where the console reaches it, when not at `address`. */
  readonly ssh?: string;
  readonly roles: readonly string[];
  readonly user?: string;
  readonly port?: number;
  readonly key?: string;
  readonly jump?: string;
  /** Answers to inputs asked per host. */
  readonly values: Readonly<Record<string, string>>;
  readonly facts?: Facts;
};
/** An input's value: text; several for a list. Numbers, booleans and versions stay text and compare by the input's type. */
export type InputValue = string | readonly string[];
export type Example = { readonly inputs: Readonly<Record<string, InputValue>>; readonly hosts: readonly SetupHost[] };

/** A guide as handrail runs it. Made only by `readRunbook`, and only when the file has no error. */
export type Runbook = {
  /** The file's name without folder and `.md`. */
  readonly name: string;
  readonly file: string;
  readonly title: string;
  readonly summary: string;
  readonly introduction: string;
  readonly source?: { readonly title?: string; readonly url?: string; readonly differs: readonly string[] };
  readonly inputs: readonly Input[];
  readonly roles: readonly Role[];
  readonly rules: readonly Rule[];
  readonly env: Readonly<Record<string, Template>>;
  readonly example?: Example;
  readonly phases: readonly Phase[];
  /** Why it is read and linted but not run by this version, as a sentence. */
  readonly cannotRun?: string;
};
