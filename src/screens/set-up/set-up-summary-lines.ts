import { cleanLine } from '../../output/clean.ts';
import type { SetUpState } from '../../scenes/set-up-state.ts';
import { listOf, prose, type Said } from '../../words/said.ts';
import { showSetupHosts, showSetupInputs, showSetupProblem, showWhatIsAhead } from '../../words/show-setup.ts';
import { type Line, line, linesOf } from '../pieces/line.ts';
import { between, sideBySide } from '../pieces/side-by-side.ts';
import { type Size, wide } from '../size.ts';

/** The summary of a set-up: what is wrong and what is ahead first, then hosts and inputs, side by side where the screen is wide. */
export function summaryLines(state: SetUpState, { columns, rows }: Size): readonly Line[] {
  const first = [
    ...showFailed(state),
    ...state.problems.flatMap(showSetupProblem),
    ...showUnready(state),
    ...showWhatIsAhead(state.plan()),
  ];
  const top = [...linesOf(first, columns), ...savedLines(state, columns), line('')];
  const hosts = [heading('Hosts'), ...showSetupHosts(state.setup)];
  const given = showSetupInputs(state.plan());
  const inputs = given.length === 0 ? [] : [heading('Inputs'), ...given];
  if (columns < wide) return [...top, ...linesOf([...(state.setup.hosts.length > 0 ? [...hosts, ''] : []), ...inputs], columns)];
  const leftWidth = Math.floor(columns / 2);
  const left = linesOf(hosts, leftWidth);
  const right = linesOf(inputs, columns - leftWidth - between);
  const below = Math.max(left.length, right.length, rows - top.length);
  return [...top, ...sideBySide(left, right, { leftWidth, rows: below })];
}

/** What came of saving the hosts. */
export function savedLines({ saved }: SetUpState, columns: number): readonly Line[] {
  if (saved === null) return [];
  const { path, wrong } = saved;
  return linesOf(prose(cleanLine(wrong ?? `The hosts are saved as ${path}.`), '', '  ', wrong === null ? 'good' : 'bad'), columns);
}

function heading(text: string): Said {
  return { exact: text, tone: 'strong' };
}

function showFailed({ failed }: SetUpState): readonly Said[] {
  return failed === null ? [] : [...prose(cleanLine(failed.message), '', '  ', 'bad'), ...prose(cleanLine(failed.advice), '  ')];
}

/** Hosts that the check did not find ready: the run asks about them when it comes to them. */
function showUnready({ check }: SetUpState): readonly Said[] {
  const names = (check?.hosts ?? []).flatMap((host) => (host.is === 'reached' && host.wrong === null ? [] : [host.name]));
  if (names.length === 0) return [];
  return prose(
    `Beware: the check did not find ${listOf(names)} ready. The run asks when it comes to ${names.length === 1 ? 'it' : 'them'}.`,
    '',
    '  ',
    'beware',
  );
}
