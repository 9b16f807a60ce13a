import { Box } from 'ink';
import { type ReactElement, useState } from 'react';
import type { HomeState } from '../scenes/home-state.ts';
import { firstItem, type HomeItem, homeItems } from './home/home-items.ts';
import { homeLines } from './home/home-lines.ts';
import { HomeList } from './home/home-list.tsx';
import { Naming, namedFile } from './home/home-naming.tsx';
import { homePanes } from './home/home-panes.ts';
import { homeFileKeys, homeKeys } from './keys/home-keys.ts';
import { bind } from './keys/key-table.ts';
import { Frame } from './pieces/frame.tsx';
import { line } from './pieces/line.ts';
import { Lines } from './pieces/lines.tsx';
import { seenLines, useScroll } from './pieces/scroll.ts';
import { between, sideBySide } from './pieces/side-by-side.ts';
import type { ScreenProps } from './screen-props.ts';
import { wide } from './size.ts';

/** Runs to go on with, runbooks to start, and what is known of the one under the cursor. The only screen that `q` leaves at once. */
export function HomeScreen(props: ScreenProps<HomeState>): ReactElement {
  const { state, size, send } = props;
  const [at, setAt] = useState<string | null>(null);
  const [isNaming, setNaming] = useState('file' in state.drafts);
  const named = namedFile(props, setNaming);
  const panes = homePanes(state, size);
  const items = homeItems(state, { now: state.now, width: panes.list.columns - 2, hasHeadings: panes.hasHeadings });
  const first =
    at === null
      ? firstItem(state, items)
      : Math.max(
          0,
          items.findIndex(({ key }) => key === at),
        );
  const item = items[first];
  const lines = homeLines(state, item, { now: state.now, width: panes.details.columns });
  const scroll = useScroll(lines.length, panes.details.rows);
  const open = ({ of }: HomeItem): void => {
    if (of.is === 'file') setNaming(true);
    else if (of.is === 'runbook') send({ do: 'start', runbook: of.runbook.name });
    else if (of.is === 'unreadable') send({ do: 'tell', text: of.run.advice });
    else if (of.run.state === 'finished') send({ do: 'page-report', run: of.run.run });
    else send({ do: 'resume', run: of.run.run });
  };
  const keys = bind(homeKeys, {
    // The list takes the key, and says so in its first row.
    open: null,
    file: () => setNaming(true),
    report: item?.of.is === 'run' ? reportOf(item.of.run.run) : 'there is one for a run only',
    pageUp: lines.length > panes.details.rows ? scroll.acts.pageUp : null,
    pageDown: lines.length > panes.details.rows ? scroll.acts.pageDown : null,
    quit: () => send({ do: 'leave' }),
  });
  function reportOf(run: number): () => void {
    return () => send({ do: 'page-report', run });
  }
  return (
    <Frame
      state={state}
      size={size}
      send={send}
      where="home"
      title="handrail"
      aside={size.columns < wide ? '' : 'walks you through a documented runbook, one step at a time'}
      keys={isNaming ? bind(homeFileKeys, { enter: () => named.take(named.typed), back: named.close }) : keys}
      isTyping={isNaming}
    >
      {(body) =>
        isNaming ? (
          <Naming state={state} size={body} named={named} />
        ) : (
          <Box flexDirection={panes.isWide ? 'row' : 'column'}>
            <HomeList
              items={items}
              size={panes.list}
              first={first}
              isActive={state.opening === null}
              onMove={(key) => {
                setAt(key);
                scroll.acts.top();
                const moved = items.find((each) => each.key === key);
                if (moved?.of.is === 'run' && moved.of.run.more === null) send({ do: 'look-at', run: moved.of.run.run });
              }}
              onChoose={open}
            />
            {panes.isWide ? (
              <Lines
                size={{ columns: panes.details.columns + between, rows: body.rows }}
                lines={sideBySide([], seenLines(lines, body.rows, scroll.from), { leftWidth: 0, rows: body.rows })}
              />
            ) : (
              <Lines
                size={{ columns: body.columns, rows: panes.details.rows + 1 }}
                lines={[line(''), ...seenLines(lines, panes.details.rows, scroll.from)]}
              />
            )}
          </Box>
        )
      }
    </Frame>
  );
}
