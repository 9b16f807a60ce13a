import { expect, onTestFinished, test } from 'vitest';
import type { Setup } from '../../src/plan/plan.ts';
import { openSetUpScene, type SetUpScene } from '../../src/scenes/set-up-scene.ts';
import type { InputField } from '../../src/scenes/set-up-state.ts';
import { type CheckedMachine, runbookOf, setUpWorld, type TestWorld } from './set-up-world.ts';

const text = `# Guide

\`\`\`yaml runbook
handrail: 1
inputs:
  endpoint: { type: host, ask: Name of the endpoint }
  version: { type: version, default: "1.36.2", ask: Version }
  package: { type: string, default: "kubeadm={{ version }}" }
  servers: { type: ipv4, list: true, ask: Time servers }
  card: { type: string, per: node, default: "{{ host.facts.interface }}", ask: Network card }
  password: { type: secret, ask: Password }
roles:
  node: { min: 1, odd: true }
  first: { from: node, min: 1, max: 1, ask: Which node is the first one }
rules:
  - { must: 'version >= "1.30"', says: Older versions are not meant here }
\`\`\`

## Phase

### Step

\`\`\`bash step=one
#| on: node
#| risk: read
true
\`\`\`
`;

const whole: Setup = {
  hosts: [{ name: 'a', address: '192.0.2.1', roles: ['node', 'first'], values: {} }],
  inputs: { endpoint: 'k8s.example.net', servers: ['192.0.2.9'], password: 'hush-hush-hush' },
};

type Opened = { readonly scene: SetUpScene; readonly world: TestWorld };

async function open(given?: Setup, machines: Readonly<Record<string, CheckedMachine>> = {}): Promise<Opened> {
  const runbook = runbookOf(text);
  const world = await setUpWorld(runbook, text, machines);
  const scene = openSetUpScene({ runbook, world, ...(given === undefined ? {} : { given }) });
  onTestFinished(() => scene.close());
  return { scene, world };
}

function field({ scene }: Opened, id: string): InputField | undefined {
  const { inputs, answers } = scene.state();
  return [...inputs, ...answers].find((each) => each.id === id);
}

function type({ scene }: Opened, typed: Readonly<Record<string, string>>): void {
  for (const [id, line] of Object.entries(typed)) scene.act({ do: 'type-input', field: id, text: line });
}

/** All inputs and a host typed, up to the check. */
async function typedToCheck(machines: Readonly<Record<string, CheckedMachine>> = {}): Promise<Opened> {
  const opened = await open(undefined, machines);
  const { scene } = opened;
  type(opened, { endpoint: 'k8s.example.net', servers: '192.0.2.9', password: 'hush-hush-hush' });
  scene.act({ do: 'next-part' });
  scene.act({ do: 'type-host', role: 'node', line: 'a 192.0.2.1 ops' });
  scene.act({ do: 'choose-host', role: 'first', host: 'a' });
  scene.act({ do: 'next-part' });
  scene.act({ do: 'next-part' });
  return opened;
}

async function checked({ scene }: Opened): Promise<void> {
  await expect.poll(() => scene.state().check?.isRunning).toBe(false);
}

test('an input is checked while it is typed, and what was typed stays', async () => {
  const opened = await open();
  type(opened, { endpoint: 'not a name' });
  expect(field(opened, 'endpoint')).toMatchObject({ typed: 'not a name', wrong: expect.stringContaining('must be a host name') });
  type(opened, { endpoint: 'k8s.example.net' });
  expect(field(opened, 'endpoint')).toMatchObject({ typed: 'k8s.example.net', wrong: null });
});

test('a default is shown, follows the inputs it is made of, and is taken back to', async () => {
  const opened = await open();
  expect(field(opened, 'package')?.usual).toEqual({ is: 'value', text: 'kubeadm=1.36.2' });
  type(opened, { version: '1.35.0', package: 'kubeadm=1.34' });
  expect(field(opened, 'package')).toMatchObject({ typed: 'kubeadm=1.34', usual: { is: 'value', text: 'kubeadm=1.35.0' } });
  opened.scene.act({ do: 'clear-input', field: 'package' });
  expect(opened.scene.state().setup.inputs).not.toHaveProperty('package');
});

test('a list takes several words, each checked by its type', async () => {
  const opened = await open();
  type(opened, { servers: '192.0.2.9 192.0.2.999' });
  expect(field(opened, 'servers')?.wrong).toContain('192.0.2.999');
  type(opened, { servers: '192.0.2.9 192.0.2.10 ' });
  expect(field(opened, 'servers')).toMatchObject({ typed: '192.0.2.9 192.0.2.10 ', wrong: null });
  expect(opened.scene.state().setup.inputs['servers']).toEqual(['192.0.2.9', '192.0.2.10']);
});

