import type { Act, Send } from './act.ts';
import { type FrameClockOptions, openFrameClock } from './frame-clock.ts';
import type { HomeState } from './home-state.ts';
import type { Overlay } from './overlay.ts';
import type { Common, Scene } from './scene.ts';
import type { SetUpState } from './set-up-state.ts';
import { isTerminalAct, type TerminalAct } from './terminal-act.ts';
import type { WalkState } from './walk-state.ts';

/** All that stands on the screens. */
export type AppState = Common & {
  readonly scene: SceneState;
  /** What stands over the scene, innermost last. */
  readonly over: readonly Overlay[];
};
export type SceneState = Opening | HomeState | SetUpState | WalkState;
/** Nothing to show yet. */
export type Opening = { readonly is: 'opening' };

/** Does what needs the terminal itself; resolves with what to say of it. */
export type OnTerminal = (act: TerminalAct) => Promise<string | null>;

/** The scenes one after the other, as one state for the screens. */
export type AppScenes = {
  /** As it was drawn last: the same object until the next frame. */
  state(): AppState;
  /** Called once a frame, at most. */
  subscribe(listener: () => void): () => void;
  send: Send;
  /** Puts another scene before the screens; the one before is not closed by it. */
  enter(scene: Scene<SceneState>): void;
  /** The next act of the operator that is one of these. */
  next<Name extends Act['do']>(...names: readonly Name[]): Promise<Extract<Act, { readonly do: Name }>>;
  close(): void;
};

export type AppScenesOptions = {
  /** Milliseconds since 1970. */
  now(): number;
  readonly onTerminal: OnTerminal;
  /** When frames are drawn. */
  readonly frames: Omit<FrameClockOptions, 'draw'>;
};

/** How often the clock on the screens goes on, in milliseconds. */
const tick = 1000;

export function openAppScenes({ now, onTerminal, frames }: AppScenesOptions): AppScenes {
  const listeners = new Set<() => void>();
  const waitings = new Set<(act: Act) => void>();
  let scene: Scene<SceneState> = nothing;
  let over: readonly Overlay[] = [];
  let told: string | null = null;
  /** The number of the question asked last. */
  let lastAsked = 0;
  let state: AppState = { now: now(), told, scene: scene.state(), over };

  const draw = (): void => {
    const seen = scene.state();
    const asked = questionsOf(seen);
    const unseen = asked.filter(({ id }) => id > lastAsked);
    // What asks whether to go on must be seen at once; every other question waits until what is read is closed.
    if (unseen.some(({ is }) => is === 'interrupted')) over = [];
    else if (unseen.length > 0 && over.length > 0) told = 'A question waits: esc goes back to it.';
    lastAsked = Math.max(lastAsked, ...unseen.map(({ id }) => id));
    state = { now: now(), told, scene: seen, over };
    for (const listener of listeners) listener();
  };
  const clock = openFrameClock({ ...frames, draw });
  let unsubscribe = scene.subscribe(clock.changed);
  const ticking = setInterval(() => {
    if (scene.state().is === 'walk') clock.changed();
  }, tick);

  /** What runs is asked about by the runner; where nothing runs, nothing ends without being asked either. */
  const interrupt = (): void => {
    const seen = scene.state();
    if (seen.is === 'set-up') scene.act({ do: 'interrupt' });
    else if (seen.is !== 'walk' || seen.end !== null) told = 'q leaves.';
    // To the runner a second interrupt is an answer; a key that is held down is none.
    else if (seen.questions.some(({ is }) => is === 'interrupted')) over = [];
    else if (seen.inFlight().length > 0) scene.act({ do: 'interrupt' });
    else over = [{ is: 'leave' }];
  };
  const doOnTerminal = async (act: TerminalAct): Promise<void> => {
    try {
      told = await onTerminal(act);
    } catch (error) {
      told = error instanceof Error ? error.message : String(error);
    }
    clock.changed();
  };

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send(act) {
      // How many rows there are is no key: what was told is not read by it.
      if (act.do !== 'output' || act.how !== 'resize') told = toldBy(act);
      if (act.do === 'show') over = [...over.filter(({ is }) => is !== act.over.is), act.over];
      else if (act.do === 'back') over = over.slice(0, -1);
      else if (isTerminalAct(act)) void doOnTerminal(act);
      else if (act.do === 'interrupt') interrupt();
      else {
        if (act.do === 'leave-run') over = [];
        scene.act(act);
      }
      clock.acted();
      draw();
      for (const waiting of [...waitings]) waiting(act);
    },
    enter(next) {
      unsubscribe();
      scene = next;
      over = [];
      told = null;
      lastAsked = 0;
      unsubscribe = scene.subscribe(clock.changed);
      clock.acted();
      draw();
    },
    next(...names) {
      return new Promise((resolve) => {
        const waiting = (act: Act): void => {
          if (!isOneOf(act, names)) return;
          waitings.delete(waiting);
          resolve(act);
        };
        waitings.add(waiting);
      });
    },
    close() {
      clearInterval(ticking);
      clock.close();
      unsubscribe();
    },
  };
}

const nothing: Scene<Opening> = { state: () => ({ is: 'opening' }), subscribe: () => () => {}, act() {}, close: async () => {} };

/** What is said at the foot of the screen at once. */
function toldBy(act: Act): string | null {
  if (act.do === 'tell') return act.text;
  return act.do === 'note' ? 'The note stands in the report.' : null;
}

function isOneOf<Name extends Act['do']>(act: Act, names: readonly Name[]): act is Extract<Act, { readonly do: Name }> {
  return names.some((name) => name === act.do);
}

function questionsOf(state: SceneState): WalkState['questions'] {
  return state.is === 'walk' || state.is === 'set-up' ? state.questions : [];
}
