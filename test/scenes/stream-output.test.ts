import { expect, test } from 'vitest';
import type { Question } from '../../src/run/walk/question.ts';
import type { StreamEnd } from '../../src/scenes/stream-output.ts';
import { openTalkingHosts, type TalkingHosts } from './talking-hosts.ts';

/** A stream that has begun: what it has written, and the operator's way back. */
function begin(hosts: TalkingHosts): { readonly lines: readonly string[]; readonly ended: Promise<StreamEnd>; readonly leave: () => void } {
  const lines: string[] = [];
  const over = new AbortController();
  const ended = hosts.pane.stream({ write: (more) => void lines.push(...more), signal: over.signal });
  return { lines, ended, leave: () => over.abort() };
}

test('a stream begins with what was said before, then goes on as it comes, each line behind its host', async () => {
  const hosts = await openTalkingHosts();
  hosts.sends('join', 'server77');
  hosts.says('server77', 'one\ntw');
  const stream = begin(hosts);
  await expect.poll(() => stream.lines.slice(0, 2)).toEqual(['[server77] -- part 1: command 1', '[server77] one']);
  // The way back is told below what was said before, where it is still in sight.
  await expect.poll(() => stream.lines[2]).toContain('S or esc goes back');
  hosts.says('server77', 'o\n');
  hosts.sends('join', 'server78');
  hosts.says('server78', '\x1b[31mred\x1b[0m\n');
  await expect.poll(() => stream.lines.slice(3)).toEqual(['[server77] two', '[server78] -- part 1: command 1', '[server78] red']);
  stream.leave();
  expect(await stream.ended).toBe('left');
});

test('of much that was said before the last two thousand rows are written, and it is said how many are not', async () => {
  const hosts = await openTalkingHosts();
  hosts.sends('join', 'server77');
  for (let i = 0; i < 50; i++)
    hosts.says('server77', Array.from({ length: 1000 }, (_, line) => `line ${i * 1000 + line} ${'.'.repeat(80)}\n`).join(''));
  const stream = begin(hosts);
  await expect.poll(() => stream.lines.length).toBe(2002);
  expect(stream.lines[0]).toBe('[server77] -- 48001 rows are left out here; the log has them');
  expect(stream.lines[1]).toContain('line 48000 ');
  expect(stream.lines.at(-2)).toContain('line 49999 ');
  stream.leave();
  await stream.ended;
});

test('a flood is not written whole: what is left out is said', async () => {
  const hosts = await openTalkingHosts();
  hosts.sends('join', 'server77');
  const stream = begin(hosts);
  await expect.poll(() => stream.lines.length).toBe(2);
  hosts.says('server77', 'y\n'.repeat(100_000));
  await expect.poll(() => stream.lines.length).toBe(503);
  expect(stream.lines[2]).toBe('[server77] -- 99500 rows are left out here; the log has them');
  stream.leave();
  await stream.ended;
});

test('a question ends the stream with a word', async () => {
  const hosts = await openTalkingHosts();
  hosts.sends('join', 'server77');
  const stream = begin(hosts);
  hosts.says('server77', 'the last\n');
  hosts.pane.take({
    is: 'asked',
    question: { id: 1, is: 'interrupted', running: ['server77'], choices: ['go-on'] } as unknown as Question,
  });
  expect(await stream.ended).toBe('asked');
  expect(stream.lines).toContain('[server77] the last');
  expect(stream.lines.at(-1)).toBe('-- handrail asks something: back to the screens');
});
