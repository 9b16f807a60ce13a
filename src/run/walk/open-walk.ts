import type { Asker, Hosts } from '../../hosts/host.ts';
import { askThrough } from './asker.ts';
import { openQuestionDesk } from './question-desk.ts';
import type { Runner } from './runner.ts';
import { startWalk, type WalkOptions } from './start-walk.ts';

export type OpenWalkOptions = Omit<WalkOptions, 'hosts' | 'desk' | 'refused'> & { openHosts(asker: Asker): Hosts };

/** A walk with all that belongs to it. */
export type OpenWalk = {
  readonly runner: Runner;
  /** Aborted when nobody answers any more. */
  readonly signal: AbortSignal;
  /** Withdraws what connections ask. */
  giveUp(reason: string): void;
  /** Gives up, and closes the hosts and the run. */
  close(): Promise<void>;
};

/** Begins to walk, for any surface: what its connections ask lies on the desk of its questions. Subscribe to the runner at once. */
export function openWalk({ openHosts, ...options }: OpenWalkOptions): OpenWalk {
  const desk = openQuestionDesk();
  const over = new AbortController();
  const asker = askThrough(desk, over.signal);
  const hosts = openHosts(asker);
  const runner = startWalk({ ...options, hosts, desk, refused: asker.refused });
  const giveUp = (reason: string): void => over.abort(new Error(reason));
  return {
    runner,
    signal: over.signal,
    giveUp,
    async close() {
      giveUp('The walk has ended.');
      await hosts.close();
      await options.run.close();
    },
  };
}
