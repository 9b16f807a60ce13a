import { expect, test } from 'vitest';
import { checked, oddMachines, openSetUp, wholeSetup } from './set-up-states.ts';
import { keys, type ShownSetUp, showSetUp } from './show-set-up.tsx';

const fingerprint = 'SHA256:9nYw0Xqk3hF7s2mZ6aD1cU5vT8bRr0QeLpJ4iGxKy2E';

const guide = (inputs: string): string => `# Guide

\`\`\`yaml runbook
handrail: 1
inputs:
${inputs}
roles:
  node: { min: 1 }
  first: { from: node, min: 1, max: 1, ask: Which node is the first one }
\`\`\`

## Phase

### Step

\`\`\`bash step=one
#| on: node
#| risk: read
true
\`\`\`
`;

/** The hosts' part of the shipped runbook. */
async function atHosts(): Promise<ShownSetUp> {
  const shown = await showSetUp(await openSetUp());
  await shown.press('cp.example.com', keys.enter, 'n');
  await shown.terminal.shows('set-up 2 of 3: hosts');
  return shown;
}

test('what is missing is typed at once; enter takes it, and n goes on', async () => {
  const { terminal, press, scene } = await showSetUp(await openSetUp());
  await press('cp.example.com', keys.enter);
  await terminal.shows(/ {2}endpoint +cp\.example\.com/);
  await terminal.shows(/> balancer +haproxy +default/);
  await press('n');
  expect(scene.state().part).toBe('hosts');
});

test('what is wrong stands below the field while it is typed', async () => {
  const { terminal, press } = await showSetUp(await openSetUp());
  await press('not_a_name');
  await terminal.shows('The input endpoint is "not_a_name"; it must match');
  await press(keys.enter);
  await terminal.shows(/> endpoint +not_a_name/);
  await press(keys.empty, 'cp.example.com');
  expect(terminal.text()).not.toContain('it must match\n');
  await terminal.shows(/> endpoint +cp\.example\.com/);
});

test('enter on nothing says that a value is needed, and n says which', async () => {
  const { terminal, press, scene } = await showSetUp(await openSetUp());
  await press(keys.enter);
  await terminal.shows('It is needed.');
  await press(keys.escape, 'n');
  await terminal.shows('n next: endpoint is needed');
  expect(scene.state().part).toBe('inputs');
});

test('the arrows leave a field with what was typed', async () => {
  const { terminal, press, scene } = await showSetUp(await openSetUp());
  await press('cp.exam', keys.down);
  await terminal.shows('> balancer');
  await press(keys.escape, keys.up, keys.enter, 'ple.com', keys.enter);
  expect(scene.state().setup.inputs['endpoint']).toBe('cp.example.com');
});

test('keys typed as fast as can be are all taken', async () => {
  const { rush, scene } = await showSetUp(await openSetUp());
  await rush('cp.exampel');
  await rush('\x7f\x7f');
  await rush('le.com');
  expect(scene.state().setup.inputs['endpoint']).toBe('cp.example.com');
});

test('a choice is chosen from a list', async () => {
  const { terminal, press, scene } = await showSetUp(await openSetUp());
  await press('cp.example.com', keys.enter, keys.enter);
  await terminal.shows(/> haproxy\n {2}dns/);
  await press(keys.down, keys.enter);
  expect(scene.state().setup.inputs['balancer']).toBe('dns');
});

test('a default is typed on from, and comes back with d', async () => {
  const { terminal, press, scene } = await showSetUp(await openSetUp({ given: { hosts: [], inputs: { endpoint: 'cp.example.com' } } }));
  await press('j', 'j', 'j');
  await terminal.shows('> kubernetes_version');
  await press(keys.enter, '0');
  expect(scene.state().setup.inputs['kubernetes_version']).toBe('1.36.20');
  await press(keys.escape, 'd');
  await terminal.shows(/> kubernetes_version +1\.36\.2 +default/);
});

test('a secret is never on the screen', async () => {
  const text = guide('  password: { type: secret, ask: Password }');
  const { terminal, press, scene } = await showSetUp(await openSetUp({ text }));
  await press('hush-hush-hush');
  await terminal.shows(/> password +•{14}/);
  await press(keys.enter);
  await terminal.shows(/password +•{8}$/m);
  await press('n', keys.down, keys.enter, 'a 192.0.2.1', keys.enter, keys.escape, keys.down, keys.enter, 'n');
  await expect.poll(() => scene.state().check?.isRunning).toBe(false);
  await press('n');
  await terminal.shows('set-up 3 of 3: summary');
  expect(scene.state().setup.inputs['password']).toBe('hush-hush-hush');
  expect(terminal.written()).not.toContain('hush-');
});

