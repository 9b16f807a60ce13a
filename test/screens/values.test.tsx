import { describe, expect, it, vi } from 'vitest';
import type { ShownValue } from '../../src/scenes/walk-state.ts';
import { sayFrom, type ValueRow, valueRows } from '../../src/screens/values/value-rows.ts';
import { sayLife, valueDetail, valueTable } from '../../src/screens/values/values-lines.ts';
import { ValuesScreen } from '../../src/screens/values.tsx';
import { type ShownWalk, showWalk } from './show-walk.tsx';
import { beforeStep, type WalkScreenState, walkTo } from './walk-states.ts';

let joined: Promise<WalkScreenState> | undefined;

/** The same state for all: it is never changed. */
function joining(): Promise<WalkScreenState> {
  joined ??= walkTo(beforeStep('join-control-planes'));
  return joined;
}

const show = (state: WalkScreenState): Promise<ShownWalk> => showWalk(state, (props) => <ValuesScreen {...props} />);
const texts = (rows: ReturnType<typeof valueDetail>): readonly string[] => rows.map((row) => row.map(({ text }) => text).join(''));

function rowOf(state: WalkScreenState, name: string): ValueRow {
  const row = valueRows(state).find((each) => each.name === name);
  if (row === undefined) throw new Error(`There is no ${name}.`);
  return row;
}

/** The same machine id on all hosts but one. */
function alike(values: readonly ShownValue[], other: string): readonly ShownValue[] {
  return values.map((value) => (value.name === 'machine_id' && value.host !== other ? { ...value, fields: { '': 'cloned' } } : value));
}

describe('the rows', () => {
  it('are the inputs as the runbook lists them, given or not, then what was captured', async () => {
    const state = await joining();
    const names = valueRows(state).map(({ name }) => name);
    expect(names[0]).toBe('endpoint');
    expect(names.indexOf('join.token')).toBeGreaterThan(names.indexOf('health_path'));
    expect(sayFrom(state, rowOf(state, 'endpoint'))).toBe('input');
    expect(sayFrom(state, rowOf(state, 'service_network'))).toBe('input (default)');
    expect(sayFrom(state, rowOf(state, 'join.token'))).toBe('step 16, server77');
  });

  it('tell a secret by a mask that says nothing of its length', async () => {
    const state = await joining();
    const { isSecret, value } = rowOf(state, 'join.certificate_key');
    expect([isSecret, value]).toEqual([true, '••••••••']);
    expect(rowOf(state, 'join.token').value).toBe('••••••••');
  });

  it('fold the hosts that have the same value', async () => {
    const state = await joining();
    const rows = valueRows({ ...state, values: alike(state.values, 'server79') }).filter(({ name }) => name === 'machine_id');
    expect(rows.map(({ value, hosts }) => [value, hosts])).toEqual([
      ['cloned', ['server77', 'server78']],
      [rowOf(state, 'machine_id').value?.replace('37372d', '37392d'), ['server79']],
    ]);
  });

  it('do not fold secrets that only look alike', async () => {
    const state = await joining();
    const secret = (host: string, step: string): ShownValue => ({
      name: 'pin',
      step,
      host,
      fields: { '': '••••••••' },
      secretFields: [''],
      expires: {},
      isAbsent: false,
    });
    const rows = valueRows({ ...state, values: [secret('server77', 'machines'), secret('server78', 'machines')] });
    expect(rows.filter(({ name }) => name === 'pin')).toHaveLength(2);
  });

  it('tell the last value where one was captured anew, and one that was not printed as none', async () => {
    const state = await joining();
    const value = { name: 'token', step: 'init', host: 'server77', secretFields: [], expires: {}, isAbsent: false };
    const values = [
      { ...value, fields: { '': 'old' } },
      { ...value, fields: { '': 'new' } },
      { ...value, name: 'proxy', fields: {}, isAbsent: true },
    ];
    const rows = valueRows({ ...state, values }).filter(({ from }) => from.is === 'step');
    expect(rows.map(({ name, value }) => [name, value])).toEqual([
      ['token', 'new'],
      ['proxy', null],
    ]);
  });
});

