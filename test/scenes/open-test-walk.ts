import { createRun } from '../../src/run/disk/create-run.ts';
import { outlineOf } from '../../src/run/walk/outline.ts';
import { readRunbook } from '../../src/runbook/read-runbook.ts';
import { openWalkScene, type WalkScene } from '../../src/scenes/walk-scene.ts';
import { type Command, type Done, scriptWorld } from '../run/scripted-hosts.ts';
import { temporaryFolder } from '../run/temporary-folder.ts';
import { createTestClock, type TestClock } from '../run/test-clock.ts';
import { runbookOf, threeHosts } from '../run/walking.ts';

export type TestWalkScene = { readonly scene: WalkScene; readonly clock: TestClock; readonly ran: readonly string[] };

/** The scene of a walk through these sections, on scripted machines. */
export async function openTestWalk(sections: string, does: (command: Command) => Done = () => ({})): Promise<TestWalkScene> {
  const text = runbookOf(sections);
  const { runbook, problems } = readRunbook('test.md', text);
  if (runbook === null) throw new Error(problems.map((each) => each.message).join('\n'));
  const clock = createTestClock();
  const world = scriptWorld(threeHosts, does, clock.now);
  const setup = { hosts: threeHosts, inputs: {} };
  const run = await createRun({
    dataDirectory: await temporaryFolder(),
    clock,
    runbook: { name: runbook.name, title: runbook.title, text },
    setup,
    secretInputs: [],
    outline: outlineOf(runbook, setup),
    time: 'real',
  });
  const scene = openWalkScene({
    run,
    runbook,
    runbookChanged: false,
    mode: 'LIVE',
    clock,
    openHosts: () => world.connect(),
    startedAs: 'handrail',
    lendTerminal: (work) => work(),
  });
  return { scene, clock, ran: world.ran };
}
