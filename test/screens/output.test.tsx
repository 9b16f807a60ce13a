import { expect, test } from 'vitest';
import { openTalkingHosts, type TalkingHosts } from '../scenes/talking-hosts.ts';
import { type OutputOnScreen, putOnScreen } from './output-on-screen.tsx';

const small = { columns: 80, rows: 24 };
const large = { columns: 140, rows: 40 };

async function joining(): Promise<TalkingHosts> {
  const hosts = await openTalkingHosts();
  hosts.sends('join', 'server77', { command: 'kubeadm join 192.0.2.77:6443 --token ‹masked›' });
  for (let i = 1; i <= 40; i++) hosts.says('server77', `[preflight] check ${i}\n`);
  hosts.clock.advance(65_000);
  hosts.ends('server77');
  hosts.sends('join', 'server78', { command: 'kubeadm join 192.0.2.77:6443 --token ‹masked›' });
  for (let i = 1; i <= 212; i++) hosts.says('server78', `Get:${i} https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]\n`);
  hosts.clock.advance(12_000);
  return hosts;
}

async function search({ terminal }: OutputOnScreen, typed: string): Promise<void> {
  terminal.type('/');
  await terminal.shows(/^\/$/m);
  terminal.type(typed);
  await terminal.shows(`/${typed}`);
  terminal.type('\r');
}

test('at 80 x 24 the hosts stand above what one of them says', async () => {
  const { terminal, draw } = await putOnScreen(await joining(), small);
  await draw();
  expect(`\n${terminal.text()}\n`).toMatchInlineSnapshot(`
    "
     LIVE  A cluster                                  run 7   step 2 of 2   00:01:17
    ────────────────────────────────────────────────────────────────────────────────
    Join   2 hosts   2 running
     [~~] running server77 1:05  >[~~] running server78 0:12
    [server78] part 1: kubeadm join 192.0.2.77:6443 --token ‹masked›
    ────────────────────────────────────────────────────────────────────────────────
    Get:199 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
    Get:200 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
    Get:201 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
    Get:202 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
    Get:203 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
    Get:204 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
    Get:205 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
    Get:206 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
    Get:207 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
    Get:208 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
    Get:209 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
    Get:210 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
    Get:211 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
    Get:212 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
    ── following server78, line 212 ────────────────────────────── heard 12 s ago ──
    ────────────────────────────────────────────────────────────────────────────────
    f follow   tab next host   A all hosts   D differences   / search   z zoom
    c copy   l log   S stream   esc back   m map   q leave   ? keys
    "
  `);
});

test('at 140 x 40 the hosts stand beside it', async () => {
  const { terminal, draw } = await putOnScreen(await joining(), large);
  await draw();
  expect(`\n${terminal.text()}\n`).toMatchInlineSnapshot(`
    "
     LIVE  A cluster                                                                                              run 7   step 2 of 2   00:01:17
    ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    Join                                             │ [server78] part 1: kubeadm join 192.0.2.77:6443 --token ‹masked›
    2 hosts   2 running                              │ ─────────────────────────────────────────────────────────────────────────────────────────
                                                     │ Get:181 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
          host     state     time   lines            │ Get:182 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
     [~~] server77 running   1:05      40            │ Get:183 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
    >[~~] server78 running   0:12     212            │ Get:184 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:185 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
    What runs there                                  │ Get:186 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
    kubeadm join 192.0.2.77:6443 --token ‹masked›    │ Get:187 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:188 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:189 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:190 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:191 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:192 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:193 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:194 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:195 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:196 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:197 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:198 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:199 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:200 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:201 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:202 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:203 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:204 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:205 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:206 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:207 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:208 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:209 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:210 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:211 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ Get:212 https://packages.example/deb kubeadm 1.36.2-1.1 [12.2 MB]
                                                     │ ── following server78, line 212 ─────────────────────────────────────── heard 12 s ago ──
    ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    f follow   tab next host   A all hosts   D differences   / search   z zoom   c copy   l log   S stream   esc back   ([ step before)
    (] step behind)   shift-tab host before   v values   h hosts   m map   q leave   ? keys
    "
  `);
});

test('at 60 x 16 there is room for the output still', async () => {
  const { terminal, draw } = await putOnScreen(await joining(), { columns: 60, rows: 16 });
  await draw();
  expect(`\n${terminal.text()}\n`).toMatchInlineSnapshot(`
    "
     LIVE  A cluster              run 7   step 2 of 2   00:01:17
    ────────────────────────────────────────────────────────────
    Join   2 hosts   2 running
     [~~] running server77 1:05  >[~~] running server78 0:12
    [server78] part 1: kubeadm join 192.0.2.77:6443 --token ‹ma…
    Get:205 https://packages.example/deb kubeadm 1.36.2-1.1 [12…
    Get:206 https://packages.example/deb kubeadm 1.36.2-1.1 [12…
    Get:207 https://packages.example/deb kubeadm 1.36.2-1.1 [12…
    Get:208 https://packages.example/deb kubeadm 1.36.2-1.1 [12…
    Get:209 https://packages.example/deb kubeadm 1.36.2-1.1 [12…
    Get:210 https://packages.example/deb kubeadm 1.36.2-1.1 [12…
    Get:211 https://packages.example/deb kubeadm 1.36.2-1.1 [12…
    Get:212 https://packages.example/deb kubeadm 1.36.2-1.1 [12…
    ── following server78, line 212 ────────── heard 12 s ago ──
    ────────────────────────────────────────────────────────────
    f follow   tab next host   m map   q leave   ? keys
    "
  `);
});

