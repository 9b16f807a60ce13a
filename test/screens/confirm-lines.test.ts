import { expect, it } from 'vitest';
import { type ConfirmLooking, type ConfirmPage, confirmPage } from '../../src/screens/confirm/confirm-lines.ts';
import type { Line } from '../../src/screens/pieces/line.ts';
import type { Confirm } from '../../src/words/show-confirm.ts';
import { beforeStep, type WalkScreenState, walkOnce, walkTo, workers } from './walk-states.ts';

const join = walkOnce(beforeStep('join-control-planes'));

function pageOf(state: WalkScreenState, looking: Partial<ConfirmLooking> = {}, columns = 80): ConfirmPage {
  const question = state.questions.find((each): each is Confirm => each.is === 'confirm');
  if (question === undefined) throw new Error('Nothing is to be confirmed.');
  return confirmPage({ state, question, looking: { showsAll: false, showsWrapped: false, reach: null, ...looking } }, columns);
}
const textOf = (row: Line): string => row.map(({ text }) => text).join('');
const told = ({ lines }: ConfirmPage): string => lines.map(textOf).join('\n');

it('lists every host with its address and user, the text, and what differs on the others', async () => {
  const page = pageOf(await join());
  expect(page.lines.slice(0, page.end).map(textOf).join('\n')).toMatchInlineSnapshot(`
    "Run “Join the other control planes” on 2 hosts?
    risk: change   one host after the other

      server78  172.18.194.78  as root by sudo
      server79  172.18.194.79  as root by sudo

      bash:
        kubeadm join cp.xxx.com:6443 \\
          --token •••••••• \\
          --discovery-token-ca-cert-hash sha256:c3362088e1c997102750d395d9c775b84d5e
          ↪ ae578f87b19852738361f0a4be27 \\
          --control-plane \\
          --certificate-key •••••••• \\
          --apiserver-advertise-address 172.18.194.78

      With these variables:
        KUBECONFIG=/etc/kubernetes/admin.conf

    Above is the text for server78. It differs on server79 (h shows each whole):
      server79:
          --apiserver-advertise-address 172.18.194.79
        host.address          172.18.194.79, the host at hand"
  `);
});

it('marks what differs in the text of the first host', async () => {
  const page = pageOf(await join());
  const row = page.lines.find((line) => textOf(line).trim() === '--apiserver-advertise-address 172.18.194.78');
  expect(row?.filter(({ tone }) => tone === 'beware').map(({ text }) => text)).toEqual(['172.18.194.78']);
});

it('shows each host’s own text whole when that is asked for', async () => {
  const text = told(pageOf(await join(), { showsAll: true }));
  expect(text.match(/kubeadm join cp\.xxx\.com:6443/g)).toHaveLength(2);
  expect(text).toContain('On server79');
});

it('names every one of more than six hosts, one behind the other, and says how many there are', async () => {
  const state = await walkTo(beforeStep('join-workers'), { more: workers(30) });
  const text = told(pageOf(state));
  expect(text).toContain('Run “Join the workers” on 30 hosts?');
  expect(text).toContain('30 hosts, as root by sudo (h: each with its address):');
  for (const { name } of workers(30)) expect(text).toMatch(new RegExp(`\\s${name}\\s`));
  const all = told(pageOf(state, { showsAll: true }));
  for (const { name, address } of workers(30)) expect(all).toContain(`${name.padEnd(8)}  ${address}`);
});

it('says what was found done, and which hosts only go on', async () => {
  const state = await walkTo(beforeStep('join-control-planes'), {
    does: ({ host, script, isRead }) =>
      isRead && host === 'server78' && script.includes("compgen -G '/etc/kubernetes") ? { code: 0 } : undefined,
  });
  const text = told(pageOf(state));
  expect(text).toContain('Run “Join the other control planes” on 1 host?');
  expect(text).toContain('Found done: server78.');
});

it('a step that makes a value anew says so', async () => {
  let pass = (_ms: number): void => {};
  const state = await walkTo((question) => question.is === 'confirm' && question.renews !== undefined, {
    before: ({ clock }) => {
      pass = clock.advance;
    },
    // The certificate key lives for two hours.
    does: ({ script, isRead }) => {
      if (!isRead && script.startsWith('kubectl apply')) pass(3 * 3_600_000);
      return undefined;
    },
  });
  const text = told(pageOf(state));
  expect(text).toContain('Run first “Make new join values” on 1 host?');
  expect(text).toContain('The next step needs join, which is absent or about to expire');
});

it('an undo says so, with the warnings of its step and what was written', async () => {
  const state = await walkTo((question) => question.is === 'confirm' && question.isUndo, {
    says: (question) => (beforeStep('swap')(question) ? { choice: 'undo', step: 'haproxy' } : 'usual'),
  });
  const text = told(pageOf(state));
  expect(text).toContain('Take “Forward port 6443 to the API servers” back on 1 host?');
  expect(text).toContain('risk: destroy');
  expect(text).toContain('WARNING: Undoing this takes the endpoint away from the whole cluster.');
  expect(text).toContain('systemctl disable --now haproxy');
});

it('the difference of a file is shown line by line, in the tones of what is added and taken away', async () => {
  const page = pageOf(await walkTo(beforeStep('haproxy')));
  expect(told(page)).toContain('File /etc/haproxy/haproxy.cfg is new, mode 0644:');
  expect(page.lines.filter(([span]) => span?.tone === 'added').length).toBeGreaterThan(30);
});

it('what stands round the text is shown when that is asked for, and needs not be seen for a yes', async () => {
  const [without, withIt] = [pageOf(await join()), pageOf(await join(), { showsWrapped: true })];
  expect(told(withIt)).toContain('bash -euo pipefail FILE');
  expect(withIt.end).toBe(without.end);
});

it('the step up to which a yes would reach is said before it is given', async () => {
  const text = told(pageOf(await join(), { reach: 'nodes' }, 120));
  expect(text).toContain('y runs this and, without asking again, all steps up to “All nodes are Ready”.');
});
