import { Text } from 'ink';
import { type ReactElement, useRef, useState } from 'react';
import type { SetUpState } from '../../scenes/set-up-state.ts';
import { prose } from '../../words/said.ts';
import { bind } from '../keys/key-table.ts';
import { setUpListKeys, setUpTypingKeys } from '../keys/set-up-keys.ts';
import { linesOf } from '../pieces/line.ts';
import { Lines } from '../pieces/lines.tsx';
import { seenLines } from '../pieces/scroll.ts';
import { TextField } from '../pieces/text-field.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { partKeys, SetUpFrame } from './set-up-frame.tsx';
import { aboutHosts, areTyped, draftOf, type HostItem, hostRows, hostTyped, lineOfHost } from './set-up-host-items.ts';
import { HostList } from './set-up-host-list.tsx';

/** The hosts of a run: those of a file, or typed role by role. */
export function SetUpHostsScreen(props: ScreenProps<SetUpState>): ReactElement {
  const { state, send } = props;
  const rows = hostRows(state);
  const items = rows.flatMap((row) => ('item' in row ? [row.item] : []));
  const [at, setAt] = useState('file');
  /** What is typed now; null while nothing is. */
  const [typed, setTyped] = useState<string | null>(null);
  /** What is wrong with the line that was to be taken. */
  const [wrong, setWrong] = useState<string | null>(null);
  // Several keys may come before the next frame: each counts where the one before has gone.
  const latest = useRef(at);
  latest.current = at;
  const indexNow = (): number =>
    Math.max(
      0,
      items.findIndex(({ key }) => key === latest.current),
    );
  const index = indexNow();
  const item = items[index];
  const isTyped = areTyped(state);
  const go = (to: number): void => {
    latest.current = items[Math.max(0, Math.min(items.length - 1, to))]?.key ?? 'file';
    setAt(latest.current);
  };
  const type = (text: string | null): void => {
    setTyped(text);
    setWrong(null);
  };

  function change(): void {
    if (item === undefined) return;
    if (item.is === 'candidate') send({ do: 'choose-host', role: item.role, host: item.name });
    else if (item.is === 'host' && !isTyped) send({ do: 'tell', text: 'The hosts of a file are changed in the file.' });
    else if (item.is === 'file' && state.areHostsGiven) send({ do: 'tell', text: 'The hosts were given on the command line.' });
    else type(state.drafts[draftOf(item)] ?? taken(state, item));
  }

  /** Stops typing; a line that was not taken stands in its row, and is gone on with there. */
  function stop(): void {
    const isNew = item !== undefined && typed !== null && typed.trim() !== '' && typed !== taken(state, item);
    if (item !== undefined) send({ do: 'draft', of: draftOf(item), text: isNew ? typed : '' });
    type(null);
  }

  function take(text: string): void {
    if (item === undefined || item.is === 'candidate') return;
    send({ do: 'draft', of: draftOf(item), text: '' });
    if (item.is === 'file') {
      send({ do: 'name-hosts-file', path: text });
      type(null);
    } else if (item.is === 'add' && text.trim() === '') {
      // An empty line ends a role.
      const next = items.findIndex((each, place) => place > index && each.is === 'add');
      type(next === -1 ? null : '');
      go(next === -1 ? index + 1 : next);
    } else takeHost(item, text);
  }

  function takeHost(of: Extract<HostItem, { is: 'host' | 'add' }>, text: string): void {
    const before = of.is === 'host' ? { before: of.host.name } : {};
    const host = hostTyped(state, { role: of.role, line: text, ...before });
    if (typeof host === 'string') setWrong(host);
    else {
      send({ do: 'type-host', role: of.role, line: text, ...before });
      setAt(of.is === 'add' ? of.key : `${of.role} ${host.name}`);
      type(of.is === 'add' ? '' : null);
    }
  }

  function takeOut(): void {
    const here = items[indexNow()];
    if (here?.is !== 'host') return;
    // The cursor stays in the role, but on no host: x held down takes out only one.
    go(items.findIndex(({ key }) => key === `${here.role} +`));
    send({ do: 'draft', of: draftOf(here), text: '' });
    send({ do: 'take-out-host', role: here.role, host: here.host.name });
  }

  const listKeys = bind(setUpListKeys, {
    change,
    up: () => go(indexNow() - 1),
    down: () => go(indexNow() + 1),
    usual: null,
    takeOut: item?.is === 'host' && isTyped ? takeOut : null,
  });
  const typingKeys = bind(setUpTypingKeys, {
    enter: () => take(typed ?? ''),
    previous: null,
    following: null,
    clear: () => type(''),
    stop,
  });
  return (
    <SetUpFrame
      {...props}
      keys={typed !== null ? typingKeys : [...listKeys, ...partKeys(props, whyNotOn(state))]}
      isTyping={typed !== null}
    >
      {(body) => {
        const about = Math.max(2, Math.min(8, Math.floor(body.rows / 3)));
        const said = [
          ...(wrong === null ? [] : linesOf(prose(wrong, '', '', 'bad'), body.columns)),
          ...aboutHosts(state, item, body.columns),
        ];
        const prompt = prompts[item?.is ?? 'file'];
        return (
          <>
            <HostList state={state} rows={rows} item={item} size={{ columns: body.columns, rows: Math.max(1, body.rows - about - 1) }}>
              {typed === null ? null : (
                <Text wrap="truncate">
                  <Text bold>{`> ${prompt}`}</Text>
                  <TextField
                    key={item?.key}
                    value={typed}
                    onChange={type}
                    onEnter={take}
                    onEscape={stop}
                    width={Math.max(4, body.columns - 2 - prompt.length)}
                  />
                </Text>
              )}
            </HostList>
            <Text> </Text>
            <Lines size={{ columns: body.columns, rows: about }} lines={seenLines(said, about, 0, 'make the window larger')} />
          </>
        );
      }}
    </SetUpFrame>
  );
}

/** The text of a row as it was taken last. */
function taken({ file }: SetUpState, item: HostItem): string {
  return item.is === 'file' ? (file?.path ?? '') : item.is === 'host' ? lineOfHost(item.host) : '';
}

const prompts: Readonly<Record<HostItem['is'], string>> = {
  file: 'path: ',
  host: '    NAME ADDRESS [USER]: ',
  add: '    NAME ADDRESS [USER]: ',
  candidate: '',
};

function whyNotOn(state: SetUpState): string | null {
  const { file, roles, drafts } = state;
  if (hostRows(state).some((row) => 'item' in row && draftOf(row.item) in drafts))
    return 'a row is typed, but not taken yet: enter goes on with it';
  if (file !== null && file.hosts === null) return 'the hosts file has an error';
  return roles.find(({ wrong }) => wrong !== null)?.wrong ?? null;
}