test('hosts are typed a line each, an empty line goes on to the next role', async () => {
  const { terminal, press, scene } = await atHosts();
  await press(keys.down, keys.enter, 'lb 192.0.2.80 ops', keys.enter, keys.enter);
  for (const n of [77, 78, 79]) await press(`server${n} 192.0.2.${n}`, keys.enter);
  await press(keys.escape);
  await terminal.shows(/control_plane {3}at least 3, an odd number +3 given/);
  expect(scene.state().setup.hosts.map(({ name, roles }) => [name, ...roles])).toEqual([
    ['lb', 'load_balancer'],
    ['server77', 'control_plane'],
    ['server78', 'control_plane'],
    ['server79', 'control_plane'],
  ]);
});

test('a wrong line stays to be mended', async () => {
  const { terminal, press, scene } = await atHosts();
  await press(keys.down, keys.enter, 'lb', keys.enter);
  await terminal.shows('The address is missing. Write NAME ADDRESS [USER].');
  await press(' 192.0.2.80', keys.enter);
  expect(scene.state().setup.hosts).toMatchObject([{ name: 'lb', address: '192.0.2.80' }]);
});

test('of keys that come together each counts where the one before has gone', async () => {
  const { terminal, press, rush, scene } = await atHosts();
  await press(keys.down, keys.enter, 'lb 192.0.2.80', keys.enter, 'other 192.0.2.81', keys.enter, keys.escape, keys.up, keys.up);
  await terminal.shows(/^> +lb /m);
  await rush('jx');
  expect(scene.state().setup.hosts.map(({ name }) => name)).toEqual(['lb']);
});

test('a typed host is changed and taken out', async () => {
  const { terminal, press, scene } = await atHosts();
  await press(keys.down, keys.enter, 'lb 192.0.2.80', keys.enter, keys.escape, keys.up, keys.enter);
  await terminal.shows('NAME ADDRESS [USER]: lb 192.0.2.80');
  await press('1', keys.enter);
  await terminal.shows('must be a host name or an IP address');
  expect(scene.state().setup.hosts).toMatchObject([{ name: 'lb', address: '192.0.2.80' }]);
  await press('\x7f', '\x7f', '1', keys.enter);
  expect(scene.state().setup.hosts).toMatchObject([{ name: 'lb', address: '192.0.2.81' }]);
  await press('x');
  expect(scene.state().setup.hosts).toEqual([]);
});

test('after a host is taken out the cursor stays in its role, where x takes out no other', async () => {
  const { terminal, press, scene } = await atHosts();
  await press(keys.down, keys.enter, 'lb 192.0.2.80', keys.enter, keys.escape, keys.up, 'x');
  await terminal.shows(/^> +add a host/m);
  await press(keys.enter, 'lb2 192.0.2.81', keys.enter);
  expect(scene.state().setup.hosts.map(({ name }) => name)).toEqual(['lb2']);
});

test('a host that is half typed is kept in its row until it is gone on with', async () => {
  const { terminal, press, scene } = await atHosts();
  await press(keys.down, keys.enter, 'lb 192.0', keys.escape);
  await terminal.shows(/> +not taken yet: lb 192\.0/);
  await press('n');
  await terminal.shows('n next: a row is typed, but not taken yet');
  await press(keys.enter, '.2.80', keys.enter);
  expect(scene.state().setup.hosts).toMatchObject([{ name: 'lb', address: '192.0.2.80' }]);
  await press(keys.escape);
  expect(terminal.text()).not.toContain('not taken yet');
});

test('a hosts file is read from its path, and its mistakes stand there with their places', async () => {
  const { terminal, press, scene, world } = await atHosts();
  world.files.set('bad.yaml', 'hosts:\n  lb: { role: load_balancer }\n');
  world.files.set('good.yaml', 'hosts:\n  lb: { address: 192.0.2.80, roles: [load_balancer] }\n');
  await press(keys.enter, 'bad.yaml', keys.enter);
  await terminal.shows('bad.yaml:2:9: error: `role` is no key here.');
  await press('n');
  await terminal.shows('n next: the hosts file has an error');
  await press(keys.enter);
  await terminal.shows('path: bad.yaml');
  await press(keys.empty, 'good.yaml', keys.enter);
  await terminal.shows('from a hosts file, 1 host: good.yaml');
  expect(scene.state().setup.hosts).toMatchObject([{ name: 'lb' }]);
  await press(keys.enter, keys.empty, keys.enter);
  await terminal.shows('from a hosts file: none named');
});

test('a role is given to one of the hosts of another role with enter', async () => {
  const text = guide('  name: { type: string, default: x }');
  const { terminal, press, scene } = await showSetUp(await openSetUp({ text }));
  await press('n', keys.down, keys.enter, 'a 192.0.2.1', keys.enter, 'b 192.0.2.2', keys.enter, keys.escape, keys.down);
  await terminal.shows('Which node is the first one');
  await press(keys.down, keys.enter);
  await terminal.shows(/> +\[x\] b/);
  expect(scene.state().setup.hosts.map(({ roles }) => roles)).toEqual([['node'], ['node', 'first']]);
});

