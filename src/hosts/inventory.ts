import { type Data, type Entry, readData } from '../runbook/data.ts';
import { didYouMean } from '../runbook/did-you-mean.ts';
import { checkHostName } from '../runbook/names.ts';
import type { Place, Problem } from '../runbook/problem.ts';
import { createReport, type Report } from '../runbook/report.ts';
import type { SetupHost } from '../runbook/runbook.ts';
import { hostDataShape } from '../runbook/setup-host-shape.ts';
import { type Context, count, mapOf, record, type Shape, text, write } from '../runbook/shape.ts';
import { readSource } from '../runbook/source-text.ts';

/** What a hosts file says, or `null` where it has an error; every problem in it at once. */
export type Inventory = { readonly hosts: readonly SetupHost[] | null; readonly problems: readonly Problem[] };

/** Reads a hosts file: hosts in the order of the file, what `defaults` says put into each that does not say it itself. */
export function readInventory(file: string, source: string): Inventory {
  const { text: plain, lines } = readSource(file, source);
  const report = createReport(lines);
  const start: Place = { file, line: 1, column: 1 };
  const data = readData(
    file,
    plain.split('\n').map((line, index) => ({ text: line, line: index + 1, column: 1 })),
    report,
    (line) => line,
  );
  const hosts = data === undefined ? [] : hostsOf(data, report);
  if (hosts.length === 0 && !hasError(report)) report.error(start, 'There is no host in this file.', write(`hosts: ${hostsShape.example}`));
  return { hosts: hasError(report) ? null : hosts, problems: report.problems() };
}

const defaultsShape = record({
  user: text('ops', checkUser),
  port: count('22', 1, 65_535),
  key: text('~/.ssh/id_ed25519'),
  jump: text('bastion'),
});

/** As in a runbook's example, but for facts, which a real host tells itself. */
const hostShape: Shape<Omit<SetupHost, 'name'>> = {
  example: hostDataShape.example,
  read(data, context) {
    const facts = entryOf(data, 'facts');
    if (facts !== undefined)
      context.report.error(facts.at, '`facts` is no key here: they are read from the host.', 'Take it out: facts: …');
    const host = hostDataShape.read(data, context);
    const user = entryOf(data, 'user');
    const wrong = host?.user === undefined ? null : checkUser(host.user);
    if (wrong !== null && user !== undefined) context.report.error(user.value.at, wrong, write(context.line('{ user: ops }')));
    return host;
  },
};

const hostsShape = mapOf('server77', checkHostName, hostShape);
const fileShape = record({ hosts: hostsShape, defaults: defaultsShape }, ['hosts']);

function hostsOf(data: Data, report: Report): readonly SetupHost[] {
  const context: Context = { report, line: (value) => value.replace(/^\{ (.*) \}$/, '$1') };
  const { hosts = [], defaults = {} } = fileShape.read(data, context) ?? {};
  const read = hosts.map(({ name, value }): SetupHost => {
    const jump = value.jump ?? (defaults.jump === name ? undefined : defaults.jump);
    const { jump: _, ...rest } = { ...defaults, ...value };
    return { ...rest, name, ...(jump === undefined ? {} : { jump }) };
  });
  checkJumps(data, read, report);
  checkTwins(data, read, report);
  return read;
}

/** A jump host is reached without itself: a circle leads nowhere. */
function checkJumps(data: Data, hosts: readonly SetupHost[], report: Report): void {
  const byName = new Map(hosts.map((host) => [host.name, host]));
  const told = new Set<string>();
  for (const host of hosts) {
    const at = placeOfJump(data, host.name);
    if (host.jump !== undefined && !byName.has(host.jump)) {
      const hint = didYouMean(host.jump, byName.keys());
      if (hint !== '')
        report.warning(
          at,
          `\`${host.jump}\` is no host of this file, and is looked for in the ssh configuration.${hint}`,
          'Write the name of a host: jump: bastion',
        );
    }
    const path = [host.name];
    for (let next = host.jump; next !== undefined; next = byName.get(next)?.jump) {
      path.push(next);
      if (next === host.name) {
        if (!told.has(host.name))
          report.error(at, `The jump hosts go round in a circle: ${path.join(' → ')}.`, 'Take one `jump` of them out.');
        for (const name of path) told.add(name);
      }
      if (path.indexOf(next) !== path.length - 1) break;
    }
  }
}

/** Two names for one machine are mostly a copied line whose address was not changed. */
function checkTwins(data: Data, hosts: readonly SetupHost[], report: Report): void {
  const seen = new Map<string, string>();
  for (const host of hosts) {
    const where = JSON.stringify([host.address, host.ssh, host.port]);
    const before = seen.get(where);
    const at = entryOf(hostData(data, host.name), 'address')?.value.at;
    if (before === undefined) seen.set(where, host.name);
    else if (at !== undefined)
      report.warning(at, `\`${host.name}\` has the address of \`${before}\`.`, `Check it: address: ${host.address}`);
  }
}

function checkUser(user: string): string | null {
  return /^[A-Za-z0-9_][^\s\u0000-\u001f\u007f:/]*$/.test(user) ? null : `\`${user}\` is no name of a user.`;
}

function placeOfJump(data: Data, name: string): Place {
  const own = entryOf(hostData(data, name), 'jump') ?? entryOf(entryOf(data, 'defaults')?.value, 'jump');
  return own?.value.at ?? data.at;
}

function hostData(data: Data, name: string): Data | undefined {
  return entryOf(entryOf(data, 'hosts')?.value, name)?.value;
}

function entryOf(data: Data | undefined, key: string): Entry | undefined {
  return data?.is === 'map' ? data.entries.find((entry) => entry.key === key) : undefined;
}

function hasError(report: Report): boolean {
  return report.problems().some(({ severity }) => severity === 'error');
}
