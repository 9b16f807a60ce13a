import { describe, expect, it } from 'vitest';
import { answerUnattended } from '../../src/plain/unattended.ts';
import type { Question } from '../../src/run/walk/question.ts';
import { prepareWalk, stepOf, type TestWalk, type Walked } from './walking.ts';

const policy = (question: Question) => answerUnattended(question, { destroy: [] });
const attemptOn = (walked: Walked, host: string) => walked.state.steps[0]?.perHost.find((each) => each.name === host)?.attempts.at(-1);
/** Something that the test lets go on. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** Cuts the connection of a host when all three are at work. */
async function cutWhenAllRun(test: TestWalk, host: string): Promise<void> {
  await expect.poll(() => test.world.ran.length).toBe(3);
  await expect.poll(() => test.world.cut(host)).toBe(true);
}

/** Lets minutes pass, one by one, so that what waits for each of them can act. */
async function minutes(test: TestWalk, count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    test.clock.advance(60_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a lost connection', () => {
  it('is a state: the part goes on on the host, and its output from the byte where it stopped', async () => {
    const part = gate();
    const test = await prepareWalk(stepOf('first', 'long'), ({ host }) =>
      host === 'one' ? { out: 'all of it\n', until: part.opened } : {},
    );
    const walking = test.walk((question) => {
      if (question.is !== 'lost') return undefined;
      part.open();
      return 'wait';
    });
    await expect.poll(() => test.world.machines['one']?.attempts.size).toBe(1);
    await cutWhenAllRun(test, 'one');
    const walked = await walking;
    expect(walked.code).toBe(0);
    expect(test.world.ran.filter((each) => each === 'one: long')).toHaveLength(1);
    expect(walked.events.some((each) => each.type === 'part-lost')).toBe(true);
    const output = walked.notices.flatMap((each) =>
      each.is === 'output' && each.host === 'one' ? [Buffer.from(each.bytes).toString()] : [],
    );
    expect(output.join('')).toBe('all of it\n');
    expect(walked.notices).toContainEqual({ is: 'connection', host: 'one', state: 'back' });
  });

  it('leaves the part running when the operator says so, and finds it ended on return', async () => {
    const part = gate();
    const test = await prepareWalk(stepOf('first', 'long'), ({ host }) => (host === 'one' ? { code: 0, until: part.opened } : {}));
    const machine = test.world.machines['one'];
    if (machine === undefined) throw new Error('no machine');
    const walking = test.walk((question) => (question.is === 'lost' ? 'leave-running' : undefined));
    await expect.poll(() => machine.attempts.size).toBe(1);
    machine.isReachable = false;
    await cutWhenAllRun(test, 'one');
    expect(await walking).toMatchObject({ code: 3, state: { state: 'stopped' } });
    part.open();
    machine.isReachable = true;
    const walked = await test.walk();
    expect(walked).toMatchObject({ code: 0, state: { state: 'finished' } });
    expect(walked.asked).toEqual([]);
    expect(test.world.ran).toHaveLength(3);
    const resumed = walked.events.find((each) => each.type === 'resumed');
    expect(resumed).toMatchObject({
      found: ['0 of 1 steps are done.', '“Step first” on one, part 1: it ended meanwhile with exit code 0.'],
    });
  });

  it('is waited for until the part’s timeout without a person, then the walk stops with 3', async () => {
    const test = await prepareWalk(stepOf('first', 'long', { options: '#| timeout: 20s\n' }), ({ host }) =>
      host === 'one' ? { until: new Promise(() => {}) } : {},
    );
    const machine = test.world.machines['one'];
    const walking = test.walk((question) => (question.is === 'too-long' ? 'wait' : policy(question)), { isUnattended: true });
    await expect.poll(() => machine?.attempts.size).toBe(1);
    if (machine !== undefined) machine.isReachable = false;
    await cutWhenAllRun(test, 'one');
    const walked = await walking;
    expect(walked).toMatchObject({ code: 3 });
    expect(walked.asked.filter((each) => each.is === 'lost').map((each) => each.is === 'lost' && each.isOverTimeout)).toEqual([
      false,
      true,
    ]);
  });
});

