import { expect, it } from 'vitest';
import type { WalkState } from '../../src/scenes/walk-state.ts';
import type { ScreenProps } from '../../src/screens/screen-props.ts';
import { StepScreen } from '../../src/screens/step.tsx';
import { eighty, type ShownWalk, showWalk } from './show-walk.tsx';
import { beforeStep, type WalkScreenState, walkOnce, walkTo, workers } from './walk-states.ts';

const init = walkOnce(beforeStep('init'));
const haproxy = walkOnce(beforeStep('haproxy'));
const undo = walkOnce((question) => question.is === 'confirm' && question.isUndo, {
  more: workers(2),
  says: (question) => (beforeStep('nodes')(question) ? { choice: 'undo', step: 'join-workers' } : 'usual'),
});

const stepOf = (id: string) => (props: ScreenProps<WalkState>) => <StepScreen {...props} step={id} />;

/** Opens the confirmation of a step, as `r` does it. */
async function ask(state: WalkScreenState, id: string, size = eighty): Promise<ShownWalk> {
  const shown = await showWalk(state, stepOf(id), size);
  await shown.press('r');
  await shown.shows('y run it');
  return shown;
}
const answersIn = ({ sent }: ShownWalk): readonly unknown[] => sent.flatMap((act) => (act.do === 'answer' ? [act.answer] : []));

it('asks with everything that is said yes to', async () => {
  expect((await ask(await init(), 'init')).text()).toMatchInlineSnapshot(`
    " LIVE  Kubernetes with three control planes b…  run 1   step 16 of 27   00:00:00
    ────────────────────────────────────────────────────────────────────────────────
    Run “Initialise the first control plane” on 1 host?
    risk: change

      server77  172.18.194.77  as root by sudo

      bash:
        kubeadm init \\
          --control-plane-endpoint cp.xxx.com:6443 \\
          --apiserver-advertise-address 172.18.194.77 \\
          --kubernetes-version 1.36.2 \\
          --image-repository registry.example.net/kubernetes \\
          --pod-network-cidr 192.168.0.0/16 \\
          --service-cidr 10.96.0.0/12 \\
          --upload-certs

      With these variables:
        KUBECONFIG=/etc/kubernetes/admin.conf

    … rows 1 to 18 of 33: pgup pgdn
    ────────────────────────────────────────────────────────────────────────────────
    y run it   n do not run   a allow to the end of the phase   t allow to a step
    k what is round it   ? keys"
  `);
});

it('goes on working at 60 x 16', async () => {
  expect((await ask(await init(), 'init', { columns: 60, rows: 16 })).text()).toMatchInlineSnapshot(`
    " LIVE  Kubernetes with th…  run 1   step 16 of 27   00:00:00
    ────────────────────────────────────────────────────────────
    Run “Initialise the first control plane” on 1 host?
    risk: change

      server77  172.18.194.77  as root by sudo

      bash:
        kubeadm init \\
          --control-plane-endpoint cp.xxx.com:6443 \\
          --apiserver-advertise-address 172.18.194.77 \\
          --kubernetes-version 1.36.2 \\
          --image-repository registry.example.net/kubernetes \\
    … rows 1 to 11 of 35: pgdn shows the rest, then y counts
    ────────────────────────────────────────────────────────────
    (y run it)   n do not run   ? keys"
  `);
});

it('y is the yes', async () => {
  const shown = await ask(await init(), 'init');
  await shown.press('y');
  expect(answersIn(shown)).toEqual([{ question: (await init()).questions[0]?.id, choice: 'yes' }]);
});

it.each([
  ['Enter', '\r'],
  ['a digit', '1'],
  ['a space', ' '],
  ['r again', 'r'],
  ['pasted text', '\u001b[200~y\u001b[201~'],
])('%s is no yes', async (_, keys) => {
  const shown = await ask(await init(), 'init');
  await shown.press(keys);
  expect(shown.sent).toEqual([]);
});

it('keys typed ahead, or held down, are no yes', async () => {
  const shown = await showWalk(await init(), stepOf('init'));
  await shown.press('ry');
  await shown.rush('y');
  await shown.rush('yyyy');
  await shown.shows('y run it');
  expect(shown.sent).toEqual([]);
});

