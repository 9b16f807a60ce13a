import { isLiteral, type OptionName } from './option-table.ts';
import type { PartReading } from './read-part.ts';
import type { PartKindName, Template } from './runbook.ts';

/** Tells options that belong to other kinds of parts; `owners` says which options are whose. */
export function refuseOthers(
  kind: PartKindName,
  owners: Readonly<Record<PartKindName, readonly OptionName[]>>,
  { options, report }: PartReading,
): void {
  for (const name of new Set(Object.values(owners).flat())) {
    const at = options.places[name];
    if (at === undefined || owners[kind].includes(name)) continue;
    const right = Object.entries(owners).filter(([, own]) => own.includes(name));
    report.error(
      at,
      `\`${name}\` means nothing for a ${kind} part; it belongs to ${right.map(([kind]) => kind).join(' and ')}.`,
      `Take it out: #| ${name}: …`,
    );
  }
}

/** A part that is no plain command leaves no output to read, and is not run again by itself. */
export function refuseWithoutOutput(kind: PartKindName, { fence, options, report }: PartReading): void {
  const { interactive, capture = [], every, for: howLong } = options.values;
  if (kind === 'command' && !interactive) return;
  const part = kind === 'command' ? 'an interactive part' : `a ${kind} part`;
  for (const { name, value, at } of capture)
    if (value.how.by !== 'ask')
      report.error(
        at,
        `\`${name}\` cannot be read: ${part} leaves no output.`,
        `Let the operator type it: #| capture: { ${name}: { ask: What does it show } }`,
      );
  if (every !== undefined || howLong !== undefined)
    report.error(
      options.places.for ?? options.places.every ?? fence.at,
      `This is ${part}, which is not run again by itself.`,
      'Take it out, or wait in a fence of its own: ```bash verify',
    );
}

/** A path on a host is a whole one. */
export function checkPlace(path: Template, { report, isOnConsole }: PartReading, option: string): void {
  if (!isOnConsole && isLiteral(path.source) && !path.source.startsWith('/'))
    report.error(path.at, `\`${path.source}\` does not begin with /.`, `Write the whole path: #| ${option}: /${path.source}`);
}

/** The list of a copy: one path a line, `FROM -> TO` where they differ. */
export function checkPaths({ body, report, isOnConsole, options }: PartReading): void {
  const isFromConsole = options.values.copy?.name === 'console';
  body.text.split('\n').forEach((line, index) => {
    const place = { ...body.at, line: body.at.line + index };
    const [from = '', to, ...more] = line.trim().split(/\s+->\s+/);
    if (line.trim() === '' || !isLiteral(line)) return;
    if (more.length > 0 || to === '' || /^->|->$/.test(line.trim()))
      report.error(
        place,
        'This line does not say one path, or one path and another.',
        'Write: /etc/kubernetes/pki/ca.crt -> /etc/kubernetes/pki/etcd/ca.crt',
      );
    const onHosts = [...(isFromConsole ? [] : [from]), ...(isOnConsole ? [] : [to ?? from])];
    for (const path of new Set(onHosts))
      if (!path.startsWith('/') && more.length === 0)
        report.error(place, `\`${path}\` does not begin with /.`, `Write the whole path: /${path}`);
    if (to !== undefined && from.endsWith('/') !== to.endsWith('/'))
      report.error(
        place,
        'A folder can only go to a folder; both end with /.',
        `Write: ${from.replace(/\/?$/, '/')} -> ${to.replace(/\/?$/, '/')}`,
      );
  });
}