test('keys typed before a host key is seen do not trust it, nor does one held down', async () => {
  const opened = await openSetUp({ given: wholeSetup, machines: { lb: { fingerprint } } });
  const { terminal, rush, press, scene } = await showSetUp(opened);
  await terminal.shows(fingerprint);
  for (let time = 0; time < 5; time++) await rush('t');
  expect(scene.state().questions).toHaveLength(1);
  await press('t');
  expect(scene.state().questions).toEqual([]);
});

test('x refuses a host key, and then the next part waits', async () => {
  const opened = await openSetUp({ given: wholeSetup, machines: { lb: { fingerprint } } });
  const { terminal, press, scene } = await showSetUp(opened);
  await terminal.shows('NEW KEY');
  await press('x');
  await terminal.shows(/\[!!\] lb +not trusted/);
  await press('n');
  await terminal.shows('n next: lb: the host key is not trusted');
  await press('r');
  await terminal.shows('NEW KEY');
  await press('t', 'n');
  expect(scene.state().part).toBe('summary');
});

test('a password is typed as dots, and given to all hosts with tab', async () => {
  const machines = { server77: { password: 'sesame' }, server78: { password: 'sesame' } };
  const opened = await openSetUp({ given: wholeSetup, machines });
  const { terminal, press, rush, scene } = await showSetUp(opened);
  await terminal.shows('server77 asks: ops@server77');
  await rush('n');
  await press('ses');
  await rush('ame');
  await terminal.shows(/> •{6}$/m);
  await press(keys.tab);
  await checked(opened);
  expect(scene.state().check?.hosts.map(({ is }) => is)).toEqual(['reached', 'reached', 'reached', 'reached']);
  expect(terminal.written()).not.toContain('sesame');
});

test('tab in one piece with the end of a password gives nothing: what it would give was not seen', async () => {
  const machines = { server77: { password: 'sesame' }, server78: { password: 'sesame' } };
  const { terminal, press, rush, sent } = await showSetUp(await openSetUp({ given: wholeSetup, machines }));
  await press('ses');
  await terminal.shows('> •••');
  await rush('ame\t');
  await terminal.shows('> ••••••');
  expect(sent.filter((act) => act.do === 'answer')).toEqual([]);
});

test('esc gives no password, and the host says that it did not let anybody in', async () => {
  const opened = await openSetUp({ given: wholeSetup, machines: { server77: { password: 'sesame' } } });
  const { terminal, press } = await showSetUp(opened);
  await terminal.shows('server77 asks');
  await press(keys.escape);
  await terminal.shows(/\[!!\] server77 +login refused/);
});

test('each way to fail is told in its own sentences', async () => {
  const opened = await openSetUp({ given: wholeSetup, machines: oddMachines });
  const { terminal } = await showSetUp(opened);
  await checked(opened);
  await terminal.shows('ops may not become root on server77.');
  await terminal.shows('server78: its clock is 6.8 s ahead of this computer');
  await terminal.shows('server79 (192.0.2.79) refuses connections on port 22.');
  await terminal.shows('lb and server78 are one machine: check their addresses.');
});

test('the run begins with y, but not by a y typed ahead', async () => {
  const opened = await openSetUp({ given: wholeSetup });
  const { terminal, press, rush, world } = await showSetUp(opened);
  await checked(opened);
  await press('n');
  await terminal.shows('y begin the run');
  for (let time = 0; time < 5; time++) await rush('y');
  expect(world.begun).toEqual([]);
  await press('\x1b[200~y\x1b[201~', keys.enter);
  expect(world.begun).toEqual([]);
  await press('y');
  expect(world.begun).toEqual([wholeSetup]);
  const end = await opened.scene.ended;
  if (end.is === 'begun') await end.run.close();
});

test('typed hosts are saved from the summary', async () => {
  const shown = await atHosts();
  const { terminal, press, world } = shown;
  await press(keys.down, keys.enter, 'lb 192.0.2.80', keys.enter, keys.enter);
  for (const n of [77, 78, 79]) await press(`server${n} 192.0.2.${n}`, keys.enter);
  await press(keys.escape, 'n');
  await checked(shown);
  await press('n', 's', 'mine.yaml', keys.enter);
  await terminal.shows('The hosts are saved as mine.yaml.');
  expect(world.files.get('mine.yaml')).toContain('server79');
});

test('q asks before what was typed is lost, and n stays', async () => {
  const { terminal, press, scene } = await showSetUp(await openSetUp());
  await press('cp', keys.escape, 'q');
  await terminal.shows('Leave this set-up?');
  await press('n');
  await terminal.shows(/> endpoint +cp/);
  await press(keys.escape, 'q', 'y');
  expect(await scene.ended).toEqual({ is: 'left' });
});

test('esc goes back a part with everything as it was', async () => {
  const { terminal, press } = await atHosts();
  await press(keys.down, keys.enter, 'lb 192.0.2.80', keys.enter, keys.escape, keys.escape);
  await terminal.shows('set-up 1 of 3: inputs');
  await press('n');
  await terminal.shows('lb   192.0.2.80');
});
