import { Box } from 'ink';
import { type ReactElement, useState } from 'react';
import type { HomeState } from '../scenes/home-state.ts';
import type { Common } from '../scenes/scene.ts';
import { firstItem, type HomeItem, homeItems } from './home-items.ts';
import { homeLines, showRefused } from './home-lines.ts';
import { HomeList, homeListRows } from './home-list.tsx';
import { homeFileKeys, homeKeys } from './keys/home-keys.ts';
import { bind } from './keys/key-table.ts';
import { Frame } from './pieces/frame.tsx';
import { line, linesOf } from './pieces/line.ts';
import { Lines } from './pieces/lines.tsx';
import { seenLines, useScroll } from './pieces/scroll.ts';
import { between, sideBySide } from './pieces/side-by-side.ts';
import { Typing } from './pieces/typing.tsx';
import type { ScreenProps } from './screen-props.ts';
import { bodyOf, type Size, wide } from './size.ts';

/** Runs to go on with, runbooks to start, and what is known of the one under the cursor. The only screen that `q` leaves at once. */
export function HomeScreen(props: ScreenProps<HomeState>): ReactElement {
  const { state, size, send } = props;
  const [at, setAt] = useState<string | null>(null);
  const [isNaming, setNaming] = useState('file' in state.drafts);
  const named = namedFile(props, setNaming);
  const panes = panesOf(state, size);
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

type Named = {
  readonly typed: string;
  readonly type: (text: string) => void;
  readonly take: (text: string) => void;
  readonly close: () => void;
};

/** The path of a file while it is typed. */
function namedFile({ state, send }: ScreenProps<HomeState>, setNaming: (isNaming: boolean) => void): Named {
  const type = (text: string): void => send({ do: 'draft', of: 'file', text });
  return {
    typed: state.drafts['file'] ?? '',
    type,
    take: (text) => (text.trim() === '' ? undefined : send({ do: 'start', runbook: text.trim() })),
    close: () => {
      type('');
      setNaming(false);
    },
  };
}

/** Asks for the path of a file; what is wrong with the file named last stands above. */
function Naming({ state, size, named }: { readonly state: HomeState; readonly size: Size; readonly named: Named }): ReactElement {
  const { refused, opening } = state;
  return (
    <Typing
      size={size}
      lines={refused === null ? [] : linesOf(showRefused(refused), size.columns)}
      prompt={opening ?? 'The path of a runbook, a Markdown file; it may be pasted'}
      value={named.typed}
      onChange={named.type}
      onEnter={named.take}
      onEscape={named.close}
    />
  );
}

type Panes = { readonly isWide: boolean; readonly hasHeadings: boolean; readonly list: Size; readonly details: Size };

/** The list as high as it needs to be, with room left for what is told; side by side where the screen is wide. */
function panesOf(state: HomeState & Common, size: Size): Panes {
  const body = bodyOf(size);
  const items = homeItems(state, { now: state.now, width: body.columns, hasHeadings: true });
  const grouped = homeListRows(items);
  if (size.columns >= wide) {
    const columns = Math.min(Math.max(60, Math.floor(size.columns * 0.55)), 90);
    const details = { columns: body.columns - columns - between, rows: body.rows };
    return { isWide: true, hasHeadings: grouped <= body.rows, list: { columns, rows: body.rows }, details };
  }
  const most = Math.max(1, body.rows - (body.rows >= 18 ? 6 : 5));
  const hasHeadings = grouped <= most;
  const rows = Math.min(hasHeadings ? grouped : items.length, most);
  return {
    isWide: false,
    hasHeadings,
    list: { columns: body.columns, rows },
    details: { columns: body.columns, rows: Math.max(1, body.rows - rows - 1) },
  };
}