describe('the wrong-host guard', () => {
  it('never runs a step on another machine until the operator has said that it is right', async () => {
    const test = await prepareWalk(stepOf('first', 'one thing') + stepOf('second', 'another'));
    const first = await test.walk((question) => (question.is === 'confirm' && question.step.step.id === 'second' ? 'stop' : undefined));
    expect(first.code).toBe(1);
    const machine = test.world.machines['two'];
    if (machine !== undefined) machine.machineId = 'another';
    const stopped = await test.walk((question) => (question.is === 'other-machine' ? 'stop' : undefined));
    expect(stopped).toMatchObject({ code: 3, why: 'Another machine answers as two.' });
    expect(test.world.ran).toHaveLength(3);
    const walked = await test.walk((question) => (question.is === 'other-machine' ? 'it-is-right' : undefined));
    expect(walked.code).toBe(0);
    expect(walked.state.deviations).toMatchObject([{ kind: 'replaced-machine', host: 'two' }]);
    expect(walked.asked.filter((each) => each.is === 'other-machine')).toHaveLength(1);
  });

  it('never takes one machine for two hosts until the operator has said that it is right', async () => {
    const test = await prepareWalk(stepOf('first', 'one thing'));
    const { one, two } = test.world.machines;
    if (one === undefined || two === undefined) throw new Error('the world has both');
    Object.assign(two, { hostKey: one.hostKey, machineId: one.machineId, bootId: one.bootId });
    const stopped = await test.walk((question) => (question.is === 'other-machine' ? 'stop' : undefined));
    expect(stopped.code).toBe(3);
    expect(test.world.ran).toHaveLength(0);
    const walked = await test.walk((question) => (question.is === 'other-machine' ? 'it-is-right' : undefined));
    expect(walked.code).toBe(0);
    expect(walked.asked.filter((each) => each.is === 'other-machine')).toHaveLength(1);
  });

  it('looks at the machine again after a lost connection, before anything goes on there', async () => {
    const test = await prepareWalk(stepOf('first', 'long'), ({ host }) => (host === 'one' ? { until: new Promise(() => {}) } : {}));
    const machine = test.world.machines['one'];
    const walking = test.walk((question) => (question.is === 'other-machine' ? 'stop' : undefined));
    await expect.poll(() => machine?.attempts.size).toBe(1);
    if (machine !== undefined) machine.machineId = 'another';
    await cutWhenAllRun(test, 'one');
    expect(await walking).toMatchObject({ code: 3, why: 'Another machine answers as one.' });
  });
});

it('asks about a host that cannot be reached, and goes on without it where it is left out', async () => {
  const test = await prepareWalk(stepOf('first', 'try'));
  const machine = test.world.machines['two'];
  if (machine !== undefined) machine.isReachable = false;
  const walked = await test.walk((question) => (question.is === 'unreachable' ? { choice: 'leave-host-out', text: 'is down' } : undefined));
  expect(walked.code).toBe(0);
  expect(test.world.ran.toSorted()).toEqual(['one: try', 'three: try']);
});

it('stops with 3 where a host cannot be reached and nobody answers', async () => {
  const test = await prepareWalk(stepOf('first', 'try'));
  const machine = test.world.machines['two'];
  if (machine !== undefined) machine.isReachable = false;
  expect(await test.walk(policy, { isUnattended: true })).toMatchObject({ code: 3, why: 'two does not answer.' });
});

describe('a part that takes too long', () => {
  it('is asked about and never killed by itself; cancelled, it failed', async () => {
    const test = await prepareWalk(stepOf('first', 'hang'), ({ host }) => (host === 'one' ? { until: new Promise(() => {}) } : {}));
    const walking = test.walk((question) => {
      if (question.is === 'too-long') return question.limit === 'idle' ? 'wait' : 'cancel';
      return question.is === 'failed' ? { choice: 'skip', text: 'hangs' } : undefined;
    });
    await expect.poll(() => test.world.ran.length).toBe(3);
    await minutes(test, 11);
    const walked = await walking;
    expect(walked.code).toBe(0);
    expect(attemptOn(walked, 'one')?.parts[0]).toMatchObject({ state: 'failed', exit: 143 });
  });

  it('is not asked about any longer when it is heard of again', async () => {
    let say = (): void => {};
    const test = await prepareWalk(stepOf('first', 'talk'), ({ host }) =>
      host === 'one'
        ? {
            until: new Promise((resolve) => {
              say = resolve;
            }),
            out: 'here I am\n',
          }
        : {},
    );
    const walking = test.walk((question) => {
      if (question.is === 'too-long') say();
      return undefined;
    });
    await expect.poll(() => test.world.ran.length).toBe(3);
    await minutes(test, 3);
    const walked = await walking;
    expect(walked.code).toBe(0);
    const asked = walked.asked.find((each) => each.is === 'too-long');
    expect(asked).toMatchObject({ limit: 'idle', host: 'one' });
    expect(walked.notices).toContainEqual({ is: 'settled', question: asked?.id });
  });

  it('stops the unattended walk at its timeout and is left running', async () => {
    const test = await prepareWalk(stepOf('first', 'hang'), ({ host }) => (host === 'one' ? { until: new Promise(() => {}) } : {}));
    const walking = test.walk(policy, { isUnattended: true });
    await expect.poll(() => test.world.ran.length).toBe(3);
    await minutes(test, 11);
    const walked = await walking;
    expect(walked).toMatchObject({ code: 1 });
    expect(walked.notices.some((each) => each.is === 'quiet')).toBe(true);
    expect(test.world.machines['one']?.attempts.values().next().value?.found).toMatchObject({ is: 'running' });
  });
});

