import { HostError } from '../../hosts/host.ts';
import { createCleaner } from '../../output/clean.ts';
import type { PlannedServe } from '../../plan/plan.ts';
import type { Serve } from '../../runbook/runbook.ts';
import type { Filled } from '../../runbook/scope.ts';
import { reaching } from './contact.ts';
import type { Walk } from './walk.ts';

/** A fence that only reads, on one host. */
export type ServedHost = PlannedServe['hosts'][number];
/** `exit` is null where it took longer than it may. `said` is clean and masked. */
export type Said = { readonly exit: number | null; readonly said: string };

/** Lines of what a probe or verify said that are kept in the journal. */
const keptLines = 20;

/** Runs a probe, verify or diagnose once and tells what it said. It waits for its machine, as commands do. */
export async function readHost(walk: Walk, step: string, serve: Serve, on: ServedHost): Promise<Said> {
  if (serve.kind === 'undo') throw new Error('An undo does not only read.');
  const machine = (on.at ?? on.host).name;
  const missing = on.command.pieces.find((piece) => piece.isMissing);
  if (missing !== undefined) return { exit: null, said: `It needs ${missing.name}, which is not known yet.` };
  const read = (): Promise<Said> =>
    reaching(walk, machine, async (host) => {
      const { shell, timeout } = serve;
      try {
        const { code, out, err } = await host.read({ shell, script: on.command.text, as: on.as, env: envOf(on.env), timeout }, walk.signal);
        return { exit: code, said: [lastLines(walk, out), lastLines(walk, err)].filter((text) => text !== '').join('\n') };
      } catch (error) {
        if (error instanceof HostError && error.kind === 'timeout') return { exit: null, said: error.message };
        throw error;
      }
    });
  const said = await walk.lanes.inTurn(machine, read);
  walk.tell({ is: 'said', step, host: on.host.name, what: serve.kind, text: said.said, exit: said.exit ?? -1 });
  return said;
}

/** The variables as they are sent. */
export function envOf(env: Readonly<Record<string, Filled>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value.text]));
}

function lastLines(walk: Walk, bytes: Uint8Array): string {
  const cleaner = createCleaner();
  const lines = [...cleaner.push(bytes), ...cleaner.end()];
  return walk.run.secrets.mask(lines.slice(-keptLines).join('\n'));
}