it('says how long a value lives, and when it is dead', () => {
  expect(sayLife({ expires: undefined }, 0)).toEqual({ text: '-' });
  expect(sayLife({ expires: 72 * 60_000 }, 0)).toEqual({ text: '1 h 12 min' });
  expect(sayLife({ expires: 5 * 60_000 }, 0)).toEqual({ text: '5 min', tone: 'beware' });
  expect(sayLife({ expires: 5 }, 5)).toEqual({ text: 'EXPIRED', tone: 'bad' });
});

it('tells of a value where it is from, who uses it and what makes it anew', async () => {
  const state = await joining();
  const detail = texts(valueDetail(state, rowOf(state, 'join.certificate_key'), 80));
  // What the time is called depends on where the test runs.
  expect(detail.join('\n').replace(/\d\d:\d\d:\d\d/g, 'TIME')).toMatchInlineSnapshot(`
    "join.certificate_key   secret
    value     ••••••••
    read      by kubeadm-init, its certificate_key
    from      “Initialise the first control plane” (step 16 of 27) on server77,
              TIME
    valid     until TIME, 2 h from now
    used by   “Join the other control planes” and “Join the workers”
    renewed   by “Make new join values”, before a step that needs it (risk: change;
              asks)"
  `);
});

it('marks the row under the cursor, and is never wider than its pane', async () => {
  const state = await joining();
  const rows = valueRows(state);
  for (const columns of [60, 80, 140]) {
    const table = texts(valueTable(state, rows, 3, columns));
    expect(table.filter((row) => row.startsWith('>'))).toHaveLength(1);
    expect(table.filter((row) => row.length > columns)).toEqual([]);
  }
});

describe('a secret', () => {
  it('is revealed by a key, which stands in the journal', async () => {
    const shown = await show(await joining());
    await shown.press('x');
    expect(shown.sent).toEqual([{ do: 'reveal', what: 'the values' }]);
  });

  it('is copied only while it is seen, and after a letter', async () => {
    const state = await joining();
    const shown = await show(state);
    await shown.press('G', 'c');
    expect(shown.text()).toContain('c copy: it is a secret; reveal it first');
    const values = state.values.map((value) => ({
      ...value,
      fields: { ...value.fields, ...('certificate_key' in value.fields ? { certificate_key: 'clear' } : {}) },
    }));
    await shown.change({ values, revealedUntil: state.now + 10_000 });
    await shown.press('c');
    expect(shown.text()).toContain('Copy the secret join.certificate_key?');
    await shown.press('\r', 'y');
    expect(shown.sent.filter((act) => act.do === 'copy')).toEqual([
      { do: 'copy', what: 'join.certificate_key', text: 'clear', isSecret: true },
    ]);
  });

  it('is copied only by a letter that was pressed while it was asked about itself', async () => {
    const state = await joining();
    const shown = await show({ ...state, revealedUntil: state.now + 10_000 });
    await shown.press('G', 'c');
    expect(shown.text()).toContain('Copy the secret join.certificate_key?');
    // Long after that another value comes to stand under the cursor, and at once the letter.
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 5000);
    const last = state.values.at(-1);
    await shown.change({ values: state.values.map((value) => (value === last ? { ...value, name: 'another' } : value)) });
    expect(shown.text()).toContain('Copy the secret another.certificate_key?');
    shown.type('y');
    await shown.settled();
    expect(shown.sent.filter((act) => act.do === 'copy')).toEqual([]);
  });

  it('is copied no more when its time is over before the letter', async () => {
    const state = await joining();
    const shown = await show({ ...state, revealedUntil: state.now + 10_000 });
    await shown.press('G', 'c');
    await shown.change({ revealedUntil: state.now });
    await shown.press('y');
    expect(shown.sent.filter((act) => act.do === 'copy')).toEqual([]);
    expect(shown.text()).toContain('it is hidden again; reveal it first');
  });
});

it('copies at once what is no secret, shows all of a row, and goes back step by step', async () => {
  const shown = await show(await joining());
  await shown.press('c', 'z');
  expect(shown.sent).toEqual([{ do: 'copy', what: 'endpoint', text: 'cp.xxx.com' }]);
  expect(shown.text()).not.toContain('balancer');
  await shown.press('\u001b');
  await shown.shows('balancer');
  await shown.press('\u001b');
  await expect.poll(() => shown.sent.at(-1)).toEqual({ do: 'back' });
});
