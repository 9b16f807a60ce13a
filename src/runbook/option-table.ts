import { type CaptureDraft, captureShape } from './capture-shape.ts';
import { checkId, checkName, checkVariable } from './names.ts';
import { regex } from './regex-shape.ts';
import type { HostReference, KnownErrorEntry, Selector, Template } from './runbook.ts';
import { hostShape, selectorShape } from './selector.ts';
import { count, duration, flag, listOf, mapOf, oneOf, type Placed, placed, record, type Shape, text, textAs } from './shape.ts';

/** What a fence, or a phase, may say of itself. */
export type OptionValues = {
  readonly on?: Selector;
  readonly at?: HostReference;
  readonly as?: Placed<string>;
  readonly each?: 'together' | 'one-by-one';
  readonly risk?: 'read' | 'change' | 'destroy';
  readonly when?: Placed<string>;
  readonly timeout?: number;
  readonly idle?: number;
  readonly every?: number;
  readonly for?: number;
  readonly exits?: readonly number[];
  readonly env?: readonly (Placed<Template> & { readonly name: string })[];
  readonly capture?: readonly (Placed<CaptureDraft> & { readonly name: string })[];
  readonly same?: readonly Placed<string>[];
  readonly unique?: readonly Placed<string>[];
  readonly raw?: boolean;
  readonly aside?: boolean;
  readonly known_errors?: readonly KnownErrorEntry[];
  readonly reboot?: boolean;
  readonly interactive?: boolean;
  readonly was?: readonly Placed<string>[];
  readonly write?: Template;
  readonly block?: boolean;
  readonly mode?: Template;
  readonly owner?: Template;
  readonly edit?: Template;
  readonly copy?: HostReference;
};
export type OptionName = keyof OptionValues;
export type OptionPlace = 'phase' | 'step' | 'then' | 'probe' | 'verify' | 'probe verify' | 'undo' | 'diagnose';

/** A text in which values may stand. It may be empty only where that says something. */
export function template(example: string, check: (literal: string) => string | null = () => null): Shape<Template> {
  return textAs(example, (source, { at }) => {
    const wrong = isLiteral(source) ? check(source) : null;
    return wrong === null ? { value: { source, at, raw: false } } : { wrong };
  });
}

/** A text in which values may stand, where an empty one says something too. */
export function templateOrEmpty(example: string): Shape<Template> {
  const full = template(example);
  return {
    example,
    read: (data, context) => (data.is === 'text' && data.text === '' ? { source: '', at: data.at, raw: false } : full.read(data, context)),
  };
}

/** An empty value is not set, so it may be said. */
export const envShape: Shape<readonly (Placed<Template> & { readonly name: string })[]> = mapOf(
  'KUBECONFIG',
  checkVariable,
  templateOrEmpty('/etc/kubernetes/admin.conf'),
);

/** Every option, and what its value must look like. */
export const optionShapes: { readonly [K in OptionName]-?: Shape<NonNullable<OptionValues[K]>> } = {
  on: selectorShape,
  at: hostShape,
  as: placed(text('login', checkUser)),
  each: oneOf('together', 'one-by-one'),
  risk: oneOf('read', 'change', 'destroy'),
  when: placed(text('pod_cidr != ""')),
  timeout: duration('10m'),
  idle: duration('2m'),
  every: duration('5s'),
  for: duration('4m'),
  exits: listOf(count('0', 0, 255)),
  env: envShape,
  capture: mapOf('join', checkName, captureShape),
  same: listOf(placed(text('uuid', checkName))),
  unique: listOf(placed(text('uuid', checkName))),
  raw: flag,
  aside: flag,
  known_errors: listOf(knownError()),
  reboot: flag,
  interactive: flag,
  was: listOf(placed(text('old-id', checkId))),
  write: template('/etc/haproxy/haproxy.cfg', checkPath),
  block: flag,
  mode: template('0644', (mode) => (/^[0-7]{3,4}$/.test(mode) ? null : `\`${mode}\` is no mode of a file.`)),
  owner: template('root:root', (owner) =>
    /^[A-Za-z0-9_][A-Za-z0-9_.-]*(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?$/.test(owner) ? null : `\`${owner}\` is no owner of a file.`,
  ),
  edit: template('/etc/fstab', checkPath),
  copy: hostShape,
};

const ofPart: readonly OptionName[] = ['capture', 'write', 'block', 'mode', 'owner', 'edit', 'copy', 'reboot', 'interactive'];
const ofProbe: readonly OptionName[] = ['at', 'as', 'env', 'exits', 'every', 'for', 'timeout', 'raw'];
const ofServe: readonly OptionName[] = ['on', ...ofProbe];

/** Where each option may be said. */
export const optionsOf: Readonly<Record<OptionPlace, readonly OptionName[]>> = {
  phase: ['on', 'at', 'as', 'each', 'when', 'env', 'timeout'],
  step: Object.keys(optionShapes) as OptionName[],
  // biome-ignore lint/suspicious/noThenProperty: `then` is the format's word for a further part
  then: [...ofProbe, ...ofPart],
  probe: ofProbe,
  verify: ofServe,
  'probe verify': ofProbe,
  undo: [...ofServe, 'risk'],
  diagnose: ofServe,
};

/** True where no value stands in a text, so that it can be checked when it is read. */
export function isLiteral(source: string): boolean {
  return !/\{\{|\{%/.test(source);
}

function checkUser(user: string): string | null {
  return /^[A-Za-z_][A-Za-z0-9_.-]{0,31}\$?$/.test(user) ? null : `\`${user}\` is no name of a user.`;
}

/** Whether it must be absolute depends on the hosts: on the console it need not be. */
function checkPath(path: string): string | null {
  return path.endsWith('/') || path.includes('\n') ? `\`${path}\` is no name of a file.` : null;
}

function knownError(): Shape<KnownErrorEntry> {
  const shape = record(
    {
      match: regex('connection refused'),
      cause: text('The API server does not answer yet.'),
      fix: text('start-kubelet', checkId),
    },
    ['match', 'cause'],
  );
  return {
    example: '{ match: connection refused, cause: The API server does not answer yet. }',
    read(data, context) {
      const { match, cause, fix } = shape.read(data, context) ?? {};
      if (match === undefined || cause === undefined) return undefined;
      return { match, cause, ...(fix === undefined ? {} : { fix }), at: data.at };
    },
  };
}
