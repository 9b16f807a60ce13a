import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, test } from 'vitest';
import { howLong } from '../../src/reports/how-long.ts';
import { block, code, inline } from '../../src/reports/markdown.ts';
import { reportRun } from '../../src/reports/report-run.ts';
import { runReport } from '../../src/reports/run-report.ts';
import { runReportMarkdown } from '../../src/reports/run-report-markdown.ts';
import { showRun } from '../../src/reports/show-run.ts';
import type { EventBody } from '../../src/run/events/event.ts';
import { fold } from '../../src/run/events/evolve.ts';
import type { RunState } from '../../src/run/events/run-state.ts';
import { createMasker } from '../../src/run/secrets/mask.ts';
import { numbered, started } from '../run/any-event.ts';
import { beginRun } from '../run/new-run.ts';
import { temporaryFolder } from '../run/temporary-folder.ts';

const { mask } = createMasker();

function stateAfter(...bodies: readonly EventBody[]): RunState {
  const state = fold(numbered([started, ...bodies]));
  if (state === null) throw new Error('a state');
  return state;
}

const at = { step: 'init', host: 'server77', attempt: 1, part: 1 };
const ran: readonly EventBody[] = [
  { type: 'step-opened', step: 'init', hosts: ['server77'] },
  {
    ...at,
    type: 'part-sent',
    kind: 'command',
    id: 'i',
    command: 'kubeadm init\n# a `fence`: ```',
    log: 'logs/init/server77.1.1.log',
    streams: 'two',
  },
  {
    ...at,
    type: 'part-ended',
    kind: 'command',
    exit: 0,
    isOk: true,
    started: '2026-01-01T00:00:10.000Z',
    ended: '2026-01-01T00:01:15.000Z',
  },
  {
    ...{ type: 'captured', step: 'init', host: 'server77', attempt: 1, name: 'join', isAbsent: false, by: 'output' },
    fields: { endpoint: { is: 'plain', value: '192.0.2.1:6443' }, token: { is: 'sealed', record: 'r' } },
    expires: { token: '2026-01-02T00:00:00.000Z', key: '2026-01-01T02:00:00.000Z' },
  },
  { type: 'verified', step: 'init', host: 'server77', attempt: 1, isOk: true },
  { type: 'skipped', step: 'join', host: '', why: 'not today', by: 'operator' },
];

