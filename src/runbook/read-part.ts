import type { FenceBody, Options } from './fence-options.ts';
import { isShell } from './fence-options.ts';
import { inherit, type Lineage } from './inherited.ts';
import type { Fence } from './markdown-elements.ts';
import type { OptionName } from './option-table.ts';
import { checkPaths, checkPlace, refuseOthers, refuseWithoutOutput } from './part-checks.ts';
import type { Report } from './report.ts';
import type { Capture, FenceOptions, Part, PartKindName, Shell, Template } from './runbook.ts';

/** A fence that is a part, with what was read of it. */
export type PartReading = {
  readonly fence: Fence;
  readonly options: Options;
  readonly body: FenceBody;
  readonly report: Report;
  /** True where the part acts on the operator's own machine, whose paths may be relative. */
  readonly isOnConsole: boolean;
};

/** Reads a part of a step: what kind it is, by its options and language, and all it says. Nothing where no kind fits. */
export function readPart(reading: PartReading, lineage: Lineage): Part | undefined {
  const { fence, options, body, report } = reading;
  const kind = partKindOf(reading);
  if (kind === undefined) return undefined;
  refuseOthers(kind, owners, reading);
  refuseWithoutOutput(kind, reading);
  const shared = inherit(lineage, options.values, fence.at);
  const text: Template = { source: body.text, at: body.at, raw: options.values.raw ?? false };
  if (body.text.trim() === '' && kind !== 'file')
    report.error(fence.at, `This fence is empty; ${kinds[kind].needs}.`, `Write it between the marks: ${kinds[kind].body}`);
  return kinds[kind].read({ ...reading, shared, text });
}

type Kind = {
  /** The options that are this kind's own. */
  readonly own: readonly OptionName[];
  /** What its body must hold, and an example. */
  readonly needs: string;
  readonly body: string;
  read(all: PartReading & { readonly shared: FenceOptions; readonly text: Template }): Part | undefined;
};

const kinds: Readonly<Record<PartKindName, Kind>> = {
  command: {
    own: ['capture', 'reboot', 'interactive'],
    needs: 'a command is needed',
    body: 'kubeadm init',
    read: ({ fence, options: { values }, shared, text }) => ({
      ...shared,
      kind: 'command',
      shell: shellOf(fence),
      body: text,
      captures: capturesOf(values.capture),
      isReboot: values.reboot ?? false,
      isInteractive: values.interactive ?? false,
    }),
  },
  file: {
    own: ['write', 'block', 'mode', 'owner'],
    needs: 'the content of the file is needed',
    body: 'net.ipv4.ip_forward = 1',
    read(all) {
      const { write } = all.options.values;
      if (write === undefined) return undefined;
      checkPlace(write, all, 'write');
      return {
        ...all.shared,
        kind: 'file',
        language: all.fence.language,
        path: write,
        content: all.text,
        ...access(all.options),
        isBlock: all.options.values.block ?? false,
      };
    },
  },
  edit: {
    own: ['edit', 'mode', 'owner'],
    needs: 'a filter from the old file to the new one is needed',
    body: "sed '/ swap /s/^/#/'",
    read(all) {
      const { edit } = all.options.values;
      if (edit === undefined) return undefined;
      checkPlace(edit, all, 'edit');
      return { ...all.shared, kind: 'edit', path: edit, shell: shellOf(all.fence), filter: all.text, ...access(all.options) };
    },
  },
  copy: {
    own: ['copy'],
    needs: 'one path a line is needed',
    body: '/etc/kubernetes/pki/ca.crt',
    read(all) {
      const { copy } = all.options.values;
      if (copy === undefined) return undefined;
      checkPaths(all);
      return { ...all.shared, kind: 'copy', from: copy, list: all.text };
    },
  },
  'by-hand': {
    own: ['capture'],
    needs: 'what the operator is to do is needed',
    body: 'Point the name cp.example.com at all control planes.',
    read: ({ options: { values }, shared, text }) => ({
      ...shared,
      kind: 'by-hand',
      instruction: text,
      captures: capturesOf(values.capture),
    }),
  },
};

const owners: Readonly<Record<PartKindName, readonly OptionName[]>> = {
  command: kinds.command.own,
  file: kinds.file.own,
  edit: kinds.edit.own,
  copy: kinds.copy.own,
  'by-hand': kinds['by-hand'].own,
};

function partKindOf({ fence, options, report }: PartReading): PartKindName | undefined {
  const given = (['write', 'edit', 'copy'] as const).filter((name) => options.places[name] !== undefined);
  const [first, second] = given;
  if (second !== undefined) {
    report.error(
      options.places[second] ?? fence.at,
      `A part is one thing: \`${first}\` and \`${second}\` do not go together.`,
      `Put the second into a fence of its own: \`\`\`${fence.language} then`,
    );
    return undefined;
  }
  if (first === 'edit' && !isShell(fence.language)) {
    report.error(
      fence.at,
      `An edit is a filter in bash or sh, not in \`${fence.language}\`.`,
      `Write: \`\`\`bash ${fence.words.join(' ')}`,
    );
    return undefined;
  }
  if (first !== undefined) return first === 'write' ? 'file' : first;
  if (isShell(fence.language)) return 'command';
  if (fence.language === 'text') return 'by-hand';
  report.error(
    fence.at,
    `Nothing says what is done with this \`${fence.language}\`: commands are bash or sh.`,
    `Say where it is written: #| write: /etc/${fence.language}.conf`,
  );
  return undefined;
}

function access({ values: { mode, owner } }: Options): { mode?: Template; owner?: Template } {
  return { ...(mode === undefined ? {} : { mode }), ...(owner === undefined ? {} : { owner }) };
}

function capturesOf(captures: Options['values']['capture'] = []): readonly Capture[] {
  return captures.map(({ name, at, value }) => ({ name, at, ...value }));
}

function shellOf(fence: Fence): Shell {
  return fence.language === 'sh' ? 'sh' : 'bash';
}
