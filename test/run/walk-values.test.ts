import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Done } from './scripted-hosts.ts';
import { prepareWalk, stepOf } from './walking.ts';

const one = [{ name: 'one', address: '192.0.2.1', roles: ['worker'], values: {} }];
const token = (more: string): string => `#| capture: { token: { regex: "token=(\\\\S+)"${more} } }\n`;
let made = 0;
const makes = ({ script }: { readonly script: string }): Done => {
  if (!script.startsWith('make')) return {};
  made += 1;
  return { out: `starting\ntoken=value-${made}\n` };
};
/** Mints a token; the aside mints another. */
const minting = (expires: string): string =>
  stepOf('mint', 'make token', { options: token(`, expires: ${expires}, renew: again`) }) +
  stepOf('again', 'make token again', { options: `#| aside: true\n${token(`, expires: ${expires}`)}` });

describe('a value', () => {
  it('is carried from what one step printed to the text of a later one', async () => {
    const test = await prepareWalk(minting('2h') + stepOf('use', 'use {{ token }}'), makes, one);
    made = 0;
    const walked = await test.walk();
    expect(walked.code).toBe(0);
    expect(test.world.ran).toEqual(['one: make token', 'one: use value-1']);
  });

  it('that is about to expire is made anew first, by its own step with its own yes', async () => {
    const between = stepOf('between', 'rest');
    const test = await prepareWalk(minting('2h') + between + stepOf('use', 'use {{ token }}'), makes, one);
    made = 0;
    const walked = await test.walk((question) => {
      // Then five minutes are left of its life, and the step that uses it may take ten.
      if (question.is === 'confirm' && question.step.step.id === 'between') test.clock.advance(115 * 60_000);
      return undefined;
    });
    expect(walked.code).toBe(0);
    expect(walked.asked.map((each) => each.is === 'confirm' && [each.step.step.id, each.renews])).toEqual([
      ['mint', undefined],
      ['between', undefined],
      ['again', 'token'],
      ['use', undefined],
    ]);
    expect(test.world.ran).toEqual(['one: make token', 'one: rest', 'one: make token again', 'one: use value-2']);
  });

  it('that neither a step nor the operator can bring is a failure of the step, and no text with a gap is run', async () => {
    const test = await prepareWalk(stepOf('use', 'use {{ host.facts.interface }}'), () => ({}), one);
    const walked = await test.walk((question) => (question.is === 'failed' ? 'stop' : undefined));
    expect(walked.code).toBe(1);
    expect(walked.asked.map((each) => each.is === 'failed' && each.failure.why)).toEqual([
      'A value that it needs is not there: ‹host.facts.interface of one›.',
    ]);
    expect(test.world.ran).toEqual([]);
  });

  it('is made anew as often as needed, which is no departure from the runbook', async () => {
    const rest = (id: string): string => stepOf(id, 'rest') + stepOf(`use-${id}`, 'use {{ token }}');
    const test = await prepareWalk(minting('2h') + rest('first') + rest('second'), makes, one);
    made = 0;
    const walked = await test.walk((question) => {
      if (question.is === 'confirm' && question.step.step.id.match(/^(first|second)$/)) test.clock.advance(115 * 60_000);
      return undefined;
    });
    expect(walked.code).toBe(0);
    expect(test.world.ran.filter((each) => each.includes('use'))).toEqual(['one: use value-2', 'one: use value-3']);
    expect(walked.state.deviations).toEqual([]);
  });

  it('of a step that was skipped is made by its aside', async () => {
    const test = await prepareWalk(minting('2h') + stepOf('use', 'use {{ token }}'), makes, one);
    made = 0;
    const walked = await test.walk((question) =>
      question.is === 'confirm' && question.step.step.id === 'mint' ? { choice: 'skip', text: 'by hand' } : undefined,
    );
    expect(walked.code).toBe(0);
    expect(test.world.ran).toEqual(['one: make token again', 'one: use value-1']);
  });

  it('without an aside is typed, and told as a departure', async () => {
    const test = await prepareWalk(stepOf('mint', 'make token', { options: token('') }) + stepOf('use', 'use {{ token }}'), makes, one);
    const walked = await test.walk((question) => {
      if (question.is === 'value') return { choice: 'answer', text: 'typed one' };
      return question.is === 'confirm' && question.step.step.id === 'mint' ? { choice: 'mark-done', text: 'by hand' } : undefined;
    });
    expect(walked.code).toBe(0);
    expect(test.world.ran).toEqual(["one: use 'typed one'"]);
    expect(walked.state.deviations.map((each) => each.kind)).toEqual(['marked-done', 'typed-value']);
  });

  it('stops the walk where nobody gives it', async () => {
    const test = await prepareWalk(stepOf('mint', 'make token', { options: token('') }) + stepOf('use', 'use {{ token }}'), makes, one);
    const walked = await test.walk((question) =>
      question.is === 'confirm' && question.step.step.id === 'mint' ? { choice: 'mark-done', text: 'by hand' } : undefined,
    );
    expect(walked).toMatchObject({ code: 1, why: 'Nobody gave token.' });
  });

  it('that was not printed fails its part', async () => {
    const test = await prepareWalk(stepOf('mint', 'make token', { options: token('') }), () => ({ out: 'nothing\n' }), one);
    const walked = await test.walk((question) => (question.is === 'failed' ? { choice: 'skip', text: 'later' } : undefined));
    expect(walked.asked[1]).toMatchObject({
      is: 'failed',
      failure: { kind: 'capture', exit: 0, why: 'token: the output does not hold it.' },
    });
  });

  it('is asked of the operator where the runbook says so', async () => {
    const step = stepOf('read', 'look', { options: '#| capture: { colour: { ask: Which colour is the lamp } }\n' });
    const test = await prepareWalk(step + stepOf('use', 'paint {{ colour }}'), undefined, one);
    const walked = await test.walk((question) => (question.is === 'value' ? { choice: 'answer', text: 'green' } : undefined));
    expect(walked.code).toBe(0);
    expect(test.world.ran).toEqual(['one: look', 'one: paint green']);
  });

  it('that is typed has the type that the runbook says, and is asked for again until it has', async () => {
    const step = stepOf('read', 'look', { options: '#| capture: { at: { ask: Which port is it, type: port } }\n' });
    const test = await prepareWalk(step + stepOf('use', 'open {{ at }}'), () => ({}), one);
    const typed = ['99999', '6443'];
    const walked = await test.walk((question) => (question.is === 'value' ? { choice: 'answer', text: typed.shift() ?? '' } : undefined));
    expect(walked.code).toBe(0);
    expect(walked.asked.flatMap((each) => (each.is === 'value' ? [each.why] : []))).toEqual([
      'Which port is it',
      'What was typed must be a port, 1 to 65535. Which port is it',
    ]);
    expect(test.world.ran.at(-1)).toBe('one: open 6443');
  });

  it('is gone when its step is undone', async () => {
    const mint = stepOf('mint', 'make token', { options: token(''), more: '```bash undo\ntake back\n```\n' });
    const test = await prepareWalk(mint + stepOf('use', 'use {{ token }}'), makes, one);
    made = 0;
    let asked = 0;
    const walked = await test.walk((question) => {
      if (question.is !== 'confirm' || question.isUndo || question.step.step.id !== 'use') return undefined;
      return asked++ === 0 ? { choice: 'undo', step: 'mint' } : undefined;
    });
    expect(walked.code).toBe(0);
    expect(test.world.ran).toEqual(['one: make token', 'one: take back', 'one: make token', 'one: use value-2']);
  });
});

describe('a secret', () => {
  it('is masked in what is shown while it runs, and is in clear in no file of the run', async () => {
    const secret = 'hunter2-and-more';
    const test = await prepareWalk(
      stepOf('mint', 'make token', { options: token(', secret: true') }) + stepOf('use', 'use {{ token }}'),
      ({ script }) => ({ out: script.startsWith('make') ? `token=${secret}\n` : `used ${secret} well\n` }),
      one,
    );
    let folder = '';
    const walked = await test.walk((_, { run }) => {
      folder = run.folder;
      return undefined;
    });
    expect(walked.code).toBe(0);
    expect(test.world.ran[1]).toBe(`one: use ${secret}`);
    const shown = walked.notices.flatMap((each) => (each.is === 'output' ? [Buffer.from(each.bytes).toString()] : [])).join('');
    expect(shown).toBe('token=••••••\nused •••••• well\n');
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const file of files.filter((each) => each.isFile())) {
      expect((await readFile(join(file.parentPath, file.name))).includes(secret), file.name).toBe(false);
    }
  });
});
