import { checkHosts } from '../../hosts/check-hosts.ts';
import { readInventory } from '../../hosts/inventory.ts';
import { dataDirectory } from '../../run/disk/data-directory.ts';
import { newRun } from '../../run/walk/new-run.ts';
import { openSetUpScene, type SetUpWorld } from '../../scenes/set-up-scene.ts';
import { systemClock } from '../../system-clock.ts';
import { optionOf } from '../command.ts';
import { readText } from '../runbook-file.ts';
import { saveHosts } from '../save-hosts.ts';
import { typedPath } from '../typed-path.ts';
import { whyOf } from '../why-of.ts';
import type { Place, PlaceCalled, Tour } from './place.ts';

/** A set-up, until its run begins or the operator leaves it. */
export async function atSetUp({ source, given, hostsFile, from }: PlaceCalled<'set-up'>, { scenes, call }: Tour): Promise<Place> {
  const sshConfig = optionOf(call, 'ssh-config');
  const scene = openSetUpScene({
    runbook: source.runbook,
    given,
    ...(hostsFile === undefined ? {} : { hostsFile }),
    world: {
      check: (hosts, options, signal) =>
        checkHosts(hosts, { ...options, clock: systemClock, ...(sshConfig === undefined ? {} : { sshConfig }) }, signal),
      readHosts,
      saveHosts,
      begin: (setup) => newRun(source, setup, { dataDirectory: dataDirectory(process.env), clock: systemClock, sshConfig }),
    },
  });
  scenes.enter(scene);
  try {
    const end = await scene.ended;
    if (end.is === 'begun') {
      const { run, kept } = end;
      return { is: 'walk', opened: { run, runbook: source.runbook, runbookChanged: false, hosts: run.setup.hosts }, kept };
    }
    return from === 'home' ? { is: 'home' } : { is: 'shell', code: 1, says: ['Left before the first step; nothing was run.'] };
  } finally {
    await scene.close();
  }
}

async function readHosts(path: string): ReturnType<SetUpWorld['readHosts']> {
  try {
    return readInventory(path, readText(typedPath(path)));
  } catch (error) {
    return { wrong: whyOf(error) };
  }
}
