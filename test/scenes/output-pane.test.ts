import { expect, test } from 'vitest';
import { openTalkingHosts, type TalkingHosts } from './talking-hosts.ts';

const lines = (from: number, to: number): string => Array.from({ length: to - from }, (_, i) => `line ${from + i}\n`).join('');

async function hundredLines(): Promise<TalkingHosts> {
  const hosts = await openTalkingHosts(5);
  hosts.sends('init', 'server77', { command: 'kubeadm init\n  --upload-certs' });
  hosts.says('server77', lines(1, 101));
  return hosts;
}

test('before anything was said there is nothing', async () => {
  const { pane } = await openTalkingHosts();
  expect(pane.state()).toMatchObject({ step: null, host: null, rows: [], total: 0, heard: null });
});

test('what runs stands above its output, how it ended below', async () => {
  const hosts = await openTalkingHosts();
  hosts.sends('init', 'server77', { command: 'kubeadm init\n  --upload-certs' });
  hosts.says('server77', 'one\ntwo');
  expect(hosts.rows()).toEqual(['part 1: kubeadm init …', 'one', 'two']);
  hosts.clock.advance(72_000);
  hosts.ends('server77', 1);
  expect(hosts.rows()).toEqual(['part 1: kubeadm init …', 'one', 'two', 'failed after 1 min (exit code 1).']);
  hosts.sends('init', 'server77', { attempt: 2 });
  expect(hosts.rows().at(-1)).toBe('attempt 2, part 1: command 1');
});

test('the last lines are followed until the operator goes up, and again from the end on', async () => {
  const hosts = await hundredLines();
  expect(hosts.rows()).toEqual(['line 96', 'line 97', 'line 98', 'line 99', 'line 100']);
  expect(hosts.pane.state()).toMatchObject({ isFollowing: true, first: 97, total: 101 });
  hosts.act({ how: 'move', by: -1 });
  hosts.says('server77', lines(101, 120));
  expect(hosts.pane.state()).toMatchObject({ isFollowing: false, first: 96 });
  expect(hosts.rows()[0]).toBe('line 95');
  hosts.act({ how: 'end' });
  expect(hosts.rows().at(-1)).toBe('line 119');
  hosts.act({ how: 'page', by: -1 });
  hosts.act({ how: 'page', by: 1 });
  expect(hosts.pane.state().isFollowing).toBe(true);
});

test('`f` stops where it is, and goes on following', async () => {
  const hosts = await hundredLines();
  hosts.act({ how: 'follow' });
  hosts.says('server77', lines(101, 120));
  expect(hosts.rows().at(-1)).toBe('line 100');
  hosts.act({ how: 'follow' });
  expect(hosts.rows().at(-1)).toBe('line 119');
});

test('no key goes beyond the first or the last row', async () => {
  const hosts = await hundredLines();
  hosts.act({ how: 'start' });
  hosts.act({ how: 'page', by: -1 });
  expect(hosts.pane.state().first).toBe(1);
  expect(hosts.rows()[0]).toBe('part 1: kubeadm init …');
  for (let i = 0; i < 50; i++) hosts.act({ how: 'page', by: 1 });
  expect(hosts.rows().at(-1)).toBe('line 100');
  expect(hosts.rows()).toHaveLength(5);
});

test('a pane that grows or shrinks keeps following', async () => {
  const hosts = await hundredLines();
  hosts.act({ how: 'resize', rows: 3 });
  expect(hosts.rows()).toEqual(['line 98', 'line 99', 'line 100']);
  hosts.act({ how: 'resize', rows: 200 });
  expect(hosts.rows()).toHaveLength(101);
});

test('megabytes above are read from the log when they are looked at', async () => {
  const hosts = await openTalkingHosts(3);
  hosts.sends('init', 'server77');
  for (let i = 0; i < 40; i++) hosts.says('server77', `${'x'.repeat(90)}\n`.repeat(1000));
  hosts.says('server77', 'the end\n');
  hosts.act({ how: 'start' });
  await expect.poll(hosts.rows).toEqual(['part 1: command 1', 'x'.repeat(90), 'x'.repeat(90)]);
  hosts.act({ how: 'end' });
  expect(hosts.rows().at(-1)).toBe('the end');
});

test('what begins to run is shown, but not while the operator reads something else', async () => {
  const hosts = await hundredLines();
  hosts.ends('server77');
  hosts.sends('join', 'server77');
  expect(hosts.pane.state()).toMatchObject({ step: 'join', host: 'server77' });
  hosts.sends('join', 'server78');
  expect(hosts.pane.state().host).toBe('server77');
  hosts.says('server77', lines(1, 50));
  hosts.ends('server77');
  hosts.act({ how: 'move', by: -1 });
  hosts.sends('new-values', 'server77');
  expect(hosts.pane.state().step).toBe('join');
});

test('tab goes from host to host of the step, also to one that has not said anything', async () => {
  const hosts = await openTalkingHosts();
  hosts.sends('join', 'server77');
  hosts.says('server77', 'here\n');
  hosts.act({ how: 'host', by: 1 });
  expect(hosts.pane.state()).toMatchObject({ host: 'server78', rows: [] });
  hosts.act({ how: 'host', by: 1 });
  expect(hosts.pane.state().host).toBe('server77');
});

test('a later session has what was said before it', async () => {
  const hosts = await hundredLines();
  hosts.ends('server77');
  const pane = hosts.again();
  const rows = (): readonly string[] => pane.state().rows.map(({ text }) => text);
  await expect.poll(rows).toEqual(['line 97', 'line 98', 'line 99', 'line 100', 'ended well after 0 s.']);
  pane.act({ do: 'output', how: 'start' });
  await expect.poll(rows).toEqual(['part 1: kubeadm init …', 'line 1', 'line 2', 'line 3', 'line 4']);
});

