import { type OutputDocument, type OutputRow, type Span, windowFrom } from './output-document.ts';

/** What is shown of a document: from memory at once, from the disk as soon as it was read. */
export type OutputWindow = {
  /** Up to `count` rows from one on. Until they were read it is what was shown before; `changed` tells when they are. */
  show(document: OutputDocument, from: number, count: number): readonly OutputRow[];
  close(): void;
};

export function openOutputWindow(changed: () => void): OutputWindow {
  let shown: { readonly document: OutputDocument; readonly key: string; readonly rows: readonly OutputRow[] } | undefined;
  let reading: { readonly document: OutputDocument; readonly key: string; readonly stop: AbortController } | undefined;

  const read = async (document: OutputDocument, spans: readonly Span[], key: string, stop: AbortController): Promise<void> => {
    const rows: OutputRow[] = [];
    try {
      for (const { from, to } of spans) rows.push(...(await document.read(from, to, stop.signal)));
    } catch (error) {
      if (stop.signal.aborted) return;
      rows.push({ is: 'told', text: `The log cannot be read: ${error instanceof Error ? error.message : String(error)}` });
    }
    if (stop.signal.aborted) return;
    shown = { document, key, rows };
    reading = undefined;
    changed();
  };

  return {
    show(document, from, count) {
      const spans = windowFrom(document, from, count);
      const inMemory = spans.map((span) => document.recent(span.from, span.to));
      if (inMemory.every((rows) => rows !== null)) {
        reading?.stop.abort();
        reading = undefined;
        shown = { document, key: '', rows: inMemory.flat() };
        return shown.rows;
      }
      const key = spans.map((span) => `${span.from}-${span.to}`).join(' ');
      const isShown = shown?.document === document && shown.key === key;
      if (!isShown && (reading?.document !== document || reading.key !== key)) {
        reading?.stop.abort();
        const stop = new AbortController();
        reading = { document, key, stop };
        void read(document, spans, key, stop);
      }
      return shown?.document === document ? shown.rows : [];
    },
    close() {
      reading?.stop.abort();
    },
  };
}
