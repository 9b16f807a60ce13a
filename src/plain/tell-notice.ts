import type { Event } from '../run/events/event.ts';
import type { RunState } from '../run/events/run-state.ts';
import type { Notice } from '../run/walk/question.ts';
import { sayDuration } from '../words/durations.ts';
import { listOf, type Said } from '../words/said.ts';
import { sayPartEnd } from '../words/say-part.ts';
import { showConfirm } from '../words/show-confirm.ts';
import { wrap } from './lines.ts';

/** What is said of a notice while the walk goes on; output and questions are told elsewhere. */
export function tellNotice(notice: Notice, state: RunState): readonly Said[] {
  switch (notice.is) {
    case 'event':
      return tellEvent(notice.event, state);
    case 'checking':
      return wrap(`${checks[notice.what]} ${listOf(notice.hosts)} (only reads).`);
    case 'said':
      if (notice.what === 'probe' || (notice.exit === 0 && notice.what !== 'diagnose') || notice.text === '') return [];
      return notice.text.split('\n').map((line) => `${notice.host} | ${line}`);
    case 'connection':
      if (notice.state === 'reconnecting') return [];
      return wrap(
        notice.state === 'back' ? `${notice.host}: connected again.` : `${notice.host}: ${notice.why ?? 'The connection is lost.'}`,
      );
    case 'quiet':
      return wrap(`${notice.host}: nothing heard for ${sayDuration(notice.ms)}.`);
    case 'allowed':
      return showConfirm(notice.confirm, { revealsSecrets: false });
    case 'output':
    case 'asked':
    case 'settled':
      return [];
    default:
      return notice satisfies never;
  }
}

const checks = {
  probe: 'Probing',
  verify: 'Checking',
  diagnose: 'Looking for the cause on',
  prepare: 'Looking at',
  facts: 'Looking at',
} as const;

function tellEvent(event: Event, state: RunState): readonly string[] {
  switch (event.type) {
    case 'resumed': {
      const changed = event.runbookChanged ? ['The runbook’s file has changed since; the run’s own copy is walked.'] : [];
      return ['', 'The run goes on:', ...[...event.found, ...changed].flatMap((each) => wrap(each, '  - ', '    ')), ''];
    }
    case 'host-pinned':
      return event.isReplacement === true ? wrap(`${event.host}: taken as the right machine from now on.`) : [];
    case 'probed':
      return event.result === 'done' ? wrap(`${event.host}: found done.`) : [];
    case 'part-sent':
      return wrap(
        `${event.host}: ${event.kind === 'undo' ? 'undoing' : 'running'}${countOf(event, state)}${event.atHost === undefined ? '' : ` at ${event.atHost}`}.`,
      );
    case 'part-ended':
      return wrap(
        `${event.host}: ${sayPartEnd({ ...event, isUnknown: event.unknown === true, ms: Date.parse(event.ended) - Date.parse(event.started) })}`,
      );
    case 'verified':
      if (event.isOk) return wrap(`${event.host}: done.`);
      return wrap(`${event.host}: the check was not reached.`);
    case 'captured': {
      const fields = Object.keys(event.fields).filter((field) => field !== '');
      const from = event.by === 'typed' ? 'typed' : `from ${event.host}`;
      if (event.isAbsent) return wrap(`No ${event.name} was printed on ${event.host}.`);
      return wrap(`Kept: ${event.name}${fields.length === 0 ? '' : ` (${listOf(fields)})`}, ${from}.`);
    }
    case 'skipped':
      return wrap(`${event.host === '' ? 'The step' : event.host}: skipped, ${asEnd(event.why)}`);
    case 'marked-done':
      return wrap(`${event.host}: marked as done, ${asEnd(event.why)}`);
    case 'host-left-out':
      return wrap(`${event.host}: left out of the rest of the run, ${asEnd(event.why)}`);
    case 'undone':
      return wrap(`${event.host}: undone.`);
    case 'reopened':
      return wrap(`${event.host}: to be walked again.`);
    case 'confirmed':
      return event.by === 'allowance' ? wrap(`Allowed before, for ${listOf(event.hosts)}.`) : [];
    case 'run-started':
    case 'step-opened':
    case 'part-lost':
    case 'edited':
    case 'noted':
    case 'revealed':
    case 'run-ended':
      return [];
    default:
      event satisfies never;
      return [];
  }
}

/** A reason as the end of a sentence: what the operator typed may have its full stop already. */
function asEnd(why: string): string {
  return /[.!?]$/.test(why) ? why : `${why}.`;
}

/** Which of how many parts, where there are several. */
function countOf(event: Extract<Event, { type: 'part-sent' }>, state: RunState): string {
  const attempts = state.steps.find((each) => each.id === event.step)?.perHost.find((each) => each.name === event.host)?.attempts ?? [];
  const tries = attempts.length > 1 ? `, attempt ${event.attempt}` : '';
  return event.part > 1 ? ` part ${event.part}${tries}` : tries;
}
