import { compareOutputs } from '../output/compared-output.ts';
import type { OutputDocument } from '../output/output-document.ts';
import { differenceLines } from '../steps/difference.ts';
import type { OutputView } from './output-act.ts';
import type { Outputs } from './outputs.ts';

/** What stands in the pane: the output of one host, or of all hosts of its step together. */
export type OutputViews = {
  view(): OutputView;
  /** Shows it another way; what has to be read for that is read. */
  choose(view: OutputView, step: string, hosts: readonly string[]): void;
  /** What is shown of a step's host. */
  document(step: string, host: string): OutputDocument;
};

export function openOutputViews(outputs: Outputs, changed: () => void, signal: AbortSignal): OutputViews {
  let view: OutputView = 'one';
  let compared: OutputDocument = nothing;
  const onRead = (document: OutputDocument): void => {
    compared = document;
    changed();
  };
  return {
    view: () => view,
    choose(next, step, hosts) {
      view = next;
      compared = nothing;
      const all = hosts.map((host) => ({ host, document: outputs.of(step, host).document }));
      if (next === 'differences') compareOutputs(all, differ, signal).then(onRead, () => undefined);
      // What earlier sessions have logged is counted when it is looked at first.
      if (next !== 'all') return;
      for (const { host, document } of all) {
        document.load(signal).then(
          () => {
            outputs.mixed(step).note(host, document);
            changed();
          },
          () => undefined,
        );
      }
    },
    document(step, host) {
      if (view === 'differences') return compared;
      return view === 'all' ? outputs.mixed(step) : outputs.of(step, host).document;
    },
  };
}

const nothing: OutputDocument = { rows: () => 0, async load() {}, recent: () => [], read: async () => [], hidden: () => [] };

/** As a unified diff has it. */
function differ(before: readonly string[], after: readonly string[]): readonly string[] {
  const bytes = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
  return differenceLines(bytes(before), bytes(after)).map(({ mark, text }) => `${mark} ${text}`);
}
