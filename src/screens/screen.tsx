import type { ReactElement } from 'react';
import type { Send } from '../scenes/act.ts';
import type { AppState } from '../scenes/app-scenes.ts';
import type { Overlay } from '../scenes/overlay.ts';
import type { Common } from '../scenes/scene.ts';
import type { WalkState } from '../scenes/walk-state.ts';
import { FailureScreen } from './failure.tsx';
import { FinishScreen } from './finish.tsx';
import { HelpScreen } from './help.tsx';
import { HomeScreen } from './home.tsx';
import { HostsScreen } from './hosts.tsx';
import { LeaveScreen } from './leave.tsx';
import { MapScreen } from './map.tsx';
import { OutputScreen } from './output.tsx';
import { Frame } from './pieces/frame.tsx';
import { Lines } from './pieces/lines.tsx';
import { QuestionScreen } from './question.tsx';
import { ResumeScreen } from './resume.tsx';
import { walkScreen } from './screen-for.ts';
import type { ScreenProps } from './screen-props.ts';
import { SetUpScreen } from './set-up.tsx';
import type { Size } from './size.ts';
import { StepScreen } from './step.tsx';
import { ValuesScreen } from './values.tsx';

/** The screen for all that stands there now: what the operator has opened, else what the scene itself calls for. */
export function Screen({ state, size, send }: { readonly state: AppState; readonly size: Size; readonly send: Send }): ReactElement | null {
  const { scene, over, ...common } = state;
  const top = over.at(-1);
  if (top?.is === 'help') return <HelpScreen state={common} size={size} send={send} of={top.of} />;
  switch (scene.is) {
    case 'opening':
      return <OpeningScreen state={common} size={size} send={send} />;
    case 'home':
      return <HomeScreen state={{ ...scene, ...common }} size={size} send={send} />;
    case 'set-up':
      return <SetUpScreen state={{ ...scene, ...common }} size={size} send={send} />;
    case 'walk':
      return <OfWalk state={{ ...scene, ...common }} size={size} send={send} over={top} />;
    default:
      return scene satisfies never;
  }
}

function OfWalk({ over, ...props }: ScreenProps<WalkState> & { readonly over: Overlay | undefined }): ReactElement | null {
  switch (over?.is) {
    case 'leave':
      return <LeaveScreen {...props} />;
    case 'map':
      return <MapScreen {...props} />;
    case 'hosts':
      return <HostsScreen {...props} />;
    case 'values':
      return <ValuesScreen {...props} />;
    case 'step':
      return <StepScreen {...props} step={over.step} />;
    case 'output':
      return <OutputScreen {...props} />;
    default:
      return <CalledFor {...props} />;
  }
}

/** What the walk itself calls for. */
function CalledFor(props: ScreenProps<WalkState>): ReactElement | null {
  const screen = walkScreen(props.state);
  switch (screen.is) {
    case 'finish':
      return <FinishScreen {...props} />;
    case 'failure':
      return <FailureScreen {...props} />;
    case 'question':
      return <QuestionScreen {...props} question={screen.question} />;
    case 'step':
      return <StepScreen {...props} step={screen.step} />;
    case 'resume':
      return <ResumeScreen {...props} />;
    case 'output':
      return <OutputScreen {...props} />;
    default:
      return screen satisfies never;
  }
}

/** Before there is anything to show. */
function OpeningScreen({ state, size, send }: ScreenProps<Common>): ReactElement {
  return (
    <Frame state={state} size={size} send={send} where="everywhere" title="handrail" keys={[]} isTyping>
      {(body) => <Lines size={body} lines={[]} />}
    </Frame>
  );
}
