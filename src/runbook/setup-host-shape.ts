import { checkValue } from '../parsers/value-type.ts';
import { checkName } from './names.ts';
import type { Facts, SetupHost } from './runbook.ts';
import { count, listOf, mapOf, record, type Shape, text } from './shape.ts';

/** A host of an example, as it would stand in a hosts file, without its name. */
export const hostDataShape: Shape<Omit<SetupHost, 'name'>> = {
  example: '{ address: 192.0.2.10, roles: [control_plane] }',
  read(data, context) {
    const { address, roles, values, facts, ...login } = shape.read(data, context) ?? {};
    if (address === undefined) return undefined;
    return {
      ...login,
      address,
      roles: roles ?? [],
      values: Object.fromEntries((values ?? []).map(({ name, value }) => [name, value])),
      ...(facts === undefined ? {} : { facts }),
    };
  },
};

const factsShape: Shape<Facts> = record({
  os: text('ubuntu'),
  family: text('debian'),
  release: text('24.04'),
  arch: text('amd64'),
  hostname: text('server1'),
  interface: text('eth0'),
  memory: count('4096', 1, 999_999_999),
  cores: count('2', 1, 100_000),
});

const shape = record(
  {
    address: text('192.0.2.10', checkAddress),
    ssh: text('192.0.2.10', (name) => (/^[A-Za-z0-9][A-Za-z0-9._:-]*$/.test(name) ? null : `\`${name}\` is no address.`)),
    roles: listOf(text('control_plane', checkName)),
    user: text('ops'),
    port: count('22', 1, 65_535),
    key: text('~/.ssh/id_ed25519'),
    jump: text('bastion'),
    values: mapOf('interface', checkName, text('eth1')),
    facts: factsShape,
  },
  ['address'],
);

function checkAddress(address: string): string | null {
  const wrong = checkValue('host', address);
  return wrong === null ? null : `\`${address}\` is no address: it ${wrong}.`;
}