describe('an interrupt', () => {
  it('ends the walk at once where nothing runs', async () => {
    const test = await prepareWalk(stepOf('first', 'try'));
    const walked = await test.walk((question, { runner }) => {
      if (question.is !== 'confirm') return undefined;
      runner.send({ do: 'interrupt' });
      return undefined;
    });
    expect(walked).toMatchObject({ code: 1, isInterrupted: true });
    expect(test.world.ran).toEqual([]);
  });

  it('asks while something runs: go on, leave it running, or cancel', async () => {
    const test = await prepareWalk(stepOf('first', 'hang'), () => ({ until: new Promise(() => {}) }));
    let said = 0;
    const walking = test.walk((question, { runner }) => {
      if (question.is === 'interrupted') {
        said += 1;
        if (said === 1) setImmediate(() => setImmediate(() => runner.send({ do: 'interrupt' })));
        return said === 1 ? 'go-on' : 'cancel';
      }
      if (question.is === 'confirm') setTimeout(() => runner.send({ do: 'interrupt' }), 50);
      return question.is === 'failed' ? { choice: 'skip', text: 'cancelled' } : undefined;
    });
    const walked = await walking;
    expect(said).toBe(2);
    expect(walked.code).toBe(0);
    expect(walked.asked.filter((each) => each.is === 'failed')).toHaveLength(3);
  });
});

describe('a reboot', () => {
  it('has ended well when the same machine answers with another boot id', async () => {
    const test = await prepareWalk(
      stepOf('first', 'reboot', { options: '#| reboot: true\n' }) + stepOf('second', 'after'),
      ({ script, host }) => {
        const machine = test.world.machines[host];
        if (machine !== undefined && script.startsWith('reboot')) {
          machine.isReachable = false;
          setTimeout(() => {
            machine.bootId = 'second';
            machine.isReachable = true;
          }, 20);
        }
        return {};
      },
    );
    const walked = await test.walk();
    expect(walked.code).toBe(0);
    expect(walked.state.pins.find((pin) => pin.host === 'one')).toMatchObject({ bootId: 'second', machineId: 'id-of-one' });
  });

  it('makes any other part unknown, and its probe decides whether it is asked about', async () => {
    const test = await prepareWalk(stepOf('first', 'long', { more: '```bash probe\nlook\n```\n' }), ({ host, isRead }) => {
      if (isRead) return { code: test.world.ran.length > 0 && host !== 'two' ? 0 : 1 };
      return host === 'three' ? {} : { until: new Promise(() => {}) };
    });
    const walking = test.walk((question, { runner }) => {
      if (question.is === 'confirm') setTimeout(() => runner.send({ do: 'interrupt' }), 50);
      return question.is === 'interrupted' ? 'leave-running' : undefined;
    });
    expect(await walking).toMatchObject({ code: 1 });
    for (const host of ['one', 'two'])
      for (const id of test.world.machines[host]?.attempts.keys() ?? []) test.world.machines[host]?.lose(id, { is: 'rebooted' });
    const walked = await test.walk((question) => (question.is === 'unknown' ? { choice: 'skip', text: 'looked at by hand' } : undefined));
    expect(walked.asked).toMatchObject([{ is: 'unknown', host: 'two', probed: 'not-done' }]);
    expect(walked.state.steps[0]?.perHost.map(({ state, by }) => [state, by])).toEqual([
      ['done', 'found'],
      ['skipped', undefined],
      ['done', 'ran'],
    ]);
  });
});

