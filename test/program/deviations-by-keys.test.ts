import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isLeftOut } from '../left-out.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { type Habit, leavesTheEnd, type Met, pressCalmly, runsEachStep, typeCalmly, walkByKeys } from './by-keys.ts';
import { inTerminal, onScreen } from './handrail.ts';
import { type HostsOfTest, startHosts } from './hosts-of-test.ts';
import { operate } from './operate.ts';
import { type Report, reportOf, stepIn } from './report.ts';
import type { OpenScreen } from './screen.ts';
import type { Ended } from './terminal.ts';

const runbook = fileURLToPath(new URL('runbooks/deviations.md', import.meta.url));

/** Does something once, the first time that it is seen. */
function once(name: string, sees: RegExp, does: Habit['does']): Habit {
  let isDone = false;
  return {
    name,
    sees: (shown) => (!isDone && sees.test(shown) ? name : null),
    does(screen, shown) {
      isDone = true;
      return does(screen, shown);
    },
  };
}

describe.skipIf(isLeftOut('a walk on the screens that leaves the runbook', whatIsMissing()))(
  'a walk on the screens that leaves the runbook',
  () => {
    let hosts: HostsOfTest;
    let screen: OpenScreen;
    let met: readonly Met[];
    let ended: Ended;
    let report: Report;

    const fileOn = async (host: string, path: string): Promise<string> => (await hosts.host(host).run(`cat ${path} 2>/dev/null; :`)).out;
    const metAt = (habit: string): string => met.find((each) => each.habit === habit)?.shown ?? '';

    beforeAll(async () => {
      hosts = await startHosts(['one', 'two', 'three'].map((name) => ({ name, roles: name === 'three' ? ['node', 'control'] : ['node'] })));
      const begun = inTerminal(hosts, ['run', runbook, '--hosts', hosts.hostsFile, '--ssh-config', hosts.sshConfig, '--plain']);
      await operate(begun, () => 'q');
      screen = onScreen(hosts, ['resume', '--ssh-config', hosts.sshConfig], {
        env: { EDITOR: 'sed -i s,/srv/no-such-file,/srv,' },
      });
      met = await walkByKeys(screen, [
        once('reads what was found', /^ ?(?:LIVE )? *Resuming:/m, () => screen.press('enter')),
        once('opens a shell', /FAILED on two/, async () => {
          await screen.press('!');
          await screen.shows('Open a shell');
          await pressCalmly(screen, 'y');
          await screen.shows('root@two');
          screen.type('touch /srv/mended; echo "in the $(echo shell)"\r');
          await screen.shows('in the shell');
          screen.type('exit\r');
          await screen.shows('FAILED on two');
        }),
        once('tries again', /FAILED on two/, async () => {
          await screen.press('r');
          await screen.shows('Try again on two?');
          await pressCalmly(screen, 'y');
          await screen.hides('Try again on two?');
        }),
        once('edits', /FAILED on one/, async () => {
          await screen.press('e');
          await screen.hides('FAILED on one');
        }),
        once('undoes', /Needs a value that nobody prints\n[\s\S]*^r run/m, async () => {
          await screen.press('u');
          await screen.shows('Which step is to be taken back?');
          await screen.press('enter');
          await screen.hides('Which step is to be taken back?');
        }),
        once('types a colour', /Which colour has the lamp/, () => typeCalmly(screen, 'green')),
        once('types a code', /Type code/, () => typeCalmly(screen, 'by-hand')),
        once('skips', /Is not for today\n[\s\S]*^r run/m, async () => {
          await screen.press('s');
          await screen.shows('Why?');
          await typeCalmly(screen, 'It is for tomorrow.');
          await screen.hides('Why?');
        }),
        ...runsEachStep,
        leavesTheEnd,
      ]);
      ended = await screen.ended;
      report = await reportOf(hosts);
    });
    afterAll(() => hosts[Symbol.asyncDispose]());

    test('it is finished all the same, and its end stands on the normal screen', () => {
      expect(ended).toEqual({ code: 0, signal: undefined });
      expect(report.state).toBe('finished');
      expect(screen.buffer()).toBe('normal');
      expect(screen.text()).toContain('Run 1 is finished.');
    });

    test('a shell is opened on the host that failed, has the whole terminal, and comes back to the failure', async () => {
      expect(metAt('opens a shell')).toContain('FAILED on two');
      expect(screen.raw()).toContain('in the shell');
      expect(await fileOn('two', '/srv/fails')).toBe('tried\ntried\n');
      expect(await fileOn('one', '/srv/fails')).toBe('tried\n');
    });

    test('an edited text is shown again and runs after a yes of its own', async () => {
      expect(metAt('edits')).toContain("ls: cannot access '/srv/no-such-file'");
      const shown = met.filter((each) => each.habit === 'says yes' && each.shown.includes('Has a mistake in it')).map((each) => each.shown);
      expect(shown).toHaveLength(2);
      expect(shown.at(-1)).toMatch(/^ +ls \/srv$/m);
      expect(stepIn(report, 'mistake').hosts[0]?.attempts.map(({ parts }) => parts[0]?.command.split('\n')[1])).toEqual([
        'ls /srv/no-such-file',
        'ls /srv',
      ]);
    });

    test('a step that is undone is taken back on its hosts after a yes, and walked again', async () => {
      const [undo] = met.filter((each) => each.habit === 'says yes' && each.shown.includes('rm /srv/undoable'));
      expect(undo?.shown).toContain('Can be undone');
      for (const name of ['one', 'two', 'three']) expect(await fileOn(name, '/srv/made')).toBe('made\nmade\n');
      expect(stepIn(report, 'undoable').hosts.map(({ attempts }) => attempts.map(({ parts }) => parts[0]?.kind))).toEqual(
        ['one', 'two', 'three'].map(() => ['command', 'undo', 'command']),
      );
    });

    test('values are typed and used, and a skipped step runs nowhere', async () => {
      expect(await fileOn('three', '/srv/colours')).toBe('one is green\ntwo is green\nthree is green\n');
      expect(await fileOn('three', '/srv/code')).toBe('by-hand\n');
      expect(stepIn(report, 'later')).toMatchObject({ state: 'skipped', reason: 'It is for tomorrow.' });
      expect(await fileOn('three', '/srv/later')).toBe('');
    });

    test('every departure is in the report, as from plain mode', () => {
      expect(report.deviations.map(({ kind, step }) => [kind, step])).toEqual([
        ['noted', 'fails'],
        ['edited', 'mistake'],
        ['undone', 'undoable'],
        ['undone', 'undoable'],
        ['undone', 'undoable'],
        ['skipped', 'later'],
        ['typed-value', 'later'],
      ]);
    });

    test('nothing that was drawn was wider or higher than the screen', () => {
      expect(screen.overflows()).toEqual([]);
    });
  },
);
