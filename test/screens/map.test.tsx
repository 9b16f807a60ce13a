import { expect, it } from 'vitest';
import { MapScreen } from '../../src/screens/map.tsx';
import { type ShownWalk, showWalk } from './show-walk.tsx';
import { beforeStep, type WalkScreenState, walkOnce } from './walk-states.ts';

const join = walkOnce(beforeStep('join-control-planes'));
const show = (state: WalkScreenState, columns = 80, rows = 24): Promise<ShownWalk> =>
  showWalk(state, (props) => <MapScreen {...props} />, { columns, rows });

it('shows every phase, and the steps of the one that the run is at', async () => {
  expect((await show(await join())).text()).toMatchInlineSnapshot(`
    " LIVE  Kubernetes with three control planes b…  run 1   step 20 of 27   00:00:00
    ────────────────────────────────────────────────────────────────────────────────
    Asked now: run “Join the other control planes”?

      [ok] Look before you start …                                   2/2
      [ok] One name for the API servers …                            3/3
      [ok] The load balancer …                                       2/2
      [ok] Prepare the machines …                                    8/8
      [ok] The first control plane …                                 4/4
      [  ] The other control planes                                  0/1
    >     [  ] 20 Join the other control planes
      [--] The workers …                                             1/1
      [  ] Use the cluster                                           0/4
          [  ] 22 Let pods run on the control planes, before 1.25
          [  ] 23 Let pods run on the control planes
          [  ] 24 Set up kubectl for your user
          [  ] 25 Set up kubectl for root
      [  ] See that it is right …                                    0/2
      [  ] Out of the order, when they are needed …

    20 the run is here: server78 not yet, server79 not yet
    ────────────────────────────────────────────────────────────────────────────────
    enter open   [ fold   ] unfold   space fold or unfold   esc back   v values
    h hosts   o output   q leave   ? keys"
  `);
});

it('shows more at once at 140 x 40, with the hosts of the step under the cursor', async () => {
  expect((await show(await join(), 140, 40)).text()).toMatchInlineSnapshot(`
    " LIVE  Kubernetes with three control planes behind HAProxy                                                  run 1   step 20 of 27   00:00:00
    ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    Asked now: run “Join the other control planes”?

      [ok] Look before you start …                                2/2             │ Join the other control planes
      [ok] One name for the API servers …                         3/3             │ [  ] not yet   risk: change
      [ok] The load balancer                                      2/2             │
          [ok] 6 Install HAProxy                                                  │ For 2 hosts, one after the other
          [ok] 7 Forward port 6443 to the API servers                             │   [  ] server78  172.18.194.78  as root by sudo  not yet
      [ok] Prepare the machines                                   8/8             │   [  ] server79  172.18.194.79  as root by sudo  not yet
          [ok] 8 Turn swap off, now and after a reboot                            │
          [ok] 9 Let the kernel forward packets                                   │ enter reads all of the step
          [ok] 10 Add the package repository of Kubernetes                        │
          [ok] 11 Install kubeadm, kubelet and kubectl                            │
          [ok] 12 Install containerd                                              │
          [ok] 13 Configure containerd for Kubernetes                             │
          [--] 14 Install Docker                              skipped             │
          [ok] 15 Tell the kubelet its address                                    │
      [ok] The first control plane                                4/4             │
          [ok] 16 Initialise the first control plane                              │
          [ok] 17 Fetch the manifest of Calico                                    │
          [ok] 18 Install the pod network                                         │
          [ok] 19 Wait until the node is Ready                                    │
      [  ] The other control planes                               0/1             │
    >     [  ] 20 Join the other control planes                                   │
      [--] The workers                                            1/1             │
          [--] 21 Join the workers                            skipped             │
      [  ] Use the cluster                                        0/4             │
          [  ] 22 Let pods run on the control planes, before 1.25                 │
          [  ] 23 Let pods run on the control planes                              │
          [  ] 24 Set up kubectl for your user                                    │
          [  ] 25 Set up kubectl for root                                         │
      [  ] See that it is right                                   0/2             │
          [  ] 26 All nodes are Ready                                             │
          [  ] 27 Every part runs on every control plane                          │
      [  ] Out of the order, when they are needed                                 │
          [  ] Make new join values                                               │
    ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    enter open   [ fold   ] unfold   space fold or unfold   esc back   v values   h hosts   o output   q leave   ? keys"
  `);
});

it('goes on working at 60 x 16', async () => {
  expect((await show(await join(), 60, 16)).text()).toMatchInlineSnapshot(`
    " LIVE  Kubernetes with th…  run 1   step 20 of 27   00:00:00
    ────────────────────────────────────────────────────────────
    Asked now: run “Join the other control planes”?

      … 2 rows more above
      [ok] The load balancer …                   2/2
      [ok] Prepare the machines …                8/8
      [ok] The first control plane …             4/4
      [  ] The other control planes              0/1
    >     [  ] 20 Join the other control planes
      [--] The workers …                         1/1
      [  ] Use the cluster …                     0/4
      [  ] See that it is right …                0/2
      [  ] Out of the order, when they are n…
    ────────────────────────────────────────────────────────────
    enter open   [ fold   ] unfold   q leave   ? keys"
  `);
});

it('enter reads the step under the cursor', async () => {
  const shown = await show(await join());
  await shown.press('\r');
  expect(shown.sent).toEqual([{ do: 'show', over: { is: 'step', step: 'join-control-planes' } }]);
});

it('moves by each of several keys that come together', async () => {
  const shown = await show(await join());
  await shown.rush('kkj');
  await shown.shows(/^> \[ {2}\] The other control planes/m);
});

it('a phase is unfolded and folded, and takes the cursor of its steps', async () => {
  const shown = await show(await join());
  await shown.press('k', 'k', ']');
  await shown.shows('16 Initialise the first control plane');
  await shown.press('j', 'j', '[');
  await shown.shows(/^> \[ok\] The first control plane …/m);
  expect(shown.text()).not.toContain('Initialise the first');
  await shown.press(' ');
  await shown.shows('16 Initialise the first control plane');
  await shown.press('\r');
  await shown.shows(/^> \[ok\] The first control plane …/m);
});

it('the list goes with the cursor, and says what is out of sight', async () => {
  const shown = await show(await join(), 60, 16);
  await shown.press('G');
  await shown.shows(/^> \[ {2}\] Out of the order/m);
  expect(shown.text()).toMatch(/… \d+ rows more above/);
  await shown.press('g');
  await shown.shows(/^> \[ok\] Look before you start/m);
  expect(shown.text()).toMatch(/… \d+ rows more below/);
});