test('going up stops the following, and the row below says where one is', async () => {
  const { terminal } = await putOnScreen(await joining(), small);
  await terminal.shows('following server78, line 212');
  terminal.type('k');
  await terminal.shows(/server78, rows \d+ to 212 of 213; f follows/);
  terminal.type('g');
  await terminal.shows('Get:1 ');
  terminal.type('f');
  await terminal.shows('following server78, line 212');
  expect(terminal.text()).toContain('Get:212 ');
});

test('tab shows what another host says', async () => {
  const { terminal } = await putOnScreen(await joining(), small);
  terminal.type('\t');
  await terminal.shows('[preflight] check 40');
  await terminal.shows('following server77, line 40');
});

test('a search shows the match, marked, and says how many there are; esc ends it', async () => {
  const screen = await putOnScreen(await joining(), small);
  const { terminal, acts } = screen;
  await search(screen, 'get:5');
  await terminal.shows('“get:5” in row 60, 11 rows have it');
  terminal.type('N');
  await terminal.shows('in row 59,');
  terminal.type('\x1b');
  await terminal.shows('f follows');
  expect(acts).toEqual([]);
  terminal.type('\x1b');
  await expect.poll(() => acts).toEqual([{ do: 'back' }]);
});

test('a search that finds nothing, and one that cannot be, say so', async () => {
  const screen = await putOnScreen(await joining(), small);
  const { terminal } = screen;
  await search(screen, 'nowhere');
  await terminal.shows('“nowhere” is nowhere');
  terminal.type('\x1b');
  await terminal.shows('following');
  await search(screen, '/a(');
  await terminal.shows(/\/a\(: /);
});

test('zoomed there is nothing but the text', async () => {
  const hosts = await joining();
  const { terminal } = await putOnScreen(hosts, small);
  terminal.type('z');
  await expect.poll(() => terminal.line(0)).toContain('Get:189 ');
  expect(terminal.line(23)).toContain('Get:212 ');
  terminal.type('\x1b');
  await terminal.shows('following server78');
});

test('what is to be copied or searched is asked for on the screen in the zoom, too', async () => {
  const { terminal } = await putOnScreen(await joining(), small);
  terminal.type('z');
  await expect.poll(() => terminal.line(0)).toContain('Get:189 ');
  terminal.type('c');
  await terminal.shows('Copy what?');
  terminal.type('\x1b');
  await expect.poll(() => terminal.line(0)).toContain('Get:189 ');
  terminal.type('/');
  await terminal.shows('enter search   esc back');
});

test('a walk that has ended is not left from its output: nobody is asked', async () => {
  const { terminal, acts, draw } = await putOnScreen(await joining(), small);
  await draw({ questions: [], end: { code: 0, why: '', isInterrupted: false } });
  terminal.type('q');
  terminal.type('m');
  await expect.poll(() => acts).toEqual([{ do: 'show', over: { is: 'map' } }]);
});

test('the log, stream mode and what is copied are asked for by their keys', async () => {
  const { terminal, acts, draw } = await putOnScreen(await joining(), small);
  await draw();
  terminal.type('lS');
  await expect.poll(() => acts).toEqual([{ do: 'page-log', log: 'logs/join/server78.1.1.log' }, { do: 'stream' }]);
  terminal.type('c');
  await terminal.shows('Copy what?');
  terminal.type('\x1b[B');
  await terminal.shows('> the command');
  terminal.type('\r');
  await expect.poll(() => acts.at(-1)).toMatchObject({ do: 'copy', what: 'the command', text: expect.stringContaining('kubeadm join') });
});

test('a lost connection, a silence and the time that is left are said', async () => {
  const hosts = await joining();
  const { terminal, draw } = await putOnScreen(hosts, large);
  const now = hosts.clock.now();
  await draw({ connections: { server78: { state: 'lost', since: now - 12_000 } }, quiet: { server78: now - 120_000 } });
  expect(terminal.text()).toContain('connection for server78 lost 12 s ago; what runs there goes on');
  expect(terminal.text()).toContain('server78 has said nothing for 2 min');
});

test('when more than half of its time is over it is said how much is left', async () => {
  const hosts = await openTalkingHosts();
  hosts.sends('init', 'server77');
  const { terminal, draw, state } = await putOnScreen(hosts, small);
  const step = state()
    .runbook.phases.flatMap(({ steps }) => steps)
    .find(({ id }) => id === 'init');
  const limit = step?.parts[0]?.timeout ?? 0;
  hosts.clock.advance(limit * 0.4);
  await draw();
  expect(terminal.text()).not.toContain('left of its');
  hosts.clock.advance(limit * 0.4);
  await draw();
  expect(terminal.text()).toMatch(/min left of its \d+ min/);
  hosts.clock.advance(limit);
  await draw();
  expect(terminal.text()).toContain('longer than its');
});

test('before anything was said the screen says so, and greyed keys say why', async () => {
  const { terminal, acts } = await putOnScreen(await openTalkingHosts(), small);
  await terminal.shows('nothing was said yet');
  terminal.type('/');
  await expect.poll(() => acts).toEqual([{ do: 'tell', text: '/ search: nothing was said yet' }]);
});

test('A shows all hosts as they speak, D what differs between them', async () => {
  const { terminal } = await putOnScreen(await joining(), small);
  terminal.type('A');
  await terminal.shows('server78 | Get:212 ');
  await terminal.shows('following all hosts');
  terminal.type('g');
  await terminal.shows('── server77: part 1: kubeadm join');
  terminal.type('f');
  terminal.type('A');
  await terminal.shows('following server78, line 212');
  terminal.type('D');
  await terminal.shows('── server77 has said:');
});
