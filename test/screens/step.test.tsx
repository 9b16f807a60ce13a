import { expect, it } from 'vitest';
import type { WalkState } from '../../src/scenes/walk-state.ts';
import type { ScreenProps } from '../../src/screens/screen-props.ts';
import { StepScreen } from '../../src/screens/step.tsx';
import { eighty, type ShownWalk, showWalk } from './show-walk.tsx';
import { beforeStep, type WalkScreenState, walkOnce } from './walk-states.ts';

const machines = walkOnce(beforeStep('machines'));
const init = walkOnce(beforeStep('init'));
const join = walkOnce(beforeStep('join-control-planes'));

const stepOf = (id: string) => (props: ScreenProps<WalkState>) => <StepScreen {...props} step={id} />;
const show = (state: WalkScreenState, id: string, size = eighty): Promise<ShownWalk> => showWalk(state, stepOf(id), size);
const answersIn = ({ sent }: ShownWalk): readonly unknown[] => sent.flatMap((act) => (act.do === 'answer' ? [act.answer] : []));

it('shows first what a step is for, on which hosts, and its exact text', async () => {
  expect((await show(await init(), 'init')).text()).toMatchInlineSnapshot(`
    " LIVE  Kubernetes with three control planes b…  run 1   step 16 of 27   00:00:00
    ────────────────────────────────────────────────────────────────────────────────
    Initialise the first control plane
    [  ] not yet   risk: change

    Creates the cluster's certificates, starts etcd and the API server, and prints
    the commands with which the others join. Two to five minutes, most of it for
    images.

    For one host
      [  ] server77  172.18.194.77  as root by sudo  not yet

    Exact text
      bash:
        kubeadm init \\
          --control-plane-endpoint cp.xxx.com:6443 \\
          --apiserver-advertise-address 172.18.194.77 \\
          --kubernetes-version 1.36.2 \\
          --image-repository registry.example.net/kubernetes \\
          --pod-network-cidr 192.168.0.0/16 \\
    … rows 1 to 18 of 71: pgup pgdn
    ────────────────────────────────────────────────────────────────────────────────
    r run (asks)   e edit   s skip   d mark done   u undo a step   b go back
    - leave out   ! shell   i in between   m map   q leave   ? keys"
  `);
});

it('shows from 100 columns what it is for beside what it does', async () => {
  expect((await show(await machines(), 'machines', { columns: 100, rows: 30 })).text()).toMatchInlineSnapshot(`
    " LIVE  Kubernetes with three control planes behind HAProxy   Look …  run 1   step 1 of 27   00:00:00
    ────────────────────────────────────────────────────────────────────────────────────────────────────
    Know the machines                        │ For 3 hosts, all at once
    [  ] not yet   risk: read                │   [  ] server77  172.18.194.77  as root by sudo  not yet
                                             │   [  ] server78  172.18.194.78  as root by sudo  not yet
    Each node is known to the cluster by its │   [  ] server79  172.18.194.79  as root by sudo  not yet
    host name, so no two may have the same.  │
    Clones of one virtual machine also share │ Exact text, the same on all 3 hosts
    a machine id, and then one node replaces │   bash:
    the other without any message. The names │     name=$(uname -n)
    are kept for the later steps.            │     echo "node: \${name,,}"
                                             │     echo "machine-id: $(cat /etc/machine-id)"
    Piece by piece (left and right mark one) │     command -v apt-get
      uname -n prints the host name. kubeadm │     nproc
          takes it in small letters as the   │
          name of the node; underscores are  │
          not allowed in it.                 │
      command -v apt-get fails on a machine  │
          that has no apt: this guide is for │
          Debian and Ubuntu.                 │
                                             │
                                             │
                                             │
                                             │
                                             │
                                             │
                                             │
    ────────────────────────────────────────────────────────────────────────────────────────────────────
    r run (only reads)   e edit   s skip   d mark done   (u undo a step)   (b go back)   - leave out
    ! shell   i in between   right next piece   left piece before   m map   q leave   ? keys"
  `);
});

