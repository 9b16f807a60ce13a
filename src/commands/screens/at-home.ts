import { dataDirectory } from '../../run/disk/data-directory.ts';
import { RunError } from '../../run/disk/run-error.ts';
import { whyNotRun } from '../../runbook/why-not-run.ts';
import { type HomeScene, openHomeScene } from '../../scenes/home-scene.ts';
import { startedAs } from '../../started-as.ts';
import { systemClock } from '../../system-clock.ts';
import { systemError } from '../system-error.ts';
import { typedPath } from '../typed-path.ts';
import { UserError } from '../user-error.ts';
import type { Place, Tour } from './place.ts';

/** Milliseconds from the first frame to what it does without: a key that is pressed at once is answered before. */
const headStart = 100;

/** The home screen, until a run or a runbook is opened from it. What cannot be opened is told there. */
export async function atHome({ scenes, call, drawn }: Tour): Promise<Place> {
  const scene = await openHomeScene({ dataDirectory: dataDirectory(process.env), startedAs: startedAs(), readRunbook });
  scenes.enter(scene);
  const over = new AbortController();
  const filling = drawn()
    .then(() => systemClock.sleep(headStart, over.signal))
    .then(scene.fillIn, () => undefined);
  try {
    for (;;) {
      const act = await scenes.next('start', 'resume', 'leave');
      if (act.do === 'leave') return { is: 'shell', code: 0, says: [] };
      const place = await refusing(
        scene,
        act.do === 'start' ? () => start(scene, act.runbook) : () => resume(scene, act.run, { scenes, call }),
      );
      if (place !== null) return place;
    }
  } finally {
    over.abort();
    await scene.close();
    await filling;
  }
}

async function start(scene: HomeScene, word: string): Promise<Place | null> {
  scene.tellOpening(word);
  const { readRunbookFile } = await import('../runbook-file.ts');
  const read = await readRunbookFile(typedPath(word));
  if (read.is === 'wrong') {
    const [advice, message] = [`Mend it, then check with: ${startedAs()} lint ${word}`, `${word} has errors; nothing was run.`];
    scene.refuse({ message, advice, problems: read.problems });
    return null;
  }
  const whyNot = whyNotRun(read.source);
  if (whyNot === null) return { is: 'set-up', source: read.source, given: { hosts: [], inputs: {} }, from: 'home' };
  scene.refuse({ ...whyNot, problems: [] });
  return null;
}

async function resume(scene: HomeScene, run: number, { call }: Pick<Tour, 'scenes' | 'call'>): Promise<Place> {
  scene.tellOpening(`run ${run}`);
  const { openForWalk } = await import('../open-for-walk.ts');
  return { is: 'walk', opened: await openForWalk(run, call) };
}

/** What the operator, or the disk, has wrong is told on the screen. */
async function refusing(scene: HomeScene, open: () => Promise<Place | null>): Promise<Place | null> {
  try {
    return await open();
  } catch (error) {
    const why = error instanceof UserError || error instanceof RunError ? error : systemError(error);
    if (why === undefined) throw error;
    scene.refuse({ message: why.message, advice: why.advice, problems: [] });
    return null;
  }
}

async function readRunbook(word: string): ReturnType<Parameters<typeof openHomeScene>[0]['readRunbook']> {
  try {
    return await (await import('../runbook-file.ts')).readRunbookFile(word);
  } catch (error) {
    const why = error instanceof UserError ? error : systemError(error);
    if (why === undefined) throw error;
    return { is: 'none', message: why.message, advice: why.advice };
  }
}