it('a yes counts only when the end of the text was in sight', async () => {
  const shown = await ask(await haproxy(), 'haproxy');
  await shown.press('y');
  await shown.shows('y run it: the text goes on below: pgdn shows the rest');
  expect(shown.sent).toEqual([]);
  await shown.press('\u001b[6~', '\u001b[6~', '\u001b[6~', 'y');
  expect(answersIn(shown)).toEqual([{ question: (await haproxy()).questions[0]?.id, choice: 'yes' }]);
});

it('esc and n run nothing, and go back to the step', async () => {
  for (const key of ['n', '\u001b']) {
    const shown = await ask(await init(), 'init');
    await shown.press(key);
    await shown.shows('Exact text');
    expect(shown.sent).toEqual([]);
  }
});

it('a allows to the end of the phase', async () => {
  const shown = await ask(await init(), 'init');
  await shown.press('a');
  expect(answersIn(shown)).toEqual([{ question: (await init()).questions[0]?.id, choice: 'yes-to-phase-end' }]);
});

it('t lets a step be chosen; only the y that follows allows anything', async () => {
  const shown = await ask(await init(), 'init');
  await shown.press('t');
  await shown.shows('Up to which step is the yes to reach?');
  await shown.press('\u001b[B', '\r');
  await shown.shows('without asking again');
  expect(shown.sent).toEqual([]);
  await shown.press('y');
  expect(answersIn(shown)).toEqual([{ question: (await init()).questions[0]?.id, choice: 'yes-to-here', step: 'calico' }]);
});

it('a question that is withdrawn takes its confirmation away', async () => {
  const shown = await ask(await init(), 'init');
  await shown.change({ questions: [] });
  expect(shown.text()).not.toContain('y run it');
  await shown.press('y');
  expect(shown.sent).toEqual([]);
});

it('what destroys asks for the name of each host, typed one after the other', async () => {
  const shown = await showWalk(await undo(), stepOf('join-workers'));
  await shown.press('\u001b[F', 'y');
  await shown.shows('Type the name of the host, worker1, to run it there.');
  expect(shown.text()).toContain('enter say it   esc back');
  expect(shown.text()).not.toContain('y run it');
  await shown.press('worker1', '\r');
  await shown.shows('Type the name of the host, worker2, to run it there.');
  await shown.press('worker2');
  expect(shown.sent).toEqual([]);
  await shown.press('\r');
  expect(answersIn(shown)).toEqual([{ question: (await undo()).questions[0]?.id, choice: 'yes', hosts: ['worker1', 'worker2'] }]);
});

it('a pasted or a wrong name runs nothing', async () => {
  const shown = await showWalk(await undo(), stepOf('join-workers'));
  await shown.press('\u001b[F', 'y', '\u001b[200~worker1\u001b[201~', '\r');
  await shown.shows('is not worker1. Nothing was run.');
  await shown.press('y', 'worker2', '\r');
  await shown.shows('“worker2” is not worker1. Nothing was run.');
  expect(shown.sent).toEqual([]);
});

it('no to an undo leaves the step as it is', async () => {
  const shown = await showWalk(await undo(), stepOf('join-workers'));
  await shown.press('n');
  expect(answersIn(shown)).toEqual([{ question: (await undo()).questions[0]?.id, choice: 'go-back' }]);
});

it('hostile text in a file of a host reaches the terminal as signs only', async () => {
  const state = await walkTo(beforeStep('kernel'), {
    does: ({ script, isRead }) =>
      isRead && script.includes('/etc/modules-load.d/kubernetes.conf')
        ? { out: 'file\n/etc/modules-load.d/kubernetes.conf\n644 root:root\nold\u001b[2J\u001b]0;title\u0007\rnew\u202e\n' }
        : undefined,
  });
  const shown = await ask(state, 'kernel', { columns: 100, rows: 40 });
  expect(shown.text()).toContain('-old␛[2J␛]0;title␇␍new�');
  expect(shown.written()).not.toContain('\u001b]0;title');
});
