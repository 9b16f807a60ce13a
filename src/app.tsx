import { render, useApp, useInput, usePaste, useWindowSize } from 'ink';
import { type ReactElement, useEffect, useRef, useSyncExternalStore } from 'react';
import type { AppScenes } from './scenes/app-scenes.ts';
import { keyNames } from './screens/keys/key-names.ts';
import { LastPressed, type Pressed } from './screens/keys/use-held.ts';
import { BackSince } from './screens/keys/use-quiet.ts';
import { Screen } from './screens/screen.tsx';

/** How the app gives its terminal away, and takes it back whole. */
export type Suspend = (work: () => Promise<void>) => Promise<void>;

/** The screens while they are on. */
export type App = {
  /** Resolves when what stands in the scenes now is on the screen. */
  drawn(): Promise<void>;
  /** Takes the screens down at once, where the program is ending. */
  leave(): void;
  /** Resolves when the terminal is the shell's again. */
  close(): Promise<void>;
  /** Rejects where the screens broke. */
  readonly broken: Promise<never>;
};

type AppOptions = {
  readonly scenes: AppScenes;
  readonly stdout: NodeJS.WriteStream;
  /** Takes the way to give the terminal away, once there is one. */
  onReady(suspend: Suspend): void;
};

/** Puts the scenes on the screen. The only caller of `render`. */
export function openApp({ scenes, stdout, onReady }: AppOptions): App {
  // Ink does so only after its first frame: the terminal would write a key that came before into it, and move its rows.
  if (process.stdin.isTTY) process.stdin.setRawMode(true);
  const instance = render(<Scenes scenes={scenes} onReady={onReady} />, {
    stdout,
    alternateScreen: true,
    // The scenes say when to draw (frame-clock.ts). A limit of Ink's own would keep back the frame of a key that comes soon after another.
    maxFps: 250,
    incrementalRendering: true,
    exitOnCtrlC: false,
    interactive: true,
    patchConsole: false,
  });
  const left = instance.waitUntilExit();
  return {
    drawn: () => instance.waitUntilRenderFlush(),
    leave: () => instance.unmount(),
    broken: left.then(() => new Promise<never>(() => {})),
    async close() {
      instance.unmount();
      await left.catch(() => undefined);
    },
  };
}

function Scenes({ scenes, onReady }: Pick<AppOptions, 'scenes' | 'onReady'>): ReactElement {
  const state = useSyncExternalStore(scenes.subscribe, scenes.state);
  const size = useWindowSize();
  const { suspendTerminal } = useApp();
  const back = useRef(0);
  const pressed: Pressed = useRef(null);
  // Ink gives its terminal away only from within the tree.
  useEffect(() => {
    onReady(async (work) => {
      try {
        await suspendTerminal(work);
      } finally {
        back.current = performance.now();
      }
    });
  }, [suspendTerminal, onReady]);
  // Between two screens, too, the terminal says what is pasted.
  usePaste(() => {});
  // These three mean the same on every screen, also where a text is being typed.
  useInput((input, key) => {
    for (const name of keyNames(input, key)) {
      if (name === 'ctrl-c') scenes.send({ do: 'interrupt' });
      else if (name === 'ctrl-l') scenes.send({ do: 'redraw' });
      else if (name === 'ctrl-z') scenes.send({ do: 'suspend' });
    }
  });
  return (
    <BackSince value={back}>
      <LastPressed value={pressed}>
        <Screen state={state} size={size} send={scenes.send} />
      </LastPressed>
    </BackSince>
  );
}
