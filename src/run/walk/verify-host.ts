import type { PlannedServe, PlannedStep } from '../../plan/plan.ts';
import { usualPause } from '../../plan/usual-pause.ts';
import { readHost, type Said, type ServedHost } from './read-host.ts';
import type { Walk } from './walk.ts';

export type Verified = { readonly isOk: boolean } & Partial<Said>;

/** Runs the step's verifies for one host, each until it reaches success or its time is over. Well where there is none. */
export async function verifyHost(walk: Walk, planned: PlannedStep, host: string): Promise<Verified> {
  let last: Verified = { isOk: true };
  for (const serve of planned.serves.filter((each) => each.serve.kind === 'verify')) {
    for (const on of hostsOf(walk, serve, host)) {
      last = await poll(walk, planned.step.id, serve, on);
      if (!last.isOk) return last;
    }
  }
  return last;
}

/** The host itself where the fence is for it; else, where its `on` names others, all of those that are still in the run. */
export function hostsOf(walk: Walk, serve: PlannedServe, host: string): readonly ServedHost[] {
  const own = serve.hosts.filter((each) => each.host.name === host);
  const { leftOut } = walk.run.state();
  return own.length > 0 ? own : serve.hosts.filter((each) => !leftOut.includes(each.host.name));
}

async function poll(walk: Walk, step: string, { serve }: PlannedServe, on: ServedHost): Promise<Verified> {
  walk.tell({ is: 'checking', step, hosts: [on.host.name], what: 'verify' });
  const deadline = walk.clock.now() + (serve.for ?? 0);
  for (;;) {
    const said = await readHost(walk, step, serve, on);
    if (said.exit !== null && serve.exits.includes(said.exit)) return { isOk: true, ...said };
    const pause = serve.every ?? usualPause;
    if (walk.clock.now() + pause > deadline) return { isOk: false, ...said };
    await walk.clock.sleep(pause, walk.signal);
  }
}
