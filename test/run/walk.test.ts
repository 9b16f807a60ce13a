import { describe, expect, it } from 'vitest';
import type { EventBody } from '../../src/run/events/event.ts';
import type { Question } from '../../src/run/walk/question.ts';
import type { Command, Done } from './scripted-hosts.ts';
import { type Operator, prepareWalk, stepOf, threeHosts, type Walked } from './walking.ts';

const kinds = (walked: Walked): readonly string[] => walked.asked.map((each) => each.is);
const types = (walked: Walked): readonly string[] => walked.events.map((each) => each.type);
const stateOn = (walked: Walked, host: string, step = 0): string | undefined =>
  walked.state.steps[step]?.perHost.find((each) => each.name === host)?.state;
/** Says each of these once, in order, to questions of this kind. */
const saying = (is: Question['is'], ...choices: readonly string[]): ((question: Question) => string | undefined) => {
  const left = [...choices];
  return (question) => (question.is === is ? left.shift() : undefined);
};

describe('a walk', () => {
  it('runs each step on all its hosts after one yes, in the order written', async () => {
    const test = await prepareWalk(stepOf('first', 'echo first') + stepOf('second', 'echo second'));
    const walked = await test.walk();
    expect(walked).toMatchObject({ code: 0, why: '', state: { state: 'finished' } });
    expect(kinds(walked)).toEqual(['confirm', 'confirm']);
    expect(test.world.ran.map((each) => each.replace(/.*: /, ''))).toEqual([
      ...Array(3).fill('echo first'),
      ...Array(3).fill('echo second'),
    ]);
  });

  it('runs nothing without a yes', async () => {
    const test = await prepareWalk(stepOf('first', 'echo first'));
    const walked = await test.walk(saying('confirm', 'stop'));
    expect(walked).toMatchObject({ code: 1, state: { state: 'stopped' } });
    expect(test.world.ran).toEqual([]);
  });

  it('has the intent on the disk before a command is sent, and the digest of what was shown', async () => {
    const test = await prepareWalk(stepOf('first', 'echo first'), undefined, [
      { name: 'one', address: '192.0.2.1', roles: ['worker'], values: {} },
    ]);
    const order: string[] = [];
    test.world.onCrossing = (what) => order.push(what);
    const walked = await test.walk(undefined, { onAppend: (when, { type }) => when === 'after' && order.push(type) });
    expect(order).toEqual([
      'identify one',
      'host-pinned',
      'step-opened',
      'identify one',
      'confirmed',
      'part-sent',
      'start one',
      'started one',
      'follow one',
      'followed one',
      'part-ended',
      'verified',
      'forget one',
      'run-ended',
    ]);
    const [asked] = walked.asked;
    const confirmed = walked.events.find((each) => each.type === 'confirmed');
    expect(confirmed).toMatchObject({ digest: asked?.is === 'confirm' ? asked.digest : undefined, by: 'operator' });
  });

  it('leaves the others running when one fails, and tries only the failed one again', async () => {
    let tries = 0;
    const test = await prepareWalk(stepOf('first', 'try'), ({ host }) =>
      host === 'two' && tries++ === 0 ? { code: 3, err: 'no luck\n' } : {},
    );
    const walked = await test.walk(saying('failed', 'retry'));
    expect(walked.code).toBe(0);
    expect(test.world.ran.toSorted()).toEqual(['one: try', 'three: try', 'two: try', 'two: try']);
    expect(walked.asked).toMatchObject([
      { is: 'confirm' },
      { is: 'failed', host: 'two', failure: { exit: 3, tail: ['no luck'], part: 1 } },
    ]);
    expect(types(walked).filter((type) => type === 'confirmed')).toHaveLength(2);
  });

  it('goes one by one to the next host only after the last is verified, and stops at the first failure', async () => {
    const test = await prepareWalk(
      stepOf('first', 'try', { options: '#| each: one-by-one\n', more: '```bash verify\ncheck\n```\n' }),
      ({ host, isRead }) => (host === 'two' && isRead ? { code: 1 } : {}),
    );
    const walked = await test.walk(saying('failed', 'stop'));
    expect(walked.code).toBe(1);
    expect(test.world.ran).toEqual(['one: try', 'two: try']);
    expect(stateOn(walked, 'three')).toBe('waiting');
  });

  it('verifies again without running anything else', async () => {
    let looks = 0;
    const test = await prepareWalk(stepOf('first', 'try', { more: '```bash verify\ncheck\n```\n' }), ({ isRead, host }) =>
      isRead && host === 'one' && looks++ === 0 ? { code: 7, out: 'not yet\n' } : {},
    );
    const walked = await test.walk(saying('failed', 'verify-again'));
    expect(walked.code).toBe(0);
    expect(test.world.ran).toHaveLength(3);
    expect(walked.asked[1]).toMatchObject({ failure: { kind: 'verify', exit: 7, tail: ['not yet'] } });
  });

  it('tells a failure as one of an earlier session only where that session had seen it', async () => {
    const test = await prepareWalk(
      stepOf('first', 'try', { more: '```bash verify\ncheck\n```\n' }),
      ({ script }) => ({
        code: script === 'check' ? 1 : 0,
      }),
      threeHosts.slice(0, 1),
    );
    const stops: Operator = (question) => (question.is === 'failed' ? 'stop' : undefined);
    const die = (when: string, { type }: EventBody): void => {
      if (when === 'after' && type === 'part-ended') throw new Error('killed');
    };
    await test.walk(stops, { onAppend: die }).catch(() => {});
    const seen = [await test.walk(stops), await test.walk(stops)].flatMap(({ asked }) =>
      asked.flatMap((each) => (each.is === 'failed' ? [each.isFromBefore] : [])),
    );
    expect(seen).toEqual([undefined, true]);
    expect(test.world.ran).toEqual(['one: try']);
  });

  it('polls a verify until it is reached or its time is over', async () => {
    let looks = 0;
    const test = await prepareWalk(
      stepOf('first', 'try', { more: '```bash verify\n#| every: 5s\n#| for: 1m\ncheck\n```\n' }),
      ({ isRead, host }) => (isRead && host === 'one' && looks++ < 4 ? { code: 1 } : {}),
    );
    expect(await test.walk()).toMatchObject({ code: 0 });
    expect(looks).toBe(5);
  });

  it('finds done what its probe says is done, and asks only about the others', async () => {
    const test = await prepareWalk(stepOf('first', 'try', { more: '```bash probe\nlook\n```\n' }), ({ host, isRead }) => ({
      code: isRead && host !== 'two' ? 1 : 0,
    }));
    const walked = await test.walk();
    expect(walked.asked).toMatchObject([{ is: 'confirm', found: ['two'], hosts: [{ host: 'one' }, { host: 'three' }] }]);
    expect(test.world.ran).toEqual(['one: try', 'three: try']);
  });

  it('asks about a host that its probe calls half done', async () => {
    const probes =
      (code: number) =>
      ({ host, isRead }: Command): Done => ({ code: isRead ? (host === 'two' ? code : 1) : 0 });
    const sections = stepOf('first', 'try', { more: '```bash probe\nlook\n```\n' });
    const run = await prepareWalk(sections, probes(75));
    expect(await run.walk(saying('half-done', 'retry'))).toMatchObject({ code: 0 });
    expect(run.world.ran.toSorted()).toEqual(['one: try', 'three: try', 'two: try']);
    const marked = await prepareWalk(sections, probes(75));
    const walked = await marked.walk((question) =>
      question.is === 'half-done' ? { choice: 'mark-done', text: 'seen by hand' } : undefined,
    );
    expect(marked.world.ran).toEqual(['one: try', 'three: try']);
    expect(walked.state.deviations).toMatchObject([{ kind: 'marked-done', host: 'two', why: 'seen by hand' }]);
  });

  it('never finds done what only reads, nor what has neither file nor probe', async () => {
    const test = await prepareWalk(stepOf('first', 'look', { options: '#| risk: read\n', more: '```bash probe\nlook\n```\n' }));
    await test.walk();
    expect(test.world.ran).toHaveLength(3);
  });

  it('runs an edited text only when it was shown again and confirmed', async () => {
    const test = await prepareWalk(stepOf('first', 'echo wrong'));
    const shown: string[] = [];
    const walked = await test.walk((question) => {
      if (question.is !== 'confirm') return undefined;
      const [part] = question.hosts[0]?.parts ?? [];
      if (part?.shown.is === 'command') shown.push(part.shown.text.text.trim());
      return shown.length === 1 ? { choice: 'edit', part: 1, text: 'echo right\n' } : 'yes';
    });
    expect(shown).toEqual(['echo wrong', 'echo right']);
    expect(new Set(test.world.ran)).toEqual(new Set(['one: echo right', 'two: echo right', 'three: echo right']));
    expect(walked.state.deviations).toMatchObject([{ kind: 'edited' }]);
  });

  it('asks anew for a text edited after a failure, and still runs it after a restart', async () => {
    const test = await prepareWalk(stepOf('first', 'echo wrong'), ({ script, host }) => ({
      code: script.includes('wrong') && host === 'one' ? 1 : 0,
    }));
    const first = await test.walk((question) => {
      if (question.is === 'failed') return { choice: 'edit', part: 1, text: 'echo right\n' };
      return question.is === 'confirm' && question.hosts.length === 1 ? 'stop' : undefined;
    });
    expect(first.code).toBe(1);
    expect(test.world.ran).not.toContain('one: echo right');
    const walked = await test.walk(saying('failed', 'retry'));
    expect(walked.code).toBe(0);
    expect(test.world.ran.at(-1)).toBe('one: echo right');
  });

  it('undoes a step as a further attempt, after which the host is pending and asked about again', async () => {
    const test = await prepareWalk(stepOf('first', 'do it', { more: '```bash undo\ntake it back\n```\n' }), ({ script, host }) => ({
      code: script.startsWith('do it') && host === 'one' && test.world.ran.length <= 3 ? 1 : 0,
    }));
    const walked = await test.walk(saying('failed', 'undo'));
    expect(walked.code).toBe(0);
    expect(kinds(walked)).toEqual(['confirm', 'failed', 'confirm', 'confirm']);
    expect(walked.asked[2]).toMatchObject({ isUndo: true, hosts: [{ host: 'one' }] });
    expect(test.world.ran.slice(3)).toEqual(['one: take it back', 'one: do it']);
    expect(walked.state.steps[0]?.perHost[0]?.attempts.map(({ number, isUndo }) => [number, isUndo])).toEqual([
      [1, false],
      [2, true],
      [3, false],
    ]);
  });

  it('undoes a phase backwards', async () => {
    const undo = (text: string): string => `\`\`\`bash undo\nundo ${text}\n\`\`\`\n`;
    const test = await prepareWalk(
      stepOf('first', 'do first', { more: undo('first') }) +
        stepOf('second', 'do second', { more: undo('second') }) +
        stepOf('third', 'do third'),
    );
    let asked = 0;
    const walked = await test.walk((question) => {
      if (question.is !== 'confirm' || question.isUndo || question.step.step.id !== 'third') return undefined;
      return asked++ === 0 ? { choice: 'undo', step: 'first', text: 'phase' } : undefined;
    });
    expect(walked.code).toBe(0);
    const texts = test.world.ran.map((each) => each.replace(/.*: /, ''));
    expect([...new Set(texts)]).toEqual(['do first', 'do second', 'undo second', 'undo first', 'do third']);
    expect(texts.filter((text) => text === 'do first')).toHaveLength(6);
  });

  it('skips with a reason, leaves a host out for the rest of the run, and tells both', async () => {
    const test = await prepareWalk(stepOf('first', 'try') + stepOf('second', 'again'));
    let asked = 0;
    const walked = await test.walk((question) => {
      if (question.is !== 'confirm') return undefined;
      asked += 1;
      if (asked === 1) return { choice: 'leave-host-out', hosts: ['two'], text: 'broken disk' };
      if (asked === 2) return { choice: 'skip', hosts: ['three'], text: 'not today' };
      return 'yes';
    });
    expect(walked.code).toBe(0);
    expect(test.world.ran).toEqual(['one: try', 'one: again', 'three: again']);
    expect(walked.state.deviations).toMatchObject([
      { kind: 'host-left-out', host: 'two', why: 'broken disk' },
      { kind: 'skipped', host: 'three', why: 'not today' },
    ]);
  });

  it('goes back to an earlier step and comes again', async () => {
    const test = await prepareWalk(stepOf('first', 'do first') + stepOf('second', 'do second'));
    let asked = 0;
    const walked = await test.walk((question) =>
      question.is === 'confirm' && question.step.step.id === 'second' && asked++ === 0 ? { choice: 'go-back', step: 'first' } : undefined,
    );
    expect(walked.code).toBe(0);
    expect(walked.asked.map((each) => (each.is === 'confirm' ? each.step.step.id : each.is))).toEqual([
      'first',
      'second',
      'first',
      'second',
    ]);
  });

  it('runs what was allowed to the end of the phase without a question, but not what destroys', async () => {
    const destroy = `> [!CAUTION]\n> It is gone then.\n\n`;
    const gone = stepOf('third', 'destroy it', { options: '#| risk: destroy\n' }).replace('Does third.\n', `Does third.\n\n${destroy}`);
    const test = await prepareWalk(stepOf('first', 'one thing') + stepOf('second', 'another') + gone);
    const walked = await test.walk((question) => {
      if (question.is !== 'confirm') return undefined;
      return question.step.step.id === 'first' ? 'yes-to-phase-end' : { choice: 'yes', hosts: ['one', 'two', 'three'] };
    });
    expect(walked.code).toBe(0);
    expect(walked.asked.map((each) => (each.is === 'confirm' ? each.step.step.id : each.is))).toEqual(['first', 'third']);
    expect(walked.events.flatMap((each) => (each.type === 'confirmed' ? [each.by] : []))).toEqual(['operator', 'allowance', 'operator']);
  });

  it('wants the name of every host typed before a step that destroys', async () => {
    const destroy = stepOf('first', 'destroy it', { options: '#| risk: destroy\n' }).replace(
      'Does first.\n',
      `Does first.\n\n> [!CAUTION]\n> Gone.\n\n`,
    );
    const test = await prepareWalk(destroy);
    const answers = [{ choice: 'yes' }, { choice: 'yes', hosts: ['one', 'two'] }, { choice: 'stop' }];
    const walked = await test.walk((question) => (question.is === 'confirm' ? answers.shift() : undefined));
    expect(walked.code).toBe(1);
    expect(walked.asked).toHaveLength(3);
    expect(test.world.ran).toEqual([]);
  });

  it('skips hosts and steps whose condition is not met, with the reason', async () => {
    const test = await prepareWalk(stepOf('first', 'try', { options: '#| when: host.name == "two"\n' }));
    const walked = await test.walk();
    expect(test.world.ran).toEqual(['two: try']);
    expect(stateOn(walked, 'one')).toBe('skipped');
    expect(walked.events.filter((each) => each.type === 'skipped')).toMatchObject([{ by: 'condition' }, { by: 'condition' }]);
  });

  it('runs at another host one command at a time, in the order of `on`', async () => {
    let atWork = 0;
    let most = 0;
    const test = await prepareWalk(stepOf('first', 'drain {{ host.name }}', { options: '#| at: worker[0]\n' }), () => {
      atWork += 1;
      most = Math.max(most, atWork);
      return {
        until: new Promise((resolve) =>
          setImmediate(() => {
            atWork -= 1;
            resolve();
          }),
        ),
      };
    });
    const walked = await test.walk();
    expect(test.world.ran).toEqual(['one: drain one', 'one: drain two', 'one: drain three']);
    expect(most).toBe(1);
    expect(walked.state.steps[0]?.perHost.map(({ name, state }) => [name, state])).toEqual([
      ['one', 'done'],
      ['two', 'done'],
      ['three', 'done'],
    ]);
  });

  it('tries a part that may be repeated again, each try an attempt of its own', async () => {
    let tries = 0;
    const test = await prepareWalk(stepOf('first', 'poll', { options: '#| every: 5s\n#| for: 1m\n' }), ({ host }) => ({
      code: host === 'one' && tries++ < 2 ? 1 : 0,
    }));
    const walked = await test.walk();
    expect(walked.code).toBe(0);
    expect(walked.state.steps[0]?.perHost[0]?.attempts.map(({ number, state }) => [number, state])).toEqual([
      [1, 'failed'],
      [2, 'failed'],
      [3, 'done'],
    ]);
  });

  it('has a step done by hand ticked for each host', async () => {
    const test = await prepareWalk(
      '### Cable\n\nBy hand.\n\n```text step=cable\n#| on: worker\nPlug in the cable of {{ host.name }}.\n```\n',
    );
    const walked = await test.walk((question) => (question.is === 'tick' ? 'ticked' : undefined));
    expect(walked.code).toBe(0);
    expect(walked.asked.filter((each) => each.is === 'tick')).toMatchObject([{ instruction: 'Plug in the cable of one.' }, {}, {}]);
    expect(test.world.ran).toEqual([]);
  });

  it('gives the terminal to an interactive part, one host after the other', async () => {
    const test = await prepareWalk(stepOf('first', 'passwd', { options: '#| interactive: true\n' }));
    const walked = await test.walk((question) => (question.is === 'interactive' ? 'open' : undefined));
    expect(walked.code).toBe(0);
    expect(test.world.ran.toSorted()).toEqual(['one: passwd', 'three: passwd', 'two: passwd']);
  });

  it('asks what a connection has to ask before it gives the terminal away', async () => {
    const test = await prepareWalk(stepOf('first', 'passwd', { options: '#| interactive: true\n' }));
    const { one } = test.world.machines;
    let isLent = false;
    const whileLent: string[] = [];
    const operator: Operator = (question) => {
      if (isLent) whileLent.push(question.is);
      if (one !== undefined) one.isReachable = question.is !== 'interactive' || question.host !== 'one';
      return question.is === 'interactive' ? 'open' : question.is === 'unreachable' ? 'try-again' : undefined;
    };
    const walked = await test.walk(operator, {
      onLent(now) {
        isLent = now;
      },
    });
    expect(walked.code).toBe(0);
    expect(walked.asked.map(({ is }) => is)).toContain('unreachable');
    expect(whileLent).toEqual([]);
    expect(test.world.ran.toSorted()).toEqual(['one: passwd', 'three: passwd', 'two: passwd']);
  });

  it('asks about values that must be the same on all hosts, or differ on each', async () => {
    const step = stepOf('first', 'show id', { options: '#| capture: { uuid: { regex: "id=(\\\\S+)" } }\n#| unique: [uuid]\n' });
    const test = await prepareWalk(step, ({ host }) => ({ out: `id=${host === 'three' ? 'one' : host}\n` }));
    const walked = await test.walk((question) => (question.is === 'failed' ? { choice: 'mark-done', text: 'known' } : undefined));
    expect(walked.code).toBe(0);
    expect(walked.asked[1]).toMatchObject({ is: 'failed', host: 'three', failure: { kind: 'compare' } });
  });

  it('runs diagnoses after a failure, and tells known errors of the step', async () => {
    const step = stepOf('first', 'try', {
      options: '#| known_errors:\n#|   - { match: "port taken", cause: Something listens there }\n',
      more: '```bash diagnose\nask around\n```\n',
    });
    const test = await prepareWalk(step, ({ isRead, host }) =>
      isRead ? { out: 'port taken by nginx\n' } : { code: host === 'one' ? 1 : 0 },
    );
    const walked = await test.walk(saying('failed', 'stop'));
    expect(walked.asked[1]).toMatchObject({ failure: { known: [{ cause: 'Something listens there' }] } });
    expect(walked.notices).toContainEqual({
      is: 'said',
      step: 'first',
      host: 'one',
      what: 'diagnose',
      text: 'port taken by nginx',
      exit: 0,
    });
  });

  it('runs an aside when the operator picks it, and one that mends a failure', async () => {
    const errors = '#| known_errors:\n#|   - { match: "no room", cause: The disk is full, fix: tidy }\n';
    let isTidy = false;
    const test = await prepareWalk(
      stepOf('first', 'copy', { options: errors }) + stepOf('tidy', 'tidy up', { options: '#| aside: true\n' }),
      ({ script, host }) => {
        if (script.startsWith('tidy')) isTidy = true;
        return script.startsWith('copy') && host === 'one' && !isTidy ? { code: 1, out: 'no room left\n' } : {};
      },
    );
    const walked = await test.walk((question) => {
      if (question.is !== 'failed') return undefined;
      return isTidy ? 'retry' : { choice: 'fix', step: 'tidy' };
    });
    expect(walked.code).toBe(0);
    expect(walked.asked.map((each) => (each.is === 'confirm' ? each.step.step.id : each.is))).toEqual([
      'first',
      'failed',
      'tidy',
      'failed',
    ]);
    expect(test.world.ran.at(-1)).toBe('one: copy');
  });
});
