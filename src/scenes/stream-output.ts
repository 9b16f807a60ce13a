import type { Clock } from '../clock.ts';
import type { OutputRow } from '../output/output-document.ts';
import { windowFrom } from '../output/output-document.ts';
import type { HostOutput, Outputs } from './outputs.ts';

/** Why a stream has ended: the operator went back, something is asked, or the walk is over. */
export type StreamEnd = 'left' | 'asked' | 'over';

export type StreamOptions = {
  /** Takes clean lines for the terminal; what it returns is waited for before more are written. */
  write(lines: readonly string[]): void | Promise<void>;
  /** Aborted when the operator goes back. */
  readonly signal: AbortSignal;
};

/** Rows written of what was said before the stream began. */
const mostBefore = 2000;
/** Rows written at a time; of a flood the last ones are. */
const mostAtOnce = 500;
/** Between two looks at what has come, in milliseconds. */
const pause = 100;

/** Writes what the hosts say as lines, each behind its host, until the operator goes back or something is asked. */
export async function streamOutput(
  {
    outputs,
    step,
    clock,
    ends,
  }: { readonly outputs: Outputs; readonly step: string | null; readonly clock: Clock; ends(): 'asked' | 'over' | null },
  { write, signal }: StreamOptions,
): Promise<StreamEnd> {
  const written = new Map<HostOutput['document'], number>();
  const writeRows = async (host: string, { document }: HostOutput, most: number): Promise<void> => {
    const from = written.get(document) ?? 0;
    const to = document.whole();
    const begin = Math.max(from, to - most);
    written.set(document, to);
    if (from === to) return;
    const rows: OutputRow[] = [];
    for (const span of windowFrom(document, begin, to - begin)) {
      rows.push(...(document.recent(span.from, span.to) ?? (await document.read(span.from, span.to, signal))));
    }
    const leftOut = begin === from ? [] : [`[${host}] -- ${begin - from} rows are left out here; the log has them`];
    await write([...leftOut, ...rows.map((row) => `[${host}] ${row.is === 'told' ? `-- ${row.text}` : row.text}`)]);
  };

  /** What stood there already when the operator asked for the stream does not end it. */
  const before = ends();
  const said = outputs.all().filter((each) => each.step === step);
  for (const each of outputs.all()) if (each.step !== step) written.set(each.document, each.document.rows());
  try {
    for (const each of said) {
      await each.document.load(signal);
      await writeRows(each.host, each, Math.floor(mostBefore / said.length));
    }
    // The way back stands below what was said before: above it, it would be out of sight at once.
    await write([banner]);
    for (;;) {
      for (const each of outputs.all()) await writeRows(each.host, each, mostAtOnce);
      const end = ends();
      if (end !== null && end !== before) {
        await write([farewells[end]]);
        return end;
      }
      await clock.sleep(pause, signal);
    }
  } catch (error) {
    if (signal.aborted) return 'left';
    throw error;
  }
}

const banner = '-- handrail: what the hosts say from now on comes as it is said. S or esc goes back to the screens.';
const farewells = {
  asked: '-- handrail asks something: back to the screens',
  over: '-- the walk has ended: back to the screens',
} as const;
