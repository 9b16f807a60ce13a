import type { App, Suspend } from '../app.tsx';
import { openHosts } from '../hosts/open-hosts.ts';
import { cleanLine } from '../output/clean.ts';
import { linesOf } from '../plain/lines.ts';
import { showEnd } from '../plain/show-end.ts';
import { type AppScenes, openAppScenes } from '../scenes/app-scenes.ts';
import { openWalkScene, type WalkScene } from '../scenes/walk-scene.ts';
import { startedAs } from '../started-as.ts';
import { systemClock } from '../system-clock.ts';
import type { Call } from './command.ts';
import type { OpenedRun } from './open-for-walk.ts';
import { sshConfigOf } from './ssh-config-of.ts';

/** Where the screens begin. */
export type Entry = { readonly is: 'walk'; readonly opened: OpenedRun };

/** Shows the screens until the operator leaves them; resolves with the exit code. */
export async function onScreens(entry: Entry, call: Call): Promise<number> {
  let giveSuspend: (suspend: Suspend) => void = () => {};
  const suspend = new Promise<Suspend>((resolve) => {
    giveSuspend = resolve;
  });
  const walk = sceneOf(entry.opened, call, suspend);
  const scenes = openAppScenes({ first: walk, isAscii: false, now: () => systemClock.now() });
  const { openApp } = await import('../app.tsx');
  const app: App = openApp({ scenes, onReady: giveSuspend });
  let code = 1;
  try {
    code = await Promise.race([walkToItsEnd(scenes, walk), app.broken]);
  } finally {
    await walk.close();
    scenes.close();
    await app.close();
  }
  const { run, folder } = walk.state();
  for (const line of linesOf(showEnd({ state: run, why: walk.state().end?.why ?? '', folder, startedAs: startedAs() })))
    process.stdout.write(`${cleanLine(line)}\n`);
  return code;
}

async function walkToItsEnd(scenes: AppScenes, walk: WalkScene): Promise<number> {
  let isLeaving = false;
  void scenes.next('leave-run').then(() => {
    isLeaving = true;
  });
  const { code, isInterrupted } = await walk.ended;
  // Whoever has just said that he leaves has nothing more to read.
  if (!isInterrupted && !isLeaving) await scenes.next('leave');
  return isInterrupted ? 130 : code;
}

function sceneOf(opened: OpenedRun, call: Call, suspend: Promise<Suspend>): WalkScene {
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
      openHosts({ ...run.setup, hosts }, { asker, clock: systemClock, ...(sshConfig === undefined ? {} : { sshConfig }) }),
    async lendTerminal<T>(work: () => Promise<T>) {
      let result: { readonly of: T } | undefined;
      await (await suspend)(async () => {
        result = { of: await work() };
      });
      if (result === undefined) throw new Error('The terminal was not given away.');
      return result.of;
    },
  });
}
