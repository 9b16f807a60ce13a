import { useState } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import type { Act } from '../../src/scenes/act.ts';
import { withDraft } from '../../src/scenes/drafts.ts';
import type { HomeState } from '../../src/scenes/home-state.ts';
import { HomeScreen } from '../../src/screens/home.tsx';
import { type HomeScreenState, homeState } from './home-states.ts';
import { type OpenTerminal, openTerminal } from './open-terminal.tsx';

const down = '\x1b[B';

type Shown = { readonly terminal: OpenTerminal; readonly sent: Act[]; change(changed: Partial<HomeState>): void };

/** The home screen in a terminal, with drafts that are kept as its scene keeps them. */
async function show(state: HomeScreenState = homeState(), { columns, rows } = { columns: 80, rows: 24 }): Promise<Shown> {
  const sent: Act[] = [];
  let change: Shown['change'] = () => {};
  function App() {
    const [shown, setShown] = useState(state);
    change = (changed) => setShown((before) => ({ ...before, ...changed }));
    const send = (act: Act): void => {
      if (act.do === 'draft') setShown((before) => ({ ...before, drafts: withDraft(before.drafts, act.of, act.text) }));
      else sent.push(act);
    };
    return <HomeScreen state={shown} size={{ columns, rows }} send={send} />;
  }
  const terminal = openTerminal(<App />, { columns, rows });
  onTestFinished(() => terminal.close());
  await terminal.shows('handrail');
  return { terminal, sent, change: (changed) => change(changed) };
}

test('the cursor stands on the run to go on with, and enter resumes it', async () => {
  const { terminal, sent } = await show();
  await terminal.shows(/> \[\?\?\] Kubernetes .* run 7/);
  terminal.type('\r');
  await expect.poll(() => sent).toEqual([{ do: 'resume', run: 7 }]);
});

test('the cursor stands on the run to go on with also where that is not the newest', async () => {
  const { terminal, sent } = await show(homeState({ toContinue: 6 }));
  await terminal.shows(/> .*run 6/);
  terminal.type('\r');
  await expect.poll(() => sent).toEqual([{ do: 'resume', run: 6 }]);
});

test('each row is opened as what it is', async () => {
  const { terminal, sent } = await show();
  terminal.type(down);
  await terminal.shows(/> .*run 6/);
  terminal.type(down);
  await terminal.shows(/> .*31 steps/);
  terminal.type('\r');
  await expect.poll(() => sent.at(-1)).toEqual({ do: 'start', runbook: 'kubeadm-ha-haproxy' });
  terminal.type('k');
  await terminal.shows(/> .*run 6/);
  for (const row of [/> .*31 steps/, /> A runbook of your own/, /> .*run 5/]) {
    terminal.type('j');
    await terminal.shows(row);
  }
  terminal.type('\r');
  await expect.poll(() => sent.at(-1)).toEqual({ do: 'page-report', run: 5 });
  expect(sent.filter((act) => act.do === 'look-at')).not.toEqual([]);
});

test('a digit chooses at once', async () => {
  const { terminal, sent } = await show();
  terminal.type('3');
  await expect.poll(() => sent).toEqual([{ do: 'start', runbook: 'kubeadm-ha-haproxy' }]);
});

test('what is filled in later does not move the cursor', async () => {
  const { terminal, change } = await show(homeState({ runbooks: homeState().runbooks.map((each) => ({ ...each, more: null })) }));
  terminal.type(down);
  await terminal.shows(/> .*run 6/);
  change({ runbooks: homeState().runbooks });
  await terminal.shows('31 steps');
  await terminal.shows(/> .*run 6/);
});

test('what is told below follows the cursor', async () => {
  const { terminal } = await show(homeState(), { columns: 140, rows: 40 });
  await terminal.shows('join.certificate_key has expired');
  terminal.type(down);
  await terminal.shows('│ External etcd by hand');
  expect(terminal.text()).not.toContain('join.certificate_key');
});

test('the path of a file is typed or pasted, and stands there still when the file is wrong', async () => {
  const { terminal, sent, change } = await show();
  terminal.type('n');
  await terminal.shows('The path of a runbook');
  terminal.type('~/gui');
  terminal.type('\x1b[200~de.md\x1b[201~');
  await terminal.shows('> ~/guide.md');
  terminal.type('\r');
  await expect.poll(() => sent).toEqual([{ do: 'start', runbook: '~/guide.md' }]);
  change({ refused: { message: 'There is no runbook ~/guide.md.', advice: 'Check the path.', problems: [] } });
  await terminal.shows('There is no runbook ~/guide.md.');
  await terminal.shows('> ~/guide.md');
});

test('letters are text while a path is typed', async () => {
  const { terminal, sent } = await show();
  terminal.type('n');
  await terminal.shows('The path of a runbook');
  terminal.type('qR?');
  await terminal.shows('> qR?');
  terminal.type('\x1b');
  await terminal.shows('Continue a run');
  expect(sent).toEqual([]);
});

test('the report of the run under the cursor is one key away, and a runbook says that it has none', async () => {
  const { terminal, sent } = await show();
  terminal.type('R');
  await expect.poll(() => sent).toEqual([{ do: 'page-report', run: 7 }]);
  terminal.type('3');
  terminal.type(down);
  await terminal.shows(/> .*run 6/);
  terminal.type(down);
  await terminal.shows(/> .*31 steps/);
  terminal.type('R');
  await expect.poll(() => sent.at(-1)).toEqual({ do: 'tell', text: 'R report: there is one for a run only' });
});

test('q leaves at once', async () => {
  const { terminal, sent } = await show();
  terminal.type('q');
  await expect.poll(() => sent).toEqual([{ do: 'leave' }]);
});

test('where rows are few, each says what it is for', async () => {
  const { terminal } = await show(homeState(), { columns: 60, rows: 16 });
  await terminal.shows(/> continue {2}\[\?\?\] Kube.*run 7/);
  await terminal.shows(/ {2}start {5}Kubernetes/);
});
