import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { OutputDocument } from '../output/output-document.ts';
import { openOutputWindow } from '../output/output-window.ts';
import type { RunState } from '../run/events/run-state.ts';
import type { Notice } from '../run/walk/question.ts';
import type { Act } from './act.ts';
import type { OutputAct } from './output-act.ts';
import { openOutputPlace } from './output-place.ts';
import { openPaneSearch } from './output-search.ts';
import { noOutput, type OutputPane, type ShownRow } from './output-state.ts';
import { openOutputViews } from './output-views.ts';
import { openOutputs } from './outputs.ts';
import { type StreamEnd, type StreamOptions, streamOutput } from './stream-output.ts';

/** Keeps what hosts say, and what of it is on the screen. */
export type OutputController = {
  /** The same object until something has changed. */
  state(): OutputPane;
  /** Takes every notice of the runner. */
  take(notice: Notice): void;
  /** Acts that are not for the output are left alone. */
  act(act: Act): void;
  /** Stream mode: what the hosts of the step say, as lines, until the operator goes back or something is asked. */
  stream(options: StreamOptions): Promise<StreamEnd>;
  close(): Promise<void>;
};

export type OutputPaneOptions = {
  /** The run's folder: logs are named from it on. */
  readonly folder: string;
  readonly clock: Clock;
  run(): RunState;
  /** Called after each change. Cheap to call often: nothing is made until `state` is asked for. */
  changed(): void;
};

/** What stands in the pane. */
type Shown = { readonly step: string; readonly host: string; readonly document: OutputDocument };