test('the next part waits for what is needed here', async () => {
  const opened = await open();
  opened.scene.act({ do: 'next-part' });
  expect(opened.scene.state().part).toBe('inputs');
  type(opened, { endpoint: 'k8s.example.net', servers: '192.0.2.9', password: 'hush-hush-hush' });
  opened.scene.act({ do: 'next-part' });
  expect(opened.scene.state().part).toBe('hosts');
  opened.scene.act({ do: 'next-part' });
  expect(opened.scene.state().part).toBe('hosts');
});

test('hosts are typed by role, take a role chosen among them, and lose it with the role it is chosen among', async () => {
  const { scene } = await open();
  for (const line of ['a 192.0.2.1', 'b 192.0.2.2', 'c 192.0.2.3 ops']) scene.act({ do: 'type-host', role: 'node', line });
  scene.act({ do: 'choose-host', role: 'first', host: 'b' });
  expect(scene.state().setup.hosts.map(({ name, roles, user }) => [name, roles, user])).toEqual([
    ['a', ['node'], undefined],
    ['b', ['node', 'first'], undefined],
    ['c', ['node'], 'ops'],
  ]);
  scene.act({ do: 'take-out-host', role: 'node', host: 'b' });
  const [node, first] = scene.state().roles;
  expect(node).toMatchObject({ wrong: expect.stringContaining('odd number') });
  expect(first).toMatchObject({ hosts: [], wrong: expect.stringContaining('needs at least 1') });
});

test('a line that gives no host changes nothing', async () => {
  const { scene } = await open();
  scene.act({ do: 'type-host', role: 'node', line: 'a' });
  scene.act({ do: 'type-host', role: 'node', line: 'a not_an_address!' });
  expect(scene.state().setup.hosts).toEqual([]);
});

test('a host is changed in its place', async () => {
  const { scene } = await open();
  for (const line of ['a 192.0.2.1', 'b 192.0.2.2']) scene.act({ do: 'type-host', role: 'node', line });
  scene.act({ do: 'type-host', role: 'node', line: 'b 192.0.2.22 root', before: 'b' });
  expect(scene.state().setup.hosts.map(({ name, address, user }) => [name, address, user])).toEqual([
    ['a', '192.0.2.1', undefined],
    ['b', '192.0.2.22', 'root'],
  ]);
});

test('the mistakes of a hosts file are told with their places, and typed hosts come back when it is given up', async () => {
  const { scene, world } = await open();
  world.files.set('hosts.yaml', 'hosts:\n  a: { address: 192.0.2.1, role: node }\n');
  scene.act({ do: 'type-host', role: 'node', line: 'typed 192.0.2.7' });
  scene.act({ do: 'name-hosts-file', path: 'hosts.yaml' });
  await expect.poll(() => scene.state().file?.problems).toMatchObject([{ file: 'hosts.yaml', line: 2, column: 28, severity: 'error' }]);
  scene.act({ do: 'name-hosts-file', path: '' });
  await expect.poll(() => scene.state().setup.hosts.map(({ name }) => name)).toEqual(['typed']);
});

test('the hosts of a file are the hosts of the run', async () => {
  const { scene, world } = await open();
  world.files.set('hosts.yaml', 'hosts:\n  a: { address: 192.0.2.1, roles: [node, first] }\n');
  scene.act({ do: 'name-hosts-file', path: ' hosts.yaml ' });
  await expect.poll(() => scene.state().file).toEqual({ path: 'hosts.yaml', hosts: 1, problems: [], wrong: null });
  expect(scene.state().roles.map(({ hosts }) => hosts.length)).toEqual([1, 1]);
});

test('a file that is not there is told, and nothing is lost', async () => {
  const { scene } = await open();
  scene.act({ do: 'name-hosts-file', path: 'nosuch.yaml' });
  await expect.poll(() => scene.state().file?.wrong).toBe('There is no file nosuch.yaml.');
});

test('an input asked for each host has a field for each, worked out later where it follows from facts', async () => {
  const opened = await open();
  opened.scene.act({ do: 'type-host', role: 'node', line: 'a 192.0.2.1' });
  expect(field(opened, 'card@a')?.usual).toEqual({ is: 'later' });
  type(opened, { 'card@a': 'eth7' });
  expect(opened.scene.state().setup.hosts[0]?.values).toEqual({ card: 'eth7' });
});

