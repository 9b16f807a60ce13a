import type { SetupHost } from '../runbook/runbook.ts';

/** Writes hosts as a hosts file, one host a line; `readInventory` reads the same hosts from it. Facts are left out: hosts tell them. */
export function writeInventory(hosts: readonly SetupHost[]): string {
  const width = Math.max(0, ...hosts.map(({ name }) => name.length));
  return `hosts:\n${hosts.map((host) => `  ${`${host.name}:`.padEnd(width + 1)} { ${keysOf(host).join(', ')} }\n`).join('')}`;
}

function keysOf({ address, ssh, roles, user, port, key, jump, values }: SetupHost): readonly string[] {
  const texts = { address, ssh, user, port: port?.toString(), key, jump };
  const given = Object.entries(texts).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${scalar(value)}`]));
  const answers = Object.entries(values).map(([name, value]) => `${name}: ${scalar(value)}`);
  return [
    ...given.slice(0, ssh === undefined ? 1 : 2),
    ...(roles.length > 0 ? [`roles: [${roles.map(scalar).join(', ')}]`] : []),
    ...given.slice(ssh === undefined ? 1 : 2),
    ...(answers.length > 0 ? [`values: { ${answers.join(', ')} }`] : []),
  ];
}

/** All scalars are text, so that `22` and `no` need no quotes; a text in double quotes is written as JSON writes it. */
function scalar(text: string): string {
  return /^[A-Za-z0-9_./~][A-Za-z0-9_./~-]*$/.test(text) && text !== '~' ? text : JSON.stringify(text);
}
