import type { ReactElement } from 'react';
import type { WalkState } from '../scenes/walk-state.ts';
import { listOf, prose } from '../words/said.ts';
import { bind } from './keys/key-table.ts';
import { leaveKeys } from './keys/leave-keys.ts';
import { Frame } from './pieces/frame.tsx';
import { linesOf } from './pieces/line.ts';
import { Lines } from './pieces/lines.tsx';
import type { ScreenProps } from './screen-props.ts';

/** Asks whether to leave a walk. */
export function LeaveScreen({ state, size, send }: ScreenProps<WalkState>): ReactElement {
  const keys = bind(leaveKeys, {
    leave: () => send({ do: 'leave-run' }),
    stay: () => send({ do: 'back' }),
  });
  return (
    <Frame
      state={state}
      size={size}
      send={send}
      where="leave"
      title={`${state.run.title}   run ${state.run.number}`}
      mode={state.mode}
      keys={keys}
      isGuarded
    >
      {(body) => (
        <Lines
          size={body}
          lines={linesOf(
            [
              '',
              { exact: 'Leave this run?', tone: 'strong' },
              '',
              ...prose(`Everything that was done is on the disk. ${saysOfRunning(state)}`),
              '',
              ...prose(`Go on later with: ${state.startedAs} resume ${state.run.number}`),
              '',
              ...prose('y leaves. esc or n stays here.'),
            ],
            body.columns,
          )}
        />
      )}
    </Frame>
  );
}

function saysOfRunning({ run }: WalkState): string {
  const running = new Set(run.steps.flatMap(({ perHost }) => perHost.flatMap(({ name, state }) => (state === 'running' ? [name] : []))));
  if (running.size === 0) return 'Nothing runs on a host now.';
  return `What runs on ${listOf([...running])} is asked about next; nothing is stopped by itself.`;
}