it('shows at 140 columns the list of the steps, too', async () => {
  expect((await show(await join(), 'join-control-planes', { columns: 140, rows: 40 })).text()).toMatchInlineSnapshot(`
    " LIVE  Kubernetes with three control planes behind HAProxy   The other control planes                       run 1   step 20 of 27   00:00:00
    ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    One name for the API servers             │ Just before:  [ok] done  Wait until the node is Ready  (o: what it said)
      [--] Put the control planes into the … │
      [ok] Tell every machine where the end… │ Join the other control planes
      [--] See that the endpoint's record i… │ [  ] not yet   risk: change
    The load balancer                        │
      [ok] Install HAProxy                   │ One at a time. Each join adds a member to etcd, and etcd must have agreed on the new one before
      [ok] Forward port 6443 to the API ser… │ the next comes: two at once can leave it without a majority, and then the first control plane
    Prepare the machines                     │ stops too.
      [ok] Turn swap off, now and after a r… │
      [ok] Let the kernel forward packets    │ For 2 hosts, one after the other
      [ok] Add the package repository of Ku… │   [  ] server78  172.18.194.78  as root by sudo  not yet
      [ok] Install kubeadm, kubelet and kub… │   [  ] server79  172.18.194.79  as root by sudo  not yet
      [ok] Install containerd                │
      [ok] Configure containerd for Kuberne… │ Exact text for server78, 1 of 2 (tab: the next host’s)
      [--] Install Docker                    │   bash:
      [ok] Tell the kubelet its address      │     kubeadm join cp.xxx.com:6443 \\
    The first control plane                  │       --token •••••••• \\
      [ok] Initialise the first control pla… │       --discovery-token-ca-cert-hash sha256:c3362088e1c997102750d395d9c775b84d5eae578f87b19852738
      [ok] Fetch the manifest of Calico      │       ↪ 361f0a4be27 \\
      [ok] Install the pod network           │       --control-plane \\
      [ok] Wait until the node is Ready      │       --certificate-key •••••••• \\
    The other control planes                 │       --apiserver-advertise-address 172.18.194.78
    > [  ] Join the other control planes     │
    The workers                              │   With these variables:
      [--] Join the workers                  │     KUBECONFIG=/etc/kubernetes/admin.conf
    Use the cluster                          │
      [  ] Let pods run on the control plan… │ Where each value comes from
      [  ] Let pods run on the control plan… │     join.endpoint         cp.xxx.com:6443, from “Initialise the first control plane” on server77
      [  ] Set up kubectl for your user      │     join.token            ••••••••, from “Initialise the first control plane” on server77; lives
      [  ] Set up kubectl for root           │                           24 h more
    See that it is right                     │     join.ca_hash          sha256:c3362088e1c997102750d395d9c775b8…, from “Initialise the first
      [  ] All nodes are Ready               │                           control plane” on server77
      [  ] Every part runs on every control… │     join.certificate_key  ••••••••, from “Initialise the first control plane” on server77; lives
    Out of the order, when they are needed   │                           2 h more
      [  ] Make new join values              │ … rows 1 to 34 of 64: pgup pgdn
    ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    r run (asks)   e edit   s skip   d mark done   tab next host   x reveal   u undo a step   b go back   - leave out   ! shell   i in between
    right next piece   left piece before   k what is round it   c copy   esc back   v values   h hosts   o output   m map   q leave   ? keys"
  `);
});

it('lets what a step is for give way where there are few rows', async () => {
  expect((await show(await machines(), 'machines', { columns: 60, rows: 16 })).text()).toMatchInlineSnapshot(`
    " LIVE  Kubernetes with thr…  run 1   step 1 of 27   00:00:00
    ────────────────────────────────────────────────────────────
    Know the machines
    [  ] not yet   risk: read

    For 3 hosts, all at once
      [  ] server77  172.18.194.77  as root by sudo  not yet
      [  ] server78  172.18.194.78  as root by sudo  not yet
      [  ] server79  172.18.194.79  as root by sudo  not yet

    Exact text, the same on all 3 hosts
      bash:
        name=$(uname -n)
    … rows 1 to 11 of 27: pgup pgdn
    ────────────────────────────────────────────────────────────
    r run (asks)   e edit   s skip   m map   q leave   ? keys"
  `);
});

it('r asks before a step that changes something, and answers nothing', async () => {
  const shown = await show(await init(), 'init');
  await shown.press('r');
  await shown.shows('Run “Initialise the first control plane” on 1 host?');
  expect(shown.sent).toEqual([]);
});

it('r runs a step at once that only reads, where its hosts and text stand on the screen', async () => {
  const shown = await show(await machines(), 'machines');
  expect(shown.text()).toContain('r run (only reads)');
  await shown.press('r');
  expect(answersIn(shown)).toEqual([{ question: (await machines()).questions[0]?.id, choice: 'yes' }]);
});

it('r asks before a step that only reads while a part of its text is out of sight', async () => {
  const shown = await show(await machines(), 'machines', { columns: 60, rows: 12 });
  await shown.press('r');
  await shown.shows('Run “Know the machines” on 3 hosts?');
  expect(shown.sent).toEqual([]);
});

it('an r typed ahead of the question, or held down, runs nothing', async () => {
  const shown = await show(await machines(), 'machines');
  await shown.rush('r');
  await shown.rush('rrr');
  expect(shown.sent).toEqual([]);
});

it('a key held down while the question comes up runs nothing', async () => {
  const shown = await show({ ...(await machines()), questions: [] }, 'machines');
  await shown.rush('r');
  await shown.change({ questions: (await machines()).questions });
  await shown.rush('r');
  expect(answersIn(shown)).toEqual([]);
});

