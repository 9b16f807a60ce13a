import type { App, Suspend } from '../../app.tsx';
import { type AppScenes, openAppScenes } from '../../scenes/app-scenes.ts';
import { keepMemorySmall } from '../../small-memory.ts';
import { systemClock } from '../../system-clock.ts';
import { asciiOutput } from '../../terminal/ascii-output.ts';
import { capabilities } from '../../terminal/capabilities.ts';
import { openLending } from '../../terminal/lend.ts';
import { restoreAtExit } from '../../terminal/restore-at-exit.ts';
import type { Call } from '../command.ts';
import { tellError } from '../tell-error.ts';
import type { Place, Tour } from './place.ts';
import { visit } from './visit.ts';

const frames = {
  now: () => performance.now(),
  schedule(ms: number, call: () => void): () => void {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** Shows the screens from a place on until the operator leaves them; resolves with the exit code. */
export async function onScreens(first: Place, call: Call): Promise<number> {
  const { isAscii, forceColor } = capabilities({
    env: process.env,
    isTerminal: true,
    wantsPlain: false,
    wantsAscii: call.flags.has('ascii'),
  });
  // Ink reads it when it is loaded.
  if (forceColor !== undefined) process.env['FORCE_COLOR'] = forceColor;
  let offer: (suspend: Suspend) => void = () => {};
  const offered = new Promise<Suspend>((resolve) => {
    offer = resolve;
  });
  const lending = openLending(async (work) => await (await offered)(work));
  const scenes = openAppScenes({
    now: () => systemClock.now(),
    onTerminal: async (act) => (await import('./on-terminal.ts')).onTerminal(act, tour),
    frames,
  });
  const opened = Promise.withResolvers<App>();
  const stdout = isAscii ? asciiOutput(process.stdout) : process.stdout;
  const tour: Tour = { scenes, call, lending, output: stdout, drawn: async () => await (await opened.promise).drawn(), walk: null };
  const over = Promise.withResolvers<void>();
  let isEnding = false;
  let app: App | undefined;
  const guard = restoreAtExit({
    leave: () => app?.leave(),
    farewell: () => tour.walk?.farewell() ?? null,
    async end() {
      isEnding = true;
      await tour.walk?.scene.close();
      // The operator who leaves goes the same way, and is told the same.
      scenes.send({ do: 'leave' });
      // Nobody is there to be asked whether to give up what was typed.
      scenes.send({ do: 'leave-set-up' });
      await over.promise;
    },
    tell: tellError,
    isLent: lending.isLent,
    onContinue: () => scenes.send({ do: 'redraw' }),
  });
  try {
    // The first frame is that of the place: it is entered while Ink is loaded.
    const begun = first.is === 'shell' ? first : visit(first, tour);
    const [{ openApp }] = await Promise.all([import('../../app.tsx'), Promise.race([begun, entered(scenes)])]);
    app = openApp({ scenes, stdout, onReady: offer });
    opened.resolve(app);
    void app.drawn().then(keepMemorySmall);
    let place = await Promise.race([begun, app.broken]);
    while (place.is !== 'shell' && !isEnding) place = await Promise.race([visit(place, tour), app.broken]);
    scenes.close();
    await app.close();
    guard.close();
    // The guard ends the program with its own code.
    if (place.is !== 'shell') return 130;
    for (const line of place.says) process.stdout.write(`${line}\n`);
    return place.code;
  } finally {
    await tour.walk?.scene.close();
    scenes.close();
    await app?.close();
    guard.close();
    over.resolve();
  }
}

/** Resolves when there is something to show. */
function entered(scenes: AppScenes): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (scenes.state().scene.is === 'opening') return;
      stop();
      resolve();
    };
    const stop = scenes.subscribe(look);
    look();
  });
}
