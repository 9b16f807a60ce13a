import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isLeftOut } from '../left-out.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { inTerminal, withoutTerminal } from './handrail.ts';
import { type HostsOfTest, startHosts } from './hosts-of-test.ts';
import { operate, stepOf, yes } from './operate.ts';
import { type Report, reportOf, stepIn } from './report.ts';
import type { Asked, Ended } from './terminal.ts';

const runbook = fileURLToPath(new URL('runbooks/deviations.md', import.meta.url));

describe.skipIf(isLeftOut('a walk that leaves the runbook', whatIsMissing()))('a walk that leaves the runbook', () => {
  let hosts: HostsOfTest;
  let asked: readonly Asked[];
  let ended: Ended;
  let report: Report;

  const fileOn = async (host: string, path: string): Promise<string> => (await hosts.host(host).run(`cat ${path} 2>/dev/null; :`)).out;
  const askedWith = (text: string): Asked | undefined => asked.find(({ shown }) => shown.includes(text));

  beforeAll(async () => {
    hosts = await startHosts(['one', 'two', 'three'].map((name) => ({ name, roles: name === 'three' ? ['node', 'control'] : ['node'] })));
    const terminal = inTerminal(hosts, ['run', runbook, '--hosts', hosts.hostsFile, '--ssh-config', hosts.sshConfig, '--plain']);
    /** What is typed at the first question of each step instead of a yes, and what follows. */
    const departures: Readonly<Record<string, string[]>> = {
      'Fails on the second': ['w', 'The power was checked first.'],
      'Needs a value that nobody prints': ['u', 'undoable'],
      'Is not for today': ['s', 'It is for tomorrow.'],
    };
    const edit = ['e', '2', 'ls /srv', 'done'];
    let queue: string[] = [];
    asked = await operate(terminal, async (question) => {
      const { shown, prompt } = question;
      const next = queue.shift();
      if (next !== undefined) return next;
      if (prompt.startsWith('Your answer')) return shown.includes('colour') ? 'green' : 'by-hand';
      if (shown.includes('FAILED on two')) {
        await hosts.host('two').run('touch /srv/mended');
        return 'r';
      }
      if (shown.includes('FAILED on one')) {
        queue = edit.slice(1);
        return edit[0];
      }
      const departure = departures[stepOf(question)]?.splice(0) ?? [];
      queue = departure.slice(1);
      return departure[0] ?? yes(question);
    });
    ended = await terminal.ended;
    report = await reportOf(hosts);
  });
  afterAll(() => hosts[Symbol.asyncDispose]());

  test('it is finished all the same', () => {
    expect(ended, asked.at(-1)?.shown).toEqual({ code: 0, signal: undefined });
    expect(report.state).toBe('finished');
  });

  test('where one host fails the others go on, and the retry runs on the failed one alone', async () => {
    expect(await fileOn('one', '/srv/fails')).toBe('tried\n');
    expect(await fileOn('two', '/srv/fails')).toBe('tried\ntried\n');
    expect(await fileOn('three', '/srv/fails')).toBe('tried\n');
    const { hosts: states } = stepIn(report, 'fails');
    expect(states.map(({ name, attempts }) => [name, attempts.map(({ state, exit }) => [state, exit])])).toEqual([
      ['one', [['done', 0]]],
      [
        'two',
        [
          ['failed', 1],
          ['done', 0],
        ],
      ],
      ['three', [['done', 0]]],
    ]);
  });

  test('an edited text is shown again and runs after a yes of its own', async () => {
    expect(asked.filter((question) => stepOf(question) === 'Has a mistake in it').at(-1)?.shown).toBeDefined();
    expect(await fileOn('one', '/srv/mistake')).toBe('tried\ntried\n');
    expect(stepIn(report, 'mistake').hosts[0]?.attempts.map(({ parts }) => parts[0]?.command.split('\n')[1])).toEqual([
      'ls /srv/no-such-file',
      'ls /srv',
    ]);
    expect(askedWith("ls: cannot access '/srv/no-such-file'")?.shown).toContain('FAILED on one.');
  });

  test('a step that is undone is taken back on its hosts and walked again', async () => {
    expect(askedWith('This takes “Can be undone” back.')?.shown).toContain('rm /srv/undoable');
    for (const name of ['one', 'two', 'three']) {
      expect(await fileOn(name, '/srv/made')).toBe('made\nmade\n');
      expect((await hosts.host(name).run('test -e /srv/undoable')).code).toBe(0);
    }
    expect(stepIn(report, 'undoable').hosts.map(({ attempts }) => attempts.map(({ parts }) => parts[0]?.kind))).toEqual(
      ['one', 'two', 'three'].map(() => ['command', 'undo', 'command']),
    );
  });

  test('a value that the runbook asks the operator for, and one whose step was skipped, are typed and used', async () => {
    expect(askedWith('Which colour has the lamp of this machine?')?.prompt).toBe('Your answer (empty: stop): ');
    expect(askedWith('Type code')?.prompt).toBe('Your answer (empty: stop): ');
    expect(report.values.map(({ name, from: { host } }) => [name, host])).toEqual([
      ['colour', 'three'],
      ['code', 'three'],
    ]);
    expect(askedWith('code=by-hand')?.shown).toContain('    code  by-hand, typed by you\n');
    expect(await fileOn('three', '/srv/code')).toBe('by-hand\n');
  });

  test('a part that is run at another host runs there once for each host of the step, in their order', async () => {
    expect(askedWith('>>/srv/colours')?.shown).toContain('(run at three)');
    expect(await fileOn('three', '/srv/colours')).toBe('one is green\ntwo is green\nthree is green\n');
    expect(await fileOn('one', '/srv/colours')).toBe('');
  });

  test('a step that is skipped runs nowhere', async () => {
    expect(askedWith('Type code')?.shown).toContain('three: skipped, It is for tomorrow.\n');
    expect(stepIn(report, 'later')).toMatchObject({ state: 'skipped', reason: 'It is for tomorrow.' });
    expect(await fileOn('three', '/srv/later')).toBe('');
  });

  test('every departure is in the report, as JSON and as Markdown', async () => {
    const told = report.deviations.map(({ step, host, kind, why, text }) => ({ step, host, kind, why, text }));
    // The three were undone side by side.
    expect(told.toSpliced(2, 3, ...told.slice(2, 5).toSorted((a, b) => String(a.host).localeCompare(String(b.host))))).toEqual([
      { step: 'fails', host: null, kind: 'noted', why: null, text: 'The power was checked first.' },
      { step: 'mistake', host: 'one', kind: 'edited', why: null, text: expect.stringContaining('ls /srv') },
      ...['one', 'three', 'two'].map((host) => ({ step: 'undoable', host, kind: 'undone', why: null, text: null })),
      { step: 'later', host: 'three', kind: 'skipped', why: 'It is for tomorrow.', text: null },
      { step: 'later', host: 'three', kind: 'typed-value', why: null, text: 'code' },
    ]);
    const { out } = await withoutTerminal(hosts, ['report', '1']);
    for (const text of ['The power was checked first.', 'It is for tomorrow.', 'ls /srv', 'code']) expect(out).toContain(text);
  });
});
