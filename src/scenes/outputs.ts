import { logSize } from '../output/log-view.ts';
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

export function openOutputs({ fileOf, run }: OutputsOptions): Outputs {
  const kept = new Map<string, Map<string, { document: StepOutput; heard: number | null }>>();

  const entryOf = (step: string, host: string): { document: StepOutput; heard: number | null } => {
    const ofStep = kept.get(step) ?? new Map<string, { document: StepOutput; heard: number | null }>();
    kept.set(step, ofStep);
    const entry = ofStep.get(host) ?? { document: fromRecord(step, host), heard: null };
    ofStep.set(host, entry);
    return entry;
  };
  /** What the journal tells of earlier parts. */
  const fromRecord = (step: string, host: string): StepOutput => {
    const document = openStepOutput();
    const attempts =
      run()
        .steps.find(({ id }) => id === step)
        ?.perHost.find(({ name }) => name === host)?.attempts ?? [];
    for (const { number, parts } of attempts) {
      for (const { log, state, ended, ...record } of parts) {
        const file = fileOf(log);
        document.begin({ key: log, title: sayPart({ ...record, attempt: number }), file, isNew: logSize(file) === 0 });
        if (ended !== null)
          document.end(
            sayPartEnd({
              ...record,
              isOk: state === 'done',
              isUnknown: state === 'unknown',
              ms: Date.parse(ended) - Date.parse(record.started),
            }),
          );
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
      if (event.type === 'part-ended')
        return document.end(
          sayPartEnd({ ...event, isUnknown: event.unknown === true, ms: Date.parse(event.ended) - Date.parse(event.started) }),
        );
      const file = fileOf(event.log);
      document.begin({ key: event.log, title: sayPart(event), file, isNew: logSize(file) === 0 });
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