it('says of a key that does nothing why not', async () => {
  const shown = await show(await init(), 'swap');
  expect(shown.text()).toContain('(r run (asks))');
  await shown.press('r');
  await shown.shows('r run (asks): the run is at “Initialise the first control plane”');
  expect(shown.sent).toEqual([]);
});

it('says below the text what the piece under the cursor is for', async () => {
  const shown = await show(await init(), 'init', { columns: 140, rows: 40 });
  await shown.press('\u001b[C');
  await shown.shows('> --control-plane-endpoint is written into every certificate');
});

it('tab shows the text of the next host where they differ', async () => {
  const shown = await show(await join(), 'join-control-planes', { columns: 100, rows: 40 });
  expect(shown.text()).toContain('--apiserver-advertise-address 172.18.194.78');
  await shown.press('\t');
  await shown.shows('Exact text for server79, 2 of 2');
  expect(shown.text()).toContain('--apiserver-advertise-address 172.18.194.79');
});

it('shows secrets only while they are revealed, and says how long', async () => {
  const shown = await show(await join(), 'join-control-planes', { columns: 140, rows: 40 });
  expect(shown.text()).not.toContain('ap9hs3.rvq3cj8d2k5m7n1p');
  await shown.press('x');
  expect(shown.sent).toEqual([{ do: 'reveal', what: 'the secrets of “Join the other control planes”' }]);
  await shown.change({ revealedUntil: (await join()).now + 7000 });
  expect(shown.text()).toContain('--token ap9hs3.rvq3cj8d2k5m7n1p');
  expect(shown.text()).toContain('Secrets are shown for 7 s more.');
  await shown.change({ now: (await join()).now + 7000 });
  expect(shown.text()).not.toContain('ap9hs3.rvq3cj8d2k5m7n1p');
});

it('skips with a reason, and keeps a reason half typed', async () => {
  const shown = await show(await init(), 'init');
  await shown.press('s', 'It is the', ' other one.');
  await shown.change({ questions: [] });
  await shown.change({ questions: (await init()).questions });
  // It came up by itself: an Enter that was meant for something else says nothing.
  await shown.rush('\r');
  expect(answersIn(shown)).toEqual([]);
  await shown.press('\r');
  expect(answersIn(shown)).toEqual([{ question: (await init()).questions[0]?.id, choice: 'skip', text: 'It is the other one.' }]);
});

it('says nothing to the walk when a reason is left empty', async () => {
  const shown = await show(await init(), 'init');
  await shown.press('d', '\r');
  await shown.shows('Nothing was typed: nothing is done.');
  expect(answersIn(shown)).toEqual([]);
});

it('asks which step is to be undone, and leaves the yes to its own question', async () => {
  const shown = await show(await init(), 'init');
  await shown.press('u');
  await shown.shows('> [ok] Tell the kubelet its address');
  await shown.press('\u001b[B', '\r');
  expect(answersIn(shown)).toEqual([{ question: (await init()).questions[0]?.id, choice: 'undo', step: 'containerd-config' }]);
});

it('leaves a host out after it was chosen and a reason was given', async () => {
  const shown = await show(await join(), 'join-control-planes');
  await shown.press('-', '\u001b[B', '\r', 'Its disk is broken.', '\r');
  expect(answersIn(shown)).toEqual([
    { question: (await join()).questions[0]?.id, choice: 'leave-host-out', text: 'Its disk is broken.', hosts: ['server79'] },
  ]);
});

it('opens a shell on the host that is chosen', async () => {
  const shown = await show(await join(), 'join-control-planes');
  await shown.press('!', '\r');
  expect(answersIn(shown)).toEqual([{ question: (await join()).questions[0]?.id, choice: 'shell', hosts: ['server78'] }]);
});

it('lets one text of all hosts be edited at once, and asks which where they differ', async () => {
  const one = await show(await init(), 'init');
  await one.press('e');
  expect(one.sent).toEqual([{ do: 'edit-part', question: (await init()).questions[0]?.id, part: 1, host: 'server77' }]);
  const two = await show(await join(), 'join-control-planes');
  await two.press('e', '\u001b[B', '\r');
  expect(two.sent).toEqual([{ do: 'edit-part', question: (await join()).questions[0]?.id, part: 1, host: 'server79' }]);
});

it('shows what is wrapped round the text, and comes back', async () => {
  const shown = await show(await init(), 'init');
  await shown.press('k');
  await shown.shows('What handrail puts round the text');
  expect(shown.text()).toContain('bash -euo pipefail FILE');
  await shown.press('\u001b');
  await shown.shows('Exact text');
});

it('a copy carries no secret', async () => {
  const shown = await show(await join(), 'join-control-planes');
  await shown.press('c');
  const [copy] = shown.sent;
  expect(copy).toMatchObject({ do: 'copy', what: 'the text for server78' });
  expect(JSON.stringify(copy)).not.toContain('ap9hs3.rvq3cj8d2k5m7n1p');
  expect(JSON.stringify(copy)).toContain('kubeadm join cp.xxx.com:6443');
});
