import type { ReactElement } from 'react';
import type { SetUpState } from '../scenes/set-up-state.ts';
import { prose } from '../words/said.ts';
import { bind } from './keys/key-table.ts';
import { setUpLeaveKeys } from './keys/set-up-keys.ts';
import { linesOf } from './pieces/line.ts';
import { Lines } from './pieces/lines.tsx';
import type { ScreenProps } from './screen-props.ts';
import { SetUpCheckScreen } from './set-up/set-up-check.tsx';
import { SetUpFrame } from './set-up/set-up-frame.tsx';
import { SetUpHostsScreen } from './set-up/set-up-hosts.tsx';
import { SetUpInputsScreen } from './set-up/set-up-inputs.tsx';
import { SetUpSummaryScreen } from './set-up/set-up-summary.tsx';

/** The set-up of a run, part by part. */
export function SetUpScreen(props: ScreenProps<SetUpState>): ReactElement {
  const { state } = props;
  if (state.isLeaving) return <LeavesSetUp {...props} />;
  switch (state.part) {
    case 'inputs':
      return <SetUpInputsScreen key="inputs" {...props} fields={state.inputs} />;
    case 'hosts':
      return <SetUpHostsScreen {...props} />;
    case 'answers':
      return <SetUpInputsScreen key="answers" {...props} fields={state.answers} />;
    case 'check':
      return <SetUpCheckScreen {...props} />;
    case 'summary':
      return <SetUpSummaryScreen {...props} />;
    default:
      return state.part satisfies never;
  }
}

/** Asks whether to leave, since what was typed is kept nowhere. */
function LeavesSetUp(props: ScreenProps<SetUpState>): ReactElement {
  const { send } = props;
  const keys = bind(setUpLeaveKeys, { leave: () => send({ do: 'leave-set-up' }), stay: () => send({ do: 'stay' }) });
  return (
    <SetUpFrame {...props} keys={keys} isGuarded>
      {(body) => (
        <Lines
          size={body}
          lines={linesOf(
            [
              '',
              { exact: 'Leave this set-up?', tone: 'strong' },
              '',
              ...prose('No run has begun and nothing was changed on any host. What was typed here is not kept.'),
              '',
              ...prose('y leaves. esc or n stays here.'),
            ],
            body.columns,
          )}
        />
      )}
    </SetUpFrame>
  );
}
