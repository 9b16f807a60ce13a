import type { Answer, Question } from '../run/walk/question.ts';
import { riskOf } from '../run/walk/risk.ts';

/** What `--yes` and `--yes-destroy HOST` allow. */
export type Unattended = {
  /** The hosts on which steps of risk `destroy` may run. */
  readonly destroy: readonly string[];
};

/**
 * Answers every question as design.md's paragraph on `--yes` says: yes to what is not of risk `destroy`, a failed step of an earlier
 * session tried once more, a lost connection waited for until the part's timeout; everything else stops, and what runs is left running.
 */
export function answerUnattended(question: Question, allowed: Unattended): Answer {
  const say = (choice: string, more: Partial<Answer> = {}): Answer => ({ question: question.id, choice, ...more });
  switch (question.is) {
    case 'confirm': {
      const hosts = question.hosts.map((each) => each.host);
      if (riskOf(question.step, question) !== 'destroy') return say('yes');
      return hosts.every((host) => allowed.destroy.includes(host)) ? say('yes', { hosts }) : say('stop');
    }
    case 'tick':
      return say('ticked');
    case 'failed': {
      const again = (['verify-again', 'retry'] as const).find((choice) => question.choices.includes(choice));
      return question.isFromBefore === true && again !== undefined ? say(again) : say('stop');
    }
    case 'unknown':
      return say(question.probed === 'not-done' ? 'retry' : 'stop');
    case 'too-long':
      return say(question.limit === 'idle' ? 'wait' : 'leave-running');
    case 'lost':
      return say(question.isOverTimeout ? 'leave-running' : 'wait');
    case 'trust-host-key':
      return say('no');
    case 'interrupted':
      return say('leave-running');
    case 'half-done':
    case 'unreachable':
    case 'other-machine':
    case 'secret':
    case 'value':
    case 'interactive':
      return say('stop');
    default:
      return question satisfies never;
  }
}