export function openOutputPane({ folder, clock, run, changed }: OutputPaneOptions): OutputController {
  const over = new AbortController();
  let state: OutputPane | undefined;
  const touched = (): void => {
    state = undefined;
    changed();
  };
  const outputs = openOutputs({ fileOf: (log) => join(folder, log), run });
  const window = openOutputWindow(touched);
  const views = openOutputViews(outputs, touched, over.signal);
  const search = openPaneSearch({ changed: touched, onFound: (row) => withDocument((document) => place.bringInSight(document, row)) });
  let shown: { readonly step: string; readonly host: string } | null = null;
  /** The operator has chosen the host: another that begins to run does not take its place. */
  let isChosen = false;
  const place = openOutputPlace();
  let isZoomed = false;
  /** Questions that wait for an answer, by their numbers. */
  const asked = new Set<number>();

  /** What is shown; before anything was said, what was said last in an earlier session. */
  const now = (): Shown | null => {
    if (shown === null) show(lastSaid(run()));
    return shown === null ? null : { ...shown, document: views.document(shown.step, shown.host) };
  };
  const withDocument = (change: (document: OutputDocument) => void): void => {
    const current = now();
    if (current !== null) change(current.document);
  };
  const show = (next: { readonly step: string; readonly host: string } | null): void => {
    if (next === null) return;
    shown = next;
    place.follow();
    void outputs
      .of(next.step, next.host)
      .document.load(over.signal)
      .then(touched, () => undefined);
  };
  const begun = (step: string, host: string): void => {
    const current = shown === null ? null : outputs.of(shown.step, shown.host);
    const isOther = shown?.step !== step;
    outputs.settleAllBut(step);
    if (shown !== null && !place.isFollowing()) return;
    if (isOther) {
      isChosen = false;
      if (views.view() === 'differences') views.choose('one', step, []);
    }
    // The part before may have ended by now, and this one may go on with a log of an earlier session.
    const isNext = host === shown?.host || (!isChosen && current?.document.isRunning() === false);
    if (isOther || isNext) show({ step, host });
  };
  /** Where a search begins: at the end while the end is followed, else at what is shown. */
  const look = (typed: string | null, by: 1 | -1): void => {
    if (now() === null || shown === null) return;
    if (views.view() !== 'one') views.choose('one', shown.step, []);
    const { document } = outputs.of(shown.step, shown.host);
    const top = place.top(document);
    const from = place.isFollowing() ? document.rows() : by > 0 ? top - 1 : top;
    if (typed === null) search.next(document, from, by);
    else search.begin(typed, document, from, place.isFollowing() ? -1 : 1);
  };
  const nextHost = (by: 1 | -1): void => {
    const current = now();
    if (current === null || shown === null) return;
    const { step, host } = shown;
    if (views.view() !== 'one') views.choose('one', step, []);
    const hosts = hostsOf(run(), step);
    const next = hosts.at((hosts.indexOf(host) + by) % hosts.length);
    if (next === undefined) return;
    isChosen = true;
    show({ step, host: next });
  };
  /** Another step: its first host on which anything ran. */
  const showStep = (step: string, host?: string): void => {
    const { perHost = [] } = run().steps.find(({ id }) => id === step) ?? {};
    const first = host ?? (perHost.find(({ attempts }) => attempts.length > 0) ?? perHost[0])?.name;
    if (first === undefined) return;
    if (views.view() !== 'one') views.choose('one', step, []);
    isChosen = true;
    show({ step, host: first });
  };
  const act = (act: OutputAct): void => {
    switch (act.how) {
      case 'resize':
        place.resize(act.rows);
        break;
      case 'follow':
        if (place.isFollowing()) withDocument(place.stop);
        else place.follow();
        break;
      case 'move':
        withDocument((document) => place.move(document, act.by));
        break;
      case 'page':
        withDocument((document) => place.move(document, act.by * Math.max(1, place.rows() - 1)));
        break;
      case 'start':
        place.toStart();
        break;
      case 'end':
        place.follow();
        break;
      case 'host':
        nextHost(act.by);
        break;
      case 'step': {
        const steps = run().steps.filter(({ id, perHost }) => id === shown?.step || perHost.some(({ attempts }) => attempts.length > 0));
        const next = steps[steps.findIndex(({ id }) => id === shown?.step) + act.by];
        if (next !== undefined) showStep(next.id);
        break;
      }
      case 'view': {
        if (now() === null || shown === null) break;
        views.choose(act.view, shown.step, hostsOf(run(), shown.step));
        if (act.view === 'differences') place.toStart();
        else place.follow();
        break;
      }
      case 'show':
        showStep(act.step, act.host);
        break;
      case 'search':
        look(act.typed, 1);
        break;
      case 'match':
        look(null, act.by);
        break;
      case 'zoom':
        isZoomed = !isZoomed;
        break;
      default:
        act satisfies never;
    }
    touched();
  };
  const seen = (): OutputPane => {
    const current = now();
    if (current === null || shown === null) return { ...noOutput, isZoomed };
    const { document } = current;
    const top = place.top(document);
    const rows = window
      .show(document, top, place.rows())
      .map((row): ShownRow => ({ ...row, places: row.is === 'said' ? search.places(row.text) : [] }));
    return {
      ...shown,
      view: views.view(),
      isFollowing: place.isFollowing(),
      rows,
      first: top + 1,
      total: document.rows(),
      heard: views.view() === 'one' ? outputs.of(shown.step, shown.host).heard : lastHeard(outputs.said(shown.step)),
      said: outputs.said(shown.step),
      isZoomed,
      search: search.state(),
    };
  };

  return {
    state() {
      state ??= seen();
      return state;
    },
    take(notice) {
      if (notice.is === 'asked') asked.add(notice.question.id);
      else if (notice.is === 'settled') asked.delete(notice.question);
      else if (notice.is === 'output') {
        outputs.take(notice, clock.now());
        if (notice.step === shown?.step) touched();
      } else if (notice.is === 'event' && (notice.event.type === 'part-sent' || notice.event.type === 'part-ended')) {
        outputs.hear(notice.event);
        if (notice.event.type === 'part-sent') begun(notice.event.step, notice.event.host);
        touched();
      }
    },
    act(each) {
      if (each.do === 'output') act(each);
    },
    stream: (options) => {
      now();
      return streamOutput(
        { outputs, step: shown?.step ?? null, clock, ends: () => (asked.size > 0 ? 'asked' : run().state === 'running' ? null : 'over') },
        options,
      );
    },
    async close() {
      over.abort();
      window.close();
      search.close();
    },
  };
}

function hostsOf(run: RunState, step: string): readonly string[] {
  return run.steps.find(({ id }) => id === step)?.perHost.map(({ name }) => name) ?? [];
}

/** Where something ran last. */
function lastSaid(run: RunState): { readonly step: string; readonly host: string } | null {
  const tried = run.steps.flatMap(({ id, perHost }) =>
    perHost.flatMap(({ name, attempts }) =>
      attempts.flatMap(({ parts }) => parts.map(({ started }) => ({ step: id, host: name, started }))),
    ),
  );
  return tried.reduce<(typeof tried)[number] | null>((last, each) => (last === null || each.started >= last.started ? each : last), null);
}

/** When any of the hosts was heard last. */
function lastHeard(said: OutputPane['said']): number | null {
  const times = Object.values(said).flatMap(({ heard }) => (heard === null ? [] : [heard]));
  return times.length === 0 ? null : Math.max(...times);
}
