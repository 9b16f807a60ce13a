import { describe, expect, it } from 'vitest';
import { hostDetail, hostTable } from '../../src/screens/hosts/hosts-lines.ts';
import { HostsScreen } from '../../src/screens/hosts.tsx';
import type { Line } from '../../src/screens/pieces/line.ts';
import { failsOften } from './failure-states.ts';
import { type ShownWalk, showWalk } from './show-walk.tsx';
import { beforeStep, type WalkScreenState, walkTo } from './walk-states.ts';

const show = (state: WalkScreenState): Promise<ShownWalk> => showWalk(state, (props) => <HostsScreen {...props} />);
const texts = (rows: readonly Line[]): readonly string[] =>
  rows.map((row) =>
    row
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  );

function detailOf(state: WalkScreenState, name: string): readonly string[] {
  const host = state.run.hosts.find((each) => each.name === name);
  if (host === undefined) throw new Error(`There is no ${name}.`);
  return texts(hostDetail(state, host, 80));
}

describe('a host', () => {
  it('is told with how it is reached and what was found there, its key whole on a row of its own', async () => {
    const state = await walkTo(beforeStep('init'));
    const [lb] = state.run.pins.filter(({ host }) => host === 'lb');
    if (lb === undefined) throw new Error('lb is not pinned');
    const hostKey = 'SHA256:9nYw0Xqk3hF7s2mZ6aD1cU5vT8bRr0QeLpJ4iGxKy2E';
    const facts = { os: 'Debian GNU/Linux', release: '12', arch: 'x86_64', cores: 2, memory: 3900, hostname: 'lb' };
    const pins = [{ ...lb, hostKey, facts, clockDifference: 6_810 }];
    expect(detailOf({ ...state, run: { ...state.run, pins } }, 'lb').join('\n')).toMatchInlineSnapshot(`
      "lb
      reached at  172.18.194.80
      user        ops
      connection  reached
      step        “Initialise the first control plane” (step 16 of 27) is not for it
      system      Debian GNU/Linux 12
      processor   x86_64, 2 cores
      memory      3900 MiB
      called      lb
      clock       6.8 s ahead of this console’s
      machine id  id-of-lb
      host key
        SHA256:9nYw0Xqk3hF7s2mZ6aD1cU5vT8bRr0QeLpJ4iGxKy2E"
    `);
  });

  it('that was never reached, is lost or quiet, or left out is told so', async () => {
    const state = await walkTo(beforeStep('init'));
    const changed: WalkScreenState = {
      ...state,
      run: { ...state.run, pins: state.run.pins.filter(({ host }) => host !== 'lb'), leftOut: ['server79'] },
      connections: { server77: { state: 'lost', since: state.now - 65_000, why: 'No route to host.' } },
      quiet: { server78: state.now - 120_000 },
    };
    expect(texts(hostTable(changed, 0, 80)).join('\n')).toMatchInlineSnapshot(`
      "  host      address        roles                connection      in this step
      > lb        172.18.194.80  load_balancer        not yet         -
        server77  172.18.194.77  control_plane        LOST            [  ] not yet
        server78  172.18.194.78  control_plane        quiet           -
        server79  172.18.194.79  control_plane        reached         [--] left out
        console   this machine                        reached         -"
    `);
    expect(detailOf(changed, 'server77')).toContain('connection  lost for 1 min: No route to host.');
    expect(detailOf(changed, 'server78')).toContain('connection  nothing heard for 2 min');
    expect(detailOf(changed, 'lb')).toContain('Not reached yet in this run: nothing is known of the machine.');
    expect(detailOf(changed, 'server79')[0]).toBe('server79   left out of the rest of the run');
  });
});

it('moves by each of several keys that come together', async () => {
  const state = await walkTo(beforeStep('init'));
  const shown = await show(state);
  await shown.rush('jjk');
  expect(shown.text()).toContain('> server77');
});

describe('a shell', () => {
  it('is opened through the question that offers it, after a letter', async () => {
    const { state, question } = await failsOften({ hosts: 2 });
    const shown = await show(state);
    await shown.press(...(question.host === 'worker1' ? [] : ['j']), '!');
    expect(shown.text()).toContain(`Open a shell on ${question.host} as root?`);
    await shown.press('\r', 'y');
    expect(shown.sent).toEqual([
      { do: 'back' },
      { do: 'answer', answer: { question: question.id, choice: 'shell', hosts: [question.host] } },
    ]);
  });

  it('is offered only where a question offers it, and the key says so', async () => {
    const state = await walkTo(beforeStep('init'));
    const shown = await show(state);
    await shown.press('!');
    expect(shown.text()).toContain('! shell: a shell opens only on a host of the step that waits for an answer');
    expect(shown.sent).toEqual([]);
  });
});