describe('a resumed run', () => {
  it('keeps a part that never arrived from starting, when its text was edited meanwhile', async () => {
    const test = await prepareWalk(stepOf('first', 'echo old', { more: '```bash then\necho then\n```\n' }));
    test.world.onCrossing = (what) => {
      if (what.startsWith('start ')) throw new Error('ended before it was sent');
    };
    await expect(test.walk()).rejects.toThrow('ended before it was sent');
    expect(test.world.ran).toEqual([]);
    test.world.onCrossing = () => {};
    let asked = 0;
    const walked = await test.walk((question) =>
      question.is === 'confirm' && asked++ === 0 ? { choice: 'edit', part: 1, text: 'echo new\n' } : undefined,
    );
    expect(walked.code).toBe(0);
    expect(test.world.ran.toSorted()).toEqual(
      ['one', 'three', 'two'].flatMap((host) => [`${host}: echo new`, `${host}: echo then`]).toSorted(),
    );
    expect(walked.state.steps[0]?.perHost[0]?.attempts.map((attempt) => attempt.number)).toEqual([1, 2]);
  });

  it('tells what is done, what failed and that the runbook has changed since, and asks about the failure first', async () => {
    const test = await prepareWalk(stepOf('first', 'one thing') + stepOf('second', 'fails'), ({ script, host }) => ({
      code: script.startsWith('fails') && host === 'two' ? 1 : 0,
    }));
    await test.walk((question) => (question.is === 'failed' ? 'stop' : undefined));
    const walked = await test.walk((question) => (question.is === 'failed' ? { choice: 'mark-done', text: 'done by hand' } : undefined), {
      runbookChanged: true,
    });
    expect(walked.code).toBe(0);
    expect(walked.asked).toMatchObject([{ is: 'failed', host: 'two', isFromBefore: true }]);
    expect(walked.events.find((each) => each.type === 'resumed')).toMatchObject({
      found: ['1 of 2 steps are done.', '“Step second” on two: it failed.'],
      runbookChanged: true,
    });
  });

  it('is tried once more without a person, and stops at the next failure', async () => {
    const test = await prepareWalk(stepOf('first', 'fails'), ({ host }) => ({ code: host === 'two' ? 1 : 0 }));
    expect(await test.walk(policy, { isUnattended: true })).toMatchObject({ code: 1 });
    expect(test.world.ran).toHaveLength(3);
    expect(await test.walk(policy, { isUnattended: true })).toMatchObject({ code: 1 });
    expect(test.world.ran).toHaveLength(4);
  });

  it('verifies again, without a person, what had ended well', async () => {
    let isReached = false;
    const test = await prepareWalk(stepOf('first', 'try', { more: '```bash verify\ncheck\n```\n' }), ({ isRead }) => ({
      code: isRead && !isReached ? 1 : 0,
    }));
    expect(await test.walk(policy, { isUnattended: true })).toMatchObject({ code: 1 });
    isReached = true;
    expect(await test.walk(policy, { isUnattended: true })).toMatchObject({ code: 0 });
    expect(test.world.ran).toHaveLength(3);
  });

  it('tries an undo that was cut short only after asking', async () => {
    const test = await prepareWalk(stepOf('first', 'do it', { more: '```bash undo\ntake it back\n```\n' }), ({ script, host }) =>
      script.startsWith('take') ? { until: new Promise(() => {}) } : { code: host === 'one' ? 1 : 0 },
    );
    const walking = test.walk((question, { runner }) => {
      if (question.is === 'confirm' && question.isUndo) setTimeout(() => runner.send({ do: 'interrupt' }), 50);
      if (question.is === 'interrupted') return 'leave-running';
      return question.is === 'failed' ? 'undo' : undefined;
    });
    expect(await walking).toMatchObject({ code: 1 });
    const machine = test.world.machines['one'];
    for (const id of machine?.attempts.keys() ?? []) machine?.lose(id, { is: 'lost', childrenAlive: false });
    const walked = await test.walk((question) => (question.is === 'unknown' ? { choice: 'mark-done', text: 'seen' } : undefined));
    expect(walked.asked).toMatchObject([
      { is: 'unknown', host: 'one', why: 'This was its undo. What watched over it is gone without an exit code.' },
    ]);
    expect(test.world.ran.filter((each) => each === 'one: take it back')).toHaveLength(1);
  });
});
