import type { Act, Send } from './act.ts';
import type { Overlay } from './overlay.ts';
import type { Common, Scene } from './scene.ts';
import { isTerminalAct, type TerminalAct } from './terminal-act.ts';
import type { WalkState } from './walk-state.ts';

/** All that stands on the screens. */
export type AppState = Common & {
  readonly scene: SceneState;
  /** What stands over the scene, innermost last. */
  readonly over: readonly Overlay[];
};
export type SceneState = Opening | WalkState;
/** Nothing to show yet. */
export type Opening = { readonly is: 'opening' };

/** Does what needs the terminal itself; resolves with what to say of it. */
export type OnTerminal = (act: TerminalAct) => Promise<string | null>;

/** The scenes one after the other, as one state for the screens. */
export type AppScenes = {
  state(): AppState;
  subscribe(listener: () => void): () => void;
  send: Send;
  /** Puts another scene before the screens; the one before is not closed by it. */
  enter(scene: Scene<SceneState>): void;
  /** The next act of the operator that is one of these. */
  next<Name extends Act['do']>(...names: readonly Name[]): Promise<Extract<Act, { readonly do: Name }>>;
  close(): void;
};

export type AppScenesOptions = {
  readonly isAscii: boolean;
  now(): number;
  readonly onTerminal: OnTerminal;
};

/** How often the clock on the screens goes on, in milliseconds. */
const tick = 1000;

export function openAppScenes({ isAscii, now, onTerminal }: AppScenesOptions): AppScenes {
  const listeners = new Set<() => void>();
  let scene: Scene<SceneState> = nothing;
  let over: readonly Overlay[] = [];
  let told: string | null = null;
  let questions = 0;
  let state: AppState | undefined;
  const changed = (): void => {
    state = undefined;
    for (const listener of listeners) listener();
  };
  const sceneChanged = (): void => {
    const asked = openQuestions(scene.state());
    // What asks whether to go on must be seen at once; every other question waits until what is read is closed.
    if (asked.some(({ is }) => is === 'interrupted')) over = [];
    else if (asked.length > questions && over.length > 0) told = 'A question waits: esc goes back to it.';
    questions = asked.length;
    changed();
  };
  const waitings = new Set<(act: Act) => void>();
  /** What runs is asked about by the runner; where nothing runs, nothing ends without being asked either. */
  const interrupt = (): void => {
    const now = scene.state();
    if (now.is !== 'walk' || now.end !== null) told = 'q leaves.';
    else if (isRunning(now)) scene.act({ do: 'interrupt' });
    else over = [{ is: 'leave' }];
  };
  const doOnTerminal = (act: TerminalAct): void => {
    onTerminal(act).then(
      (text) => {
        told = text;
        changed();
      },
      (error: unknown) => {
        told = error instanceof Error ? error.message : String(error);
        changed();
      },
    );
  };
  const leaveRun = (): void => {
    over = [];
    scene.act({ do: 'leave-run' });
  };
  let unsubscribe = scene.subscribe(sceneChanged);
  const clock = setInterval(() => {
    if (scene.state().is === 'walk') changed();
  }, tick);

  return {
    state() {
      state ??= { now: now(), isAscii, told, scene: scene.state(), over };
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send(act) {
      told = act.do === 'tell' ? act.text : null;
      if (act.do === 'show') over = [...over.filter(({ is }) => is !== act.over.is), act.over];
      else if (act.do === 'back') over = over.slice(0, -1);
      else if (isTerminalAct(act)) doOnTerminal(act);
      else if (act.do === 'interrupt') interrupt();
      else if (act.do === 'leave-run') leaveRun();
      else scene.act(act);
      changed();
      for (const waiting of [...waitings]) waiting(act);
    },
    enter(next) {
      unsubscribe();
      scene = next;
      over = [];
      told = null;
      questions = 0;
      unsubscribe = scene.subscribe(sceneChanged);
      changed();
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
      clearInterval(clock);
      unsubscribe();
    },
  };
}

const nothing: Scene<Opening> = { state: () => ({ is: 'opening' }), subscribe: () => () => {}, act() {}, close: async () => {} };

function isOneOf<Name extends Act['do']>(act: Act, names: readonly Name[]): act is Extract<Act, { readonly do: Name }> {
  return names.some((name) => name === act.do);
}

function isRunning({ run }: WalkState): boolean {
  return run.steps.some(({ perHost }) => perHost.some(({ state }) => state === 'running'));
}

function openQuestions(state: SceneState): WalkState['questions'] {
  return state.is === 'walk' ? state.questions : [];
}