test('when something was heard last is told', async () => {
  const hosts = await hundredLines();
  const { heard } = hosts.pane.state();
  expect(heard).toBe(hosts.clock.now());
});

test('a search shows the nearest match, its places and how many there are', async () => {
  const hosts = await hundredLines();
  hosts.act({ how: 'search', typed: 'line 4' });
  await expect.poll(() => hosts.pane.state().search).toMatchObject({ isLooking: false, count: 11, row: 50 });
  expect(hosts.pane.state()).toMatchObject({ isFollowing: false });
  expect(hosts.pane.state().rows.find(({ text }) => text === 'line 49')?.places).toEqual([{ start: 0, end: 6 }]);
  hosts.act({ how: 'match', by: -1 });
  await expect.poll(() => hosts.pane.state().search?.row).toBe(49);
  hosts.act({ how: 'match', by: 1 });
  hosts.act({ how: 'match', by: 1 });
  await expect.poll(() => hosts.pane.state().search).toMatchObject({ row: 5, isRound: true });
  expect(hosts.rows()).toContain('line 4');
  hosts.act({ how: 'search', typed: '' });
  expect(hosts.pane.state().search).toBeNull();
});

test('a search that finds nothing says so and moves nothing', async () => {
  const hosts = await hundredLines();
  hosts.act({ how: 'search', typed: 'nowhere' });
  await expect.poll(() => hosts.pane.state().search).toMatchObject({ isLooking: false, count: 0, row: null });
  expect(hosts.pane.state().isFollowing).toBe(true);
  hosts.act({ how: 'search', typed: '/(/' });
  expect(hosts.pane.state().search?.fault).toContain('/(/');
});

test('all hosts are shown in the order in which they spoke, each row behind its host', async () => {
  const hosts = await openTalkingHosts();
  hosts.sends('join', 'server77');
  hosts.sends('join', 'server78');
  hosts.says('server77', 'one\ntw');
  hosts.says('server78', 'here\n');
  hosts.says('server77', 'o\n');
  hosts.act({ how: 'view', view: 'all' });
  const rows = (): readonly string[] => hosts.pane.state().rows.map(({ host, text }) => `${host} ${text}`);
  expect(rows()).toEqual(['server77 part 1: command 1', 'server78 part 1: command 1', 'server77 one', 'server78 here', 'server77 two']);
  hosts.says('server78', 'there\n');
  expect(rows().at(-1)).toBe('server78 there');
  hosts.act({ how: 'start' });
  expect(hosts.pane.state()).toMatchObject({ view: 'all', first: 1 });
  hosts.act({ how: 'view', view: 'one' });
  expect(hosts.rows()).toEqual(['part 1: command 1', 'one', 'two']);
});

test('of all hosts megabytes above are read from their logs', async () => {
  const hosts = await openTalkingHosts(4);
  hosts.sends('join', 'server77');
  hosts.sends('join', 'server78');
  for (let i = 0; i < 20; i++) {
    for (const host of ['server77', 'server78']) hosts.says(host, `${host} ${i} ${'.'.repeat(90)}\n`.repeat(1000));
  }
  hosts.act({ how: 'view', view: 'all' });
  hosts.act({ how: 'start' });
  hosts.act({ how: 'move', by: 1000 });
  const rows = (): readonly string[] => hosts.pane.state().rows.map(({ host, text }) => `${host}: ${text.slice(0, 10)}`);
  await expect.poll(rows).toEqual(['server77: server77 0', 'server77: server77 0', 'server78: server78 0', 'server78: server78 0']);
});

test('what most hosts have said the same stands in full, of another what differs', async () => {
  const hosts = await openTalkingHosts();
  for (const host of ['server77', 'server78']) hosts.sends('join', host);
  hosts.says('server77', 'one\ntwo\nthree\n');
  hosts.says('server78', 'one\n2\nthree\n');
  hosts.act({ how: 'view', view: 'differences' });
  await expect
    .poll(hosts.rows)
    .toEqual([
      'server77 has said:',
      'one',
      'two',
      'three',
      'server78: what differs from that',
      '@ line 1',
      '  one',
      '- two',
      '+ 2',
      '  three',
    ]);
  hosts.act({ how: 'host', by: 1 });
  expect(hosts.pane.state().view).toBe('one');
});

test('hosts that have said the same are told together', async () => {
  const hosts = await openTalkingHosts();
  for (const host of ['server77', 'server78']) hosts.sends('join', host);
  for (const host of ['server77', 'server78']) hosts.says(host, 'done\n');
  hosts.act({ how: 'view', view: 'differences' });
  await expect.poll(hosts.rows).toEqual(['2 hosts have said the same: server77 server78', 'done']);
});

test('the output of earlier steps is a key away', async () => {
  const hosts = await openTalkingHosts();
  hosts.sends('init', 'server77');
  hosts.says('server77', 'in the first\n');
  hosts.ends('server77');
  hosts.sends('join', 'server78');
  hosts.says('server78', 'in the second\n');
  hosts.act({ how: 'step', by: -1 });
  expect(hosts.pane.state()).toMatchObject({ step: 'init', host: 'server77' });
  await expect.poll(hosts.rows).toContain('in the first');
  hosts.act({ how: 'step', by: -1 });
  expect(hosts.pane.state().step).toBe('init');
  hosts.act({ how: 'step', by: 1 });
  await expect.poll(hosts.rows).toContain('in the second');
});
