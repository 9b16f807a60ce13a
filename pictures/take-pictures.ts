import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Habit, pressCalmly, runsEachStep, walkByKeys } from '../test/program/by-keys.ts';
import { type Cluster, guideInputs, startCluster } from '../test/program/cluster.ts';
import { inTerminal, onScreen } from '../test/program/handrail.ts';
import { operate } from '../test/program/operate.ts';
import type { OpenScreen } from '../test/program/screen.ts';
import { drawSvg } from './draw-svg.ts';
import { readCells } from './read-cells.ts';

/**
 * `npm run pictures`: walks the shipped guide on real test hosts, in the real program at 80x24, to a step that fails, and draws what
 * stands on the screen on the way into docs/pictures.
 */
const size = { columns: 80, rows: 24 };
const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const titles = {
  home: 'The home screen: a run to go on with, and the runbooks',
  step: 'A step: its text, its hosts, and where its values come from',
  confirm: 'The question before a step: exactly what will run, and where',
  output: 'What a host says, as it comes',
  failure: 'A step that failed on one of its hosts, and what can be done',
};

mkdirSync(folder, { recursive: true });
await using cluster = await startCluster(undefined, { speed: 20 });
const known = ['--ssh-config', cluster.sshConfig];
const inputs = guideInputs.flatMap((input) => ['--input', input]);
await operate(inTerminal(cluster, ['run', 'kubeadm-ha-haproxy', '--hosts', cluster.hostsFile, ...inputs, ...known, '--plain']), () => 'q');
// As a user starts it, so that no path of this machine is in the pictures.
const open = (...words: readonly string[]): OpenScreen =>
  onScreen(cluster, [...words, ...known], { ...size, env: { npm_lifecycle_event: 'start' } });
const screen = open('resume');
await screen.shows('Enter goes on');
await screen.press('enter');
const taken = new Set<string>();
/** Takes a picture the first time that the screen is such, then goes on. */
function once(name: keyof typeof titles, looks: readonly RegExp[], goOn: () => void | Promise<void>): Habit {
  return {
    name,
    sees: (shown) => (!taken.has(name) && looks.every((look) => look.test(shown)) ? name : null),
    async does() {
      taken.add(name);
      await take(name, screen);
      await goOn();
    },
  };
}
const init = /Initialise the first control plane/;
const join = /Join the other control planes/;
await walkByKeys(screen, [
  once('confirm', [init, /^y run it/m], () => pressCalmly(screen, 'y')),
  once('output', [init, /following server77/, /\[control-plane\]/], () => {}),
  once('step', [join, /^r run/m], async () => {
    await makeItFail(cluster);
    await pressCalmly(screen, 'r');
  }),
  once('failure', [/FAILED on server79/], () => screen.kill('SIGKILL')),
  ...runsEachStep,
]);

const home = open();
await home.shows('or more hosts');
await take('home', home);
await home.close();

async function take(name: keyof typeof titles, from: OpenScreen): Promise<void> {
  writeFileSync(`${folder}${name}.svg`, drawSvg(await readCells(from.raw(), size), titles[name]));
}

/** What is left of an earlier try keeps a machine from joining. */
async function makeItFail({ host }: Cluster): Promise<void> {
  await host('server79').run('mkdir -p /etc/kubernetes && echo left over >/etc/kubernetes/kubelet.conf');
}