describe('the report as JSON', () => {
  test('has the shape that other programs rely on', () => {
    expect(runReport(stateAfter(...ran, { type: 'run-ended', state: 'finished', why: '' }), mask)).toEqual({
      ...{ run: 7, id: '00112233445566778899aabbccddeeff', runbook: 'kubeadm-ha-haproxy', state: 'finished' },
      ...{ started: '2026-01-01T00:00:00.000Z', ended: '2026-01-01T00:00:07.000Z', inputs: {} },
      values: [{ name: 'join', from: { step: 'init', host: 'server77' }, secret: true, expires: '2026-01-01T02:00:00.000Z' }],
      deviations: [{ at: '2026-01-01T00:00:06.000Z', step: 'join', host: null, kind: 'skipped', why: 'not today', text: null }],
      steps: [
        {
          ...{ id: 'init', title: 'Initialise', aside: false, state: 'done', by: 'ran', reason: null },
          hosts: [
            {
              ...{ name: 'server77', state: 'done', by: 'ran' },
              attempts: [
                {
                  ...{ number: 1, state: 'done', exit: 0, started: '2026-01-01T00:00:10.000Z', ended: '2026-01-01T00:01:15.000Z' },
                  parts: [
                    {
                      ...{ part: 1, kind: 'command', state: 'done', exit: 0, command: 'kubeadm init\n# a `fence`: ```' },
                      ...{ log: 'logs/init/server77.1.1.log', started: '2026-01-01T00:00:10.000Z', ended: '2026-01-01T00:01:15.000Z' },
                    },
                  ],
                },
              ],
            },
          ],
        },
        {
          ...{ id: 'join', title: 'Join', aside: false, state: 'skipped', by: null, reason: 'not today' },
          hosts: ['server77', 'server78'].map((name) => ({ name, state: 'skipped', by: null, attempts: [] })),
        },
        {
          id: 'new-values',
          title: 'New values',
          aside: true,
          state: 'pending',
          by: null,
          reason: null,
          hosts: [{ name: 'server77', state: 'pending', by: null, attempts: [] }],
        },
      ],
    });
  });

  test('tells inputs, also those of one host, and no sealed one', () => {
    const first = { ...started, inputs: { version: { is: 'plain', value: '1.34' }, registry: { is: 'sealed', record: 'r' } } } as EventBody;
    const state = fold(numbered([first]));
    if (state === null) throw new Error('a state');
    const [host, ...others] = state.hosts;
    if (host === undefined) throw new Error('a host');
    const withValue = { ...state, hosts: [{ ...host, values: { interface: 'eth1' } }, ...others] };
    expect(runReport(withValue, mask).inputs).toEqual({ version: '1.34', registry: '••••••', 'interface@server77': 'eth1' });
  });

  test('hides what became known as a secret after it was written down', () => {
    const state = stateAfter(...ran, { type: 'noted', text: 'the password is sesame-open' });
    const masker = createMasker();
    masker.add('sesame-open');
    expect(JSON.stringify(runReport(state, masker.mask))).not.toContain('sesame-open');
  });

  test('is made of a run on disk with all its secrets hidden', async () => {
    const dataDirectory = await temporaryFolder();
    const run = await beginRun(dataDirectory);
    await run.append({ type: 'noted', text: 'typed too early: later-a-secret' });
    await run.record('later', 'later-a-secret', { isSecret: true });
    await run.close();
    for (const format of ['md', 'json'] as const) {
      const report = await reportRun(1, { dataDirectory, format });
      expect(report).toContain('typed too early: ••••••');
      expect(report).not.toMatch(/later-a-secret|sesame-open|pin-of-server77/);
    }
  });
});