test('what a host has told is known after the check', async () => {
  const opened = await typedToCheck();
  expect(opened.scene.state().part).toBe('check');
  await checked(opened);
  expect(field(opened, 'card@a')?.usual).toEqual({ is: 'value', text: 'eth0' });
  expect(opened.scene.state().plan().inputsPerHost['card']).toEqual({ a: 'eth0' });
});

test('all hosts are looked at at once, and keep their order whichever answers first', async () => {
  const slow = Promise.withResolvers<void>();
  const hosts = ['a', 'b', 'c'].map((name, index) => ({
    name,
    address: `192.0.2.${index + 1}`,
    roles: index === 0 ? ['node', 'first'] : ['node'],
    values: {},
  }));
  const opened = await open({ ...whole, hosts }, { a: { after: slow.promise } });
  const states = (): readonly (readonly string[])[] => (opened.scene.state().check?.hosts ?? []).map(({ name, is }) => [name, is]);
  await expect.poll(states).toEqual([
    ['a', 'waiting'],
    ['b', 'reached'],
    ['c', 'reached'],
  ]);
  slow.resolve();
  await checked(opened);
  expect(states().map(([name]) => name)).toEqual(['a', 'b', 'c']);
  expect(opened.scene.state().check?.said).toEqual(['All 3 hosts are reached and trusted.']);
});

test('hosts that are one machine, and clocks that differ, are told', async () => {
  const hosts = ['a', 'b', 'c'].map((name, index) => ({
    name,
    address: `192.0.2.${index + 1}`,
    roles: index === 0 ? ['node', 'first'] : ['node'],
    values: {},
  }));
  const opened = await open({ ...whole, hosts }, { b: { machineId: 'same' }, c: { machineId: 'same', clockDifference: -7000 } });
  await checked(opened);
  expect(opened.scene.state().check?.said[0]).toBe('b and c are one machine: check their addresses.');
  expect(opened.scene.state().check?.hosts.map((host) => host.is === 'reached' && host.isClockOff)).toEqual([false, false, true]);
});

test('an unknown host key is asked about; refused, the set-up does not go on until the host is looked at again and trusted', async () => {
  const opened = await open(whole, { a: { fingerprint: 'SHA256:abc' } });
  const { scene } = opened;
  const answer = async (choice: 'trust' | 'no'): Promise<void> => {
    await expect.poll(() => scene.state().questions).toMatchObject([{ is: 'trust-host-key', host: 'a', fingerprint: 'SHA256:abc' }]);
    scene.act({ do: 'answer', answer: { question: scene.state().questions[0]?.id ?? 0, choice } });
    await checked(opened);
  };
  await answer('no');
  expect(scene.state().check?.hosts).toMatchObject([{ is: 'failed', kind: 'untrusted' }]);
  scene.act({ do: 'next-part' });
  expect(scene.state().part).toBe('check');
  scene.act({ do: 'check-hosts' });
  await answer('trust');
  scene.act({ do: 'next-part' });
  expect(scene.state().part).toBe('summary');
});

test('a host that is not reached does not hold the set-up back', async () => {
  const fails = { kind: 'unreachable', message: 'a refuses connections.', advice: 'See that sshd runs.' } as const;
  const opened = await open(whole, { a: { fails } });
  await checked(opened);
  expect(opened.scene.state().check?.hosts).toMatchObject([{ is: 'failed', ...fails }]);
  opened.scene.act({ do: 'next-part' });
  expect(opened.scene.state().part).toBe('summary');
});

test('a password is asked for once, for the check and for those after it, and the run may have it too', async () => {
  const opened = await open(whole, { a: { password: 'sesame' } });
  const { scene, world } = opened;
  await expect.poll(() => scene.state().questions).toMatchObject([{ is: 'secret', choices: ['answer', 'answer-for-all', 'stop'] }]);
  scene.act({ do: 'answer', answer: { question: scene.state().questions[0]?.id ?? 0, choice: 'answer', text: 'sesame' } });
  await checked(opened);
  scene.act({ do: 'check-hosts' });
  await checked(opened);
  expect(scene.state().check?.hosts).toMatchObject([{ is: 'reached' }]);
  scene.act({ do: 'next-part' });
  scene.act({ do: 'begin' });
  const end = await scene.ended;
  if (end.is !== 'begun') throw new Error('The run has not begun.');
  const asker = end.kept.before({ trustHostKey: async () => false, secret: async () => null });
  const question = { host: 'a', what: 'login', prompt: "ops@a's password:", echo: false, canBeForAll: true } as const;
  expect(await asker.secret(question)).toBe('sesame');
  expect(await asker.secret(question)).toBeNull();
  expect(world.begun).toHaveLength(1);
  await end.run.close();
});

