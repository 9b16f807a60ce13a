import { openHosts } from '../../hosts/open-hosts.ts';
import { cleanLine } from '../../output/clean.ts';
import { linesOf } from '../../plain/lines.ts';
import { showEnd } from '../../plain/show-end.ts';
import { openWalkScene, type WalkScene } from '../../scenes/walk-scene.ts';
import { startedAs } from '../../started-as.ts';
import { systemClock } from '../../system-clock.ts';
import { sshConfigOf } from '../ssh-config-of.ts';
import type { Place, PlaceCalled, Tour } from './place.ts';

/** Walks an open run until it has ended and the operator leaves it, and closes it. */
export async function atWalk(place: PlaceCalled<'walk'>, tour: Tour): Promise<Place> {
  const { opened } = place;
  const { scenes } = tour;
  const scene = openScene(place, tour);
  const farewell = (): string => `The run is kept. Go on with: ${startedAs()} resume ${opened.run.number}`;
  tour.walk = { scene, opened, farewell };
  scenes.enter(scene);
  const { code, why, isInterrupted } = await scene.ended;
  // Whoever has just said that he leaves has nothing more to read.
  const isGoingHome = !isInterrupted && !scene.isLeaving() && (await scenes.next('leave', 'go-home')).do === 'go-home';
  tour.walk = null;
  await scene.close();
  if (isGoingHome) return { is: 'home' };
  const { run, folder } = scene.state();
  const says = linesOf(showEnd({ state: run, why, folder, startedAs: startedAs() })).map((line) =>
    opened.run.secrets.mask(cleanLine(line)),
  );
  return { is: 'shell', code: isInterrupted ? 130 : code, says };
}

function openScene({ opened, kept }: PlaceCalled<'walk'>, { call, lending }: Tour): WalkScene {
  const { run, runbook, runbookChanged, hosts } = opened;
  const sshConfig = sshConfigOf(call, run);
  return openWalkScene({
    run,
    runbook,
    runbookChanged,
    mode: 'LIVE',
    clock: systemClock,
    startedAs: startedAs(),
    openHosts: (asker) =>
      openHosts(
        { ...run.setup, hosts },
        { asker: kept?.before(asker) ?? asker, clock: systemClock, ...(sshConfig === undefined ? {} : { sshConfig }) },
      ),
    lendTerminal: (work) =>
      lending.lend(async () => {
        process.stdout.write('handrail comes back when this has ended. A shell ends with: exit\n');
        return await work();
      }),
  });
}
