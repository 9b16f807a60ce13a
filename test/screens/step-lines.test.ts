import { expect, it } from 'vitest';
import { type Line, lineWidth } from '../../src/screens/pieces/line.ts';
import { type Looking, stepPage } from '../../src/screens/step/step-lines.ts';
import { viewStep } from '../../src/screens/step/step-view.ts';
import { beforeStep, type WalkScreenState, walkOnce, walkTo } from './walk-states.ts';

const init = walkOnce(beforeStep('init'));
const join = walkOnce(beforeStep('join-control-planes'));

const textOf = (row: Line): string => row.map(({ text }) => text).join('');
const pageOf = (state: WalkScreenState, id: string, looking: Partial<Looking> = {}, columns = 100): readonly Line[] =>
  stepPage({ state, view: viewStep(state, id), looking: { host: 0, piece: null, ...looking } }, { columns, rows: 40 }).lines;
const told = (lines: readonly Line[]): string => lines.map(textOf).join('\n');

it('marks the piece under the cursor in the command, and nowhere else', async () => {
  const reversed = pageOf(await init(), 'init', { piece: 0 }).flatMap((row) => row.filter(({ isReversed }) => isReversed === true));
  expect(reversed.map(({ text }) => text)).toEqual(['--control-plane-endpoint']);
});

it('marks what differs on the other hosts', async () => {
  const beware = pageOf(await join(), 'join-control-planes').flatMap((row) =>
    row.filter(({ tone }) => tone === 'beware' && row.length > 1),
  );
  expect(beware.map(({ text }) => text)).toEqual(['172.18.194.78']);
});

it('says of each value where it comes from, and how long it will live', async () => {
  const state = await join();
  const text = told(pageOf({ ...state, now: state.now + 3_600_000 * 1.5 }, 'join-control-planes', {}, 140));
  expect(text).toContain('join.token            ••••••••, from “Initialise the first control plane” on server77; lives 22 h 30 min more');
  expect(text).toContain('join.certificate_key  ••••••••, from “Initialise the first control plane” on server77; lives 30 min more');
  expect(text).toContain('host.address          172.18.194.78, the host at hand');
});

it('a step that is still ahead shows what is not known yet as such', async () => {
  const text = told(pageOf(await init(), 'join-control-planes'));
  expect(text).toContain('Planned text');
  expect(text).toContain('‹…› stands where a value is not known yet.');
  expect(text).toContain('--token ‹join.token from “Initialise the first control plane”›');
});

it('says why a step was skipped, and shows what it would have run', async () => {
  const text = told(pageOf(await init(), 'docker'));
  expect(text).toContain('[--] skipped');
  expect(text).toMatch(/Why: .*container_runtime/);
  expect(text.match(/needed: container_runtime/g)).toHaveLength(1);
  expect(text).toContain('install -y docker.io');
});

it('tells the attempts so far, with their exit codes, and what a check said last', async () => {
  const state = await walkTo((question) => question.is === 'failed' && question.step.step.id === 'haproxy-package', {
    does: ({ script, isRead }) => (!isRead && script.includes('install -y haproxy') ? { code: 100 } : undefined),
  });
  const text = told(pageOf(state, 'haproxy-package'));
  expect(text).toContain('Attempts so far');
  expect(text).toMatch(/lb {2}\[!!\] failed {2}attempt 1 {2}\d\d:\d\d:\d\d {2}took 0 s {2}exit 100/);
  expect(text).toContain('lb: the probe said last, exit 1');
});

it('hosts found done are told so', async () => {
  const state = await walkTo(beforeStep('haproxy'), {
    does: ({ script, isRead }) => (isRead && script.includes('haproxy -v') ? { code: 0 } : undefined),
  });
  expect(told(pageOf(state, 'haproxy-package'))).toMatch(/\[ok\] lb {2}172\.18\.194\.80 {2}as root by sudo {2}done, found so/);
});

it('an edited text shows no secret', async () => {
  const token = 'ap9hs3.rvq3cj8d2k5m7n1p';
  let isEdited = false;
  const state = await walkTo((question) => isEdited && beforeStep('join-control-planes')(question), {
    says: (question) => {
      if (!beforeStep('join-control-planes')(question)) return 'usual';
      isEdited = true;
      return { choice: 'edit', part: 1, text: `kubeadm join cp.xxx.com:6443 --token ${token} --v=5\n` };
    },
  });
  const text = told(pageOf(state, 'join-control-planes'));
  expect(text).toContain('kubeadm join cp.xxx.com:6443 --token •••••• --v=5');
  expect(text).toContain('Its text is not the runbook’s: it was edited in this run.');
  expect(text).not.toContain(token);
});

it('no row is wider than its pane, whatever the width', async () => {
  const state = await join();
  for (const columns of [30, 43, 59, 80, 101]) {
    const wider = state.run.steps.flatMap(({ id }) => pageOf(state, id, {}, columns).filter((row) => lineWidth(row) > columns));
    expect(wider.map(textOf)).toEqual([]);
  }
});

it('says what ended just before, where that takes nothing needed out of sight', async () => {
  const state = await join();
  expect(told(pageOf(state, 'join-control-planes'))).toContain('Just before:  [ok] done  Wait until the node is Ready  (o: what it said)');
  const view = viewStep(state, 'join-control-planes');
  const low = stepPage({ state, view, looking: { host: 0, piece: null } }, { columns: 80, rows: 19 });
  expect(told(low.lines)).not.toContain('Just before:');
});
