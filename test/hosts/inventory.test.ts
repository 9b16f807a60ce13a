import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readInventory } from '../../src/hosts/inventory.ts';
import { writeInventory } from '../../src/hosts/write-inventory.ts';
import type { SetupHost } from '../../src/runbook/runbook.ts';

const read = (text: string) => readInventory('hosts.yaml', text);
const told = (text: string): readonly string[] =>
  read(text).problems.map(({ severity, line, column, message, advice }) => `${severity} ${line}:${column} ${message} | ${advice}`);

describe('hosts file', () => {
  test('every scalar is text, and defaults fill what a host does not say', () => {
    const { hosts, problems } = read(`
hosts:
  server77: { address: 172.18.194.77, roles: [control_plane], port: 2222, key: ~/.ssh/id, jump: bastion }
  server78: { address: 172.18.194.78, ssh: web, roles: worker, user: root, values: { interface: eth1, version: 1.30, yes: no } }
  bastion: { address: gate.example.com }
defaults: { user: ops, jump: bastion }
`);
    expect(problems).toEqual([]);
    expect(hosts).toEqual([
      {
        name: 'server77',
        address: '172.18.194.77',
        roles: ['control_plane'],
        port: 2222,
        key: '~/.ssh/id',
        jump: 'bastion',
        user: 'ops',
        values: {},
      },
      {
        name: 'server78',
        address: '172.18.194.78',
        ssh: 'web',
        roles: ['worker'],
        user: 'root',
        jump: 'bastion',
        values: { interface: 'eth1', version: '1.30', yes: 'no' },
      },
      { name: 'bastion', address: 'gate.example.com', roles: [], user: 'ops', values: {} },
    ]);
  });

  test('all problems of a file are told at once, each with its place and the nearest right key', () => {
    const text = `hosts:
  server 77: { address: 10.0.0.1 }
  server78: { adress: 10.0.0.2, port: 70000 }
  console: { address: 10.0.0.3 }
  server79: { address: 10.0.0.4, roles: [Worker], facts: { os: debian } }
defalts: { user: ops }
`;
    expect(told(text)).toMatchInlineSnapshot(`
      [
        "error 2:3 \`server 77\` is no name of a host: letters, digits, dots, _ and -. | Write: hosts: { server77: { address: 192.0.2.10, roles: [control_plane] } }",
        "error 3:13 \`address\` is missing. | Write: hosts: { server78: { address: 192.0.2.10 } }",
        "error 3:15 \`adress\` is no key here. Did you mean \`address\`? | Write: hosts: { server78: { address: 192.0.2.10 } }",
        "error 3:39 \`70000\` is no whole number from 1 to 65535. | Write: hosts: { server78: { port: 22 } }",
        "error 4:3 \`console\` is a word of handrail itself and cannot be a host's name. | Write: hosts: { server77: { address: 192.0.2.10, roles: [control_plane] } }",
        "error 5:42 \`Worker\` is no name: small letters, digits and _, a letter first. | Write: hosts: { server79: { roles: [control_plane] } }",
        "error 5:51 \`facts\` is no key here: they are read from the host. | Take it out: facts: …",
        "error 6:1 \`defalts\` is no key here. Did you mean \`defaults\`? | Write: defaults: { user: ops }",
      ]
    `);
    expect(read(text).hosts).toBeNull();
  });

  test('jump hosts that go round in a circle are refused', () => {
    expect(
      told('hosts:\n  a: { address: 10.0.0.1, jump: b }\n  b: { address: 10.0.0.2, jump: c }\n  c: { address: 10.0.0.3, jump: b }\n'),
    ).toMatchInlineSnapshot(`
      [
        "error 3:33 The jump hosts go round in a circle: b → c → b. | Take one \`jump\` of them out.",
      ]
    `);
  });

  test('a jump that is nearly a host of the file, and two hosts at one address, are warned of', () => {
    const text = 'hosts:\n  bastion: { address: 10.0.0.1 }\n  a: { address: 10.0.0.2, jump: bastian }\n  b: { address: 10.0.0.2 }\n';
    expect(told(text)).toMatchInlineSnapshot(`
      [
        "warning 3:33 \`bastian\` is no host of this file, and is looked for in the ssh configuration. Did you mean \`bastion\`? | Write the name of a host: jump: bastion",
        "warning 4:17 \`b\` has the address of \`a\`. | Check it: address: 10.0.0.2",
      ]
    `);
    expect(read(text).hosts).toHaveLength(3);
  });

  test.each([
    ['', 'There is no host'],
    ['hosts: {}', 'There is no host'],
    ['hosts: [a, b]', 'Keys and values are needed'],
    ['hosts:\n  a: { address: 10.0.0.1, user: -oProxyCommand=x }', 'no name of a user'],
    ['hosts: {a: {address: 10.0.0.1}, a: {address: 10.0.0.2}}', 'twice'],
    ['hosts: {a: {address: 10.0.0.1}', 'cannot be read'],
  ])('refuses %j', (text, says) => {
    expect(read(text).hosts).toBeNull();
    expect(read(text).problems[0]?.message).toContain(says);
  });

  test('whatever stands in a file, reading it neither throws nor hangs', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: fc.constantFrom(...'hosts: {}[]&*!|>-\n\t"\'#%@`,?aA1.é\0') }), (text) => {
        const { hosts, problems } = read(text);
        expect(hosts === null).toBe(problems.some(({ severity }) => severity === 'error'));
      }),
      { numRuns: 300 },
    );
  });

  test('hosts typed in set-up are read back from the file they are saved as', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/).filter((word) => !['host', 'hosts', 'all', 'console'].includes(word));
    const host = fc.record(
      {
        address: fc.ipV4(),
        ssh: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9.-]{0,9}$/),
        roles: fc.uniqueArray(name, { maxLength: 3 }),
        user: fc.stringMatching(/^[a-z][a-z0-9_.-]{0,9}$/),
        port: fc.integer({ min: 1, max: 65_535 }),
        key: fc.string({ minLength: 1, maxLength: 30 }).filter((text) => !/[\u0000-\u001f\u007f-\u009f]/.test(text)),
        values: fc.dictionary(name, fc.constantFrom('1.30', 'no', "it's", 'a: b', '#x', '{}', '"', 'é \\ x', '~', ' x '), { maxKeys: 3 }),
      },
      { requiredKeys: ['address', 'roles', 'values'] },
    );
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/).filter((word) => word !== 'host'),
          host,
          { minKeys: 1, maxKeys: 4 },
        ),
        (named) => {
          const hosts = Object.entries(named)
            .filter(([word]) => !['hosts', 'all', 'console'].includes(word))
            .map(([word, rest]) => ({ name: word, ...rest, values: { ...rest.values } })) as SetupHost[];
          fc.pre(hosts.length > 0);
          const back = read(writeInventory(hosts));
          expect(back.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
          expect(back.hosts).toEqual(hosts);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('schema of the hosts file', () => {
  // The validator that `conf` brings along: an editor uses another, but the same language.
  const ajv = createRequire(import.meta.resolve('conf'))('ajv/dist/2020.js');
  const schema = JSON.parse(readFileSync(fileURLToPath(new URL('../../schema/hosts.schema.json', import.meta.url)), 'utf8'));
  const validate = new ajv.default({ strict: false }).compile(schema);

  test.each([
    [true, 'hosts: { a: { address: 10.0.0.1 } }'],
    [true, 'hosts: { a: { address: web.example.com, ssh: web, roles: worker, user: ops, port: 22, key: ~/.ssh/id, jump: b } }'],
    [
      true,
      'hosts: { a: { address: "fe80::1", roles: [one, two], values: { interface: eth1, count: 3, on: true } } }\ndefaults: { user: ops, port: 2222 }',
    ],
    [false, 'hosts: {}'],
    [false, 'defaults: { user: ops }'],
    [false, 'hosts: { a: { } }'],
    [false, 'hosts: { a: { address: 10.0.0.1, addres: x } }'],
    [false, 'hosts: { a: { address: "not an address" } }'],
    [false, 'hosts: { a: { address: -x } }'],
    [false, 'hosts: { all: { address: 10.0.0.1 } }'],
    [false, 'hosts: { -a: { address: 10.0.0.1 } }'],
    [false, 'hosts: { a: { address: 10.0.0.1, port: 0 } }'],
    [false, 'hosts: { a: { address: 10.0.0.1, port: many } }'],
    [false, 'hosts: { a: { address: 10.0.0.1, roles: [Worker] } }'],
    [false, 'hosts: { a: { address: 10.0.0.1, roles: [console] } }'],
    [false, 'hosts: { a: { address: 10.0.0.1, user: "-x" } }'],
    [false, 'hosts: { a: { address: 10.0.0.1, key: "" } }'],
    [false, 'hosts: { a: { address: 10.0.0.1, values: { Big: x } } }'],
    [false, 'hosts: { a: { address: 10.0.0.1, facts: { os: debian } } }'],
    [false, 'hosts: { a: { address: 10.0.0.1 } }\nextra: 1'],
    [false, 'hosts: { a: { address: 10.0.0.1 } }\ndefaults: { roles: [x] }'],
  ])('schema and reader agree: %s for %j', (isRight, text) => {
    expect(read(text).hosts !== null).toBe(isRight);
    expect(validate(parse(text))).toBe(isRight);
  });
});
