import { logSize } from '../output/log-view.ts';
import { type MixedOutput, openMixedOutput } from '../output/mixed-output.ts';
import { openStepOutput, type StepOutput } from '../output/step-output.ts';
import type { Event } from '../run/events/event.ts';
import type { RunState } from '../run/events/run-state.ts';
import type { Notice } from '../run/walk/question.ts';
import { sayPart, sayPartEnd } from '../words/say-part.ts';

/** What one host has said in one step, and when it was heard last (milliseconds since 1970). */
export type HostOutput = { readonly document: StepOutput; readonly heard: number | null };

/** All that was said in a run, by step and host: what comes now, and what its logs have from before. */
export type Outputs = {
  of(step: string, host: string): HostOutput;
  take(output: Extract<Notice, { is: 'output' }>, now: number): void;
  hear(event: Extract<Event, { type: 'part-sent' | 'part-ended' }>): void;
  /** How much each host has said in a step. */
  said(step: string): Readonly<Record<string, { readonly lines: number; readonly heard: number | null }>>;
  /** All that was looked at or heard of in this session. */
  all(): readonly (HostOutput & { readonly step: string; readonly host: string })[];
  /** What the hosts of a step say, in the order in which it came. */
  mixed(step: string): MixedOutput;
  /** Another step has begun: the last bytes of all others need not be in memory any more. */
  settleAllBut(step: string): void;
};

export type OutputsOptions = {
  /** The file of a log, which is named from the run's folder on. */
  fileOf(log: string): string;
  run(): RunState;
};

type Kept = { readonly document: StepOutput; heard: number | null };

export function openOutputs({ fileOf, run }: OutputsOptions): Outputs {
  const kept = new Map<string, Map<string, Kept>>();
  const mixed = new Map<string, MixedOutput>();

  const entryOf = (step: string, host: string): Kept => {
    const ofStep = kept.get(step) ?? new Map<string, Kept>();
    kept.set(step, ofStep);
    const entry = ofStep.get(host) ?? { document: fromRecord(step, host), heard: null };
    ofStep.set(host, entry);
    return entry;
  };
  const mixedOf = (step: string): MixedOutput => {
    const all = mixed.get(step) ?? openMixedOutput();
    mixed.set(step, all);
    return all;
  };
  const begin = (document: StepOutput, log: string, title: string): void => {
    const file = fileOf(log);
    document.begin({ key: log, title, file, isNew: logSize(file) === 0 });
  };
  /** What the journal tells of earlier parts. */
  const fromRecord = (step: string, host: string): StepOutput => {
    const document = openStepOutput();
    const record = run().steps.find(({ id }) => id === step);
    for (const { number, parts } of record?.perHost.find(({ name }) => name === host)?.attempts ?? []) {
      for (const { log, state, ended, ...part } of parts) {
        begin(document, log, sayPart({ ...part, attempt: number }));
        if (ended === null) continue;
        const how = { isOk: state === 'done', isUnknown: state === 'unknown', ms: between(part.started, ended) };
        document.end(sayPartEnd({ ...part, ...how }));
      }
    }
    return document;
  };

  return {
    of: entryOf,
    take({ step, host, bytes }, now) {
      const entry = entryOf(step, host);
      entry.document.take(bytes);
      entry.heard = now;
      mixedOf(step).note(host, entry.document);
    },
    hear(event) {
      const { document } = entryOf(event.step, event.host);
      if (event.type === 'part-sent') begin(document, event.log, sayPart(event));
      else document.end(sayPartEnd({ ...event, isUnknown: event.unknown === true, ms: between(event.started, event.ended) }));
      mixedOf(event.step).note(event.host, document);
    },
    said: (step) =>
      Object.fromEntries([...(kept.get(step) ?? [])].map(([host, { document, heard }]) => [host, { lines: document.lines(), heard }])),
    all: () => [...kept].flatMap(([step, hosts]) => [...hosts].map(([host, entry]) => ({ step, host, ...entry }))),
    mixed: mixedOf,
    settleAllBut(current) {
      for (const [step, hosts] of kept) if (step !== current) for (const { document } of hosts.values()) document.settle();
    },
  };
}

function between(started: string, ended: string): number {
  return Date.parse(ended) - Date.parse(started);
}