test('a check is given up when its part is left for another set of hosts, and its questions with it', async () => {
  const opened = await typedToCheck({ a: { fingerprint: 'SHA256:abc' } });
  const { scene } = opened;
  await expect.poll(() => scene.state().questions.length).toBe(1);
  scene.act({ do: 'previous-part' });
  scene.act({ do: 'previous-part' });
  expect(scene.state().part).toBe('hosts');
  scene.act({ do: 'type-host', role: 'node', line: 'a 192.0.2.111', before: 'a' });
  scene.act({ do: 'next-part' });
  scene.act({ do: 'next-part' });
  await expect.poll(() => scene.state().questions).toMatchObject([{ address: '192.0.2.111' }]);
});

test('what the command line gives whole goes straight to the check', async () => {
  const opened = await open(whole);
  expect(opened.scene.state().part).toBe('check');
  expect(field(opened, 'endpoint')).toMatchObject({ isGiven: true, typed: 'k8s.example.net' });
});

test('what the command line gives is not asked for again on the way', async () => {
  const opened = await open({ ...whole, inputs: { servers: ['192.0.2.9'], password: 'hush-hush-hush' } });
  expect(opened.scene.state().part).toBe('inputs');
  type(opened, { endpoint: 'k8s.example.net' });
  opened.scene.act({ do: 'next-part' });
  expect(opened.scene.state().part).toBe('answers');
});

test('a rule that is broken keeps the run from beginning, and is told', async () => {
  const opened = await open({ ...whole, inputs: { ...whole.inputs, version: '1.29.0' } });
  const { scene, world } = opened;
  expect(scene.state().problems).toMatchObject([{ severity: 'error', message: 'Older versions are not meant here.' }]);
  type(opened, { version: '1.30.0' });
  expect(scene.state().problems).toEqual([]);
  type(opened, { version: '1.29.0' });
  scene.act({ do: 'begin' });
  expect(world.begun).toEqual([]);
});

test('the run begins with exactly what was typed', async () => {
  const opened = await typedToCheck();
  await checked(opened);
  opened.scene.act({ do: 'next-part' });
  opened.scene.act({ do: 'begin' });
  opened.scene.act({ do: 'begin' });
  // Its run is on the way: it is not left behind open.
  opened.scene.act({ do: 'interrupt' });
  opened.scene.act({ do: 'leave-set-up' });
  const end = await opened.scene.ended;
  if (end.is !== 'begun') throw new Error('The run has not begun.');
  expect(opened.world.begun).toEqual([
    {
      hosts: [{ name: 'a', address: '192.0.2.1', user: 'ops', roles: ['node', 'first'], values: {} }],
      inputs: { endpoint: 'k8s.example.net', servers: ['192.0.2.9'], password: 'hush-hush-hush' },
    },
  ]);
  expect(end.run.state()).toMatchObject({ runbook: 'guide', state: 'running' });
  await end.run.close();
});

test('typed hosts are saved as a hosts file, which is never written over', async () => {
  const { scene, world } = await typedToCheck();
  scene.act({ do: 'save-hosts', path: 'mine.yaml' });
  await expect.poll(() => scene.state().saved).toEqual({ path: 'mine.yaml', wrong: null });
  expect(world.files.get('mine.yaml')).toContain('a: { address: 192.0.2.1, roles: [node, first], user: ops }');
  scene.act({ do: 'save-hosts', path: 'mine.yaml' });
  await expect.poll(() => scene.state().saved?.wrong).toContain('is there already');
});

test('leaving asks where something was typed, and only there', async () => {
  const untouched = await open();
  untouched.scene.act({ do: 'leave' });
  expect(await untouched.scene.ended).toEqual({ is: 'left' });

  const opened = await open();
  type(opened, { endpoint: 'k' });
  opened.scene.act({ do: 'leave' });
  expect(opened.scene.state().isLeaving).toBe(true);
  opened.scene.act({ do: 'stay' });
  expect(opened.scene.state()).toMatchObject({ isLeaving: false, part: 'inputs' });
  expect(field(opened, 'endpoint')?.typed).toBe('k');
  opened.scene.act({ do: 'leave' });
  opened.scene.act({ do: 'leave-set-up' });
  expect(await opened.scene.ended).toEqual({ is: 'left' });
});

test('an interrupt asks before it leaves, also where nothing was typed', async () => {
  const { scene } = await open();
  scene.act({ do: 'interrupt' });
  expect(scene.state().isLeaving).toBe(true);
  scene.act({ do: 'interrupt' });
  expect(scene.state().isLeaving).toBe(true);
  scene.act({ do: 'leave-set-up' });
  expect(await scene.ended).toEqual({ is: 'left' });
});
