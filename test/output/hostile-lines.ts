import { expect } from 'vitest';
import { cleanChunks } from '../../src/output/clean-chunks.ts';
import { showEnd } from '../../src/plain/show-end.ts';
import { openOutputTeller } from '../../src/plain/tell-output.ts';
import { jsonText } from '../../src/reports/json-text.ts';
import { runReport } from '../../src/reports/run-report.ts';
import { runReportMarkdown } from '../../src/reports/run-report-markdown.ts';
import { showRun } from '../../src/reports/show-run.ts';
import type { EventBody } from '../../src/run/events/event.ts';
import { evolve } from '../../src/run/events/evolve.ts';
import type { RunState } from '../../src/run/events/run-state.ts';
import { started } from '../run/any-event.ts';
import { openTalkingHosts } from '../scenes/talking-hosts.ts';
import { chunksOf, hostileStream } from './hostile-streams.ts';

/** Whatever a terminal could take as a command, and what changes the direction of a text or hides in it. */
const unsafe = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/;

/** Lets hosts print hostile streams, from one number to before another, wherever their text goes without a screen. */
export async function sayHostile(from: number, to: number): Promise<void> {
  const streamed = await openStream();
  for (let seed = from; seed < to; seed++) {
    const stream = hostileStream(seed);
    const chunks = chunksOf(stream, seed);
    hold(plainLines(chunks), `stream ${seed} in plain mode`);
    hold([...(await pagedText(chunks))].join(''), `stream ${seed} in the pager`);
    const text = stream.toString().slice(0, 5000);
    const run = hostileRun(text);
    const ending = { state: run, why: `It ended with: ${text}`, folder: '/data/runs/7', startedAs: 'handrail' };
    hold(showEnd(ending).join('\n'), `stream ${seed} in the last words`);
    hold(showRun(run, { mask: (each) => each, startedAs: 'handrail' }), `stream ${seed} in what is shown of a run`);
    hold(
      runReportMarkdown(run, (each) => each),
      `stream ${seed} in the report`,
    );
    hold(jsonText(runReport(run, (each) => each)), `stream ${seed} in the report as JSON`);
    expect(JSON.parse(jsonText(text))).toBe(text);
    streamed.say(chunks);
  }
  hold((await streamed.end()).join('\n'), `streams ${from} to ${to} in stream mode`);
}

function hold(text: string, where: string): void {
  const at = text.search(unsafe);
  expect(at === -1 ? null : JSON.stringify(text.slice(Math.max(0, at - 40), at + 20)), where).toBeNull();
}

function plainLines(chunks: readonly Buffer[]): string {
  const said: string[] = [];
  const teller = openOutputTeller(
    (lines) => said.push(...lines),
    () => false,
  );
  for (const bytes of chunks) teller.take({ host: 'server77', stream: 'out', bytes });
  teller.end('server77');
  return said.join('\n');
}

async function pagedText(chunks: readonly Buffer[]): Promise<string[]> {
  const text: string[] = [];
  const all = async function* (): AsyncIterable<Uint8Array> {
    yield* chunks;
  };
  for await (const piece of cleanChunks(all())) text.push(piece);
  return text;
}

async function openStream(): Promise<{ say(chunks: readonly Buffer[]): void; end(): Promise<readonly string[]> }> {
  const hosts = await openTalkingHosts();
  const lines: string[] = [];
  const over = new AbortController();
  const ended = hosts.pane.stream({ write: (more) => void lines.push(...more), signal: over.signal });
  hosts.sends('join', 'server77');
  return {
    say: (chunks) => {
      for (const chunk of chunks) hosts.says('server77', chunk);
    },
    async end() {
      hosts.says('server77', '\nthe last line\n');
      await expect.poll(() => lines.at(-1), { timeout: 60_000 }).toBe('[server77] the last line');
      over.abort();
      await ended;
      return lines;
    },
  };
}

/** A run in whose every text from elsewhere something hostile stands. */
function hostileRun(text: string): RunState {
  const where = { step: 'join', host: 'server77' };
  const attempt = { ...where, attempt: 1, part: 1, kind: 'command' };
  const time = '2026-01-02T00:00:00.000Z';
  const bodies: readonly EventBody[] = [
    { ...started, title: text, inputs: { version: { is: 'plain', value: text } } } as EventBody,
    { type: 'host-pinned', host: 'server77', machineId: text, bootId: text, user: 'ops', facts: { os: text } as never, clockDifference: 0 },
    { type: 'step-opened', step: 'join', hosts: ['server77', 'server78'] },
    { type: 'probed', ...where, result: 'half-done', exit: 1, said: text },
    { type: 'part-sent', ...attempt, id: 'id', command: text, log: 'logs/join/server77.1.1.log', streams: 'one' },
    { type: 'part-ended', ...attempt, exit: 1, isOk: false, why: text, started: time, ended: time },
    { type: 'verified', ...where, attempt: 1, isOk: false, exit: 1, said: text },
    { type: 'edited', ...where, part: 1, text, why: text },
    { type: 'skipped', step: 'join', host: 'server78', why: text, by: 'operator' },
    { type: 'noted', step: 'join', text },
    { type: 'revealed', step: 'join', what: text },
    { type: 'host-left-out', host: 'server78', why: text },
  ];
  const run = bodies.reduce<RunState | null>((state, body, i) => evolve(state, { ...body, v: 1, n: i + 1, at: time }), null);
  if (run === null) throw new Error('The run has begun.');
  expect(runReport(run, (each) => each).deviations.length).toBeGreaterThan(3);
  return run;
}