describe('the report as Markdown', () => {
  test('tells hosts, values with their origin, deviations, and each step and host with attempts, commands, exit codes and durations', () => {
    expect(runReportMarkdown(stateAfter(...ran), mask)).toMatchInlineSnapshot(`
      "# Run 7: A cluster

      - Runbook: \`kubeadm-ha-haproxy\`, SHA-256 \`dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd\`
      - Run: \`00112233445566778899aabbccddeeff\`
      - State: finished, 2 of 2 steps done
      - Began: 2026-01-01T00:00:00.000Z
      - Ended: not yet

      ## Hosts

      | host | address | roles | system | machine id | host key |
      | --- | --- | --- | --- | --- | --- |
      | \`server77\` | 192.0.2.77 | control\\_plane |  |  |  |
      | \`server78\` | 192.0.2.78 | control\\_plane |  |  |  |

      ## Values

      | value | from | secret | expires |
      | --- | --- | --- | --- |
      | \`join\` | step \`init\` on \`server77\` | yes | 2026-01-01T02:00:00.000Z |

      ## Deviations

      - 2026-01-01T00:00:06.000Z **skipped** step \`join\`: not today

      ## Steps

      ### Install

      #### Initialise

      Step \`init\`: done (ran)

      - \`server77\`: done (ran)

        - Attempt 1: done, exit 0, 1 min 5 s

          - Part 1, command: done, exit 0, 1 min 5 s, log \`logs/init/server77.1.1.log\`

            \`\`\`\`sh
            kubeadm init
            # a \`fence\`: \`\`\`
            \`\`\`\`

      #### Join

      Step \`join\`: skipped: not today
      "
    `);
  });

  const hostile = [
    'x\n# Heading\n\n```\nend of block',
    '<script>alert(1)</script><img src=x onerror=y>',
    '[a link](http://192.0.2.1) ![a picture](http://192.0.2.1/x) http://192.0.2.1 www.example.com a@example.com',
    '| a | cell | more |\n| --- | --- |',
    '`` ` ``` code',
    '\u001b[31mred\u001b[0m \u0007 \u202e backwards \u0000',
    '**bold** _it_ ~~gone~~ $x^2$ &lt; \\',
    '- item\n1. item\n> quote',
    '````\n````',
  ];
  const structure = (markdown: string): readonly string[] => {
    const kinds: string[] = [];
    const walk = (node: { readonly type: string; readonly children?: readonly unknown[] }): void => {
      if (node.type !== 'text') kinds.push(node.type);
      for (const child of node.children ?? []) walk(child as typeof node);
    };
    walk(fromMarkdown(markdown));
    return kinds;
  };
  const reportWith = (text: string): string => {
    const where = { ...at, kind: 'command', id: 'i', log: 'logs/init/server77.1.1.log', streams: 'two' } as const;
    const state = stateAfter(
      { ...where, type: 'part-sent', command: text },
      { type: 'part-lost', ...at, why: text },
      { type: 'noted', text },
      { type: 'marked-done', step: 'join', host: 'server77', why: text },
    );
    return runReportMarkdown({ ...state, title: text, steps: state.steps.map((step) => ({ ...step, title: text, phase: text })) }, mask);
  };

  test.each(hostile.map((text) => [text]))('keeps its form whatever text stands in it: %j', (text) => {
    const markdown = reportWith(text);
    expect(structure(markdown)).toEqual(structure(reportWith('plain')));
    expect(markdown).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f\u202e]/);
    expect(
      markdown
        .split('\n')
        .filter((line) => line.startsWith('|'))
        .map((line) => line.replaceAll('\\|', '').split('|').length),
    ).toEqual([8, 8, 8, 8]);
  });

  test.each(hostile.map((text) => [text]))('text in a line, code in a line and code in a block stay what they are: %j', (text) => {
    expect(structure(`x ${inline(text)}`).filter((kind) => kind !== 'root' && kind !== 'paragraph')).toEqual([]);
    expect(structure(`x ${code(text)}`)).toEqual(['root', 'paragraph', 'inlineCode']);
    expect(structure(block(text, 'sh'))).toEqual(['root', 'code']);
  });

  test('shows a command as it was', () => {
    const [node] = fromMarkdown(block('a\n\n  b ``` c\n', 'sh')).children;
    expect(node).toMatchObject({ type: 'code', lang: 'sh', value: 'a\n\n  b ``` c' });
  });
});

describe('the run shown', () => {
  test('tells where it stands, what went wrong and how to go on', () => {
    const state = stateAfter(
      ...ran.slice(0, -1),
      { ...at, step: 'join', type: 'part-sent', kind: 'command', id: 'i', command: 'c', log: 'logs/join/server77.1.1.log', streams: 'one' },
      {
        ...at,
        step: 'join',
        type: 'part-ended',
        kind: 'command',
        exit: 1,
        isOk: false,
        why: 'no route\u001b[2J',
        started: '2026-01-01T00:00:10.000Z',
        ended: '2026-01-01T00:00:12.000Z',
      },
      { type: 'run-ended', state: 'stopped', why: 'the operator stopped' },
    );
    expect(showRun(state, { mask, startedAs: 'npm start --' })).toMatchInlineSnapshot(`
      "Run 7: A cluster (kubeadm-ha-haproxy)
      stopped, 1 of 2 steps done. Began 2026-01-01T00:00:00.000Z, changed 2026-01-01T00:00:08.000Z.
      Hosts: server77, server78.

      Install
        done     init  Initialise
        failed   join  Join: no route
                 server77: failed, exit 1 after 2 s: no route (logs/join/server77.1.1.log)
                 server78: pending

      Go on with it: npm start -- resume 7
      "
    `);
  });
});

test.each([
  [0, '0 s'],
  [440, '0.4 s'],
  [9_949, '9.9 s'],
  [9_960, '10 s'],
  [59_600, '1 min'],
  [185_000, '3 min 5 s'],
  [7_800_000, '2 h 10 min'],
  [-5, '0 s'],
])('%i ms are %s', (ms, text) => {
  expect(howLong(ms)).toBe(text);
});
