import type { Question } from '../../src/run/walk/question.ts';
import type { FailureQuestion } from '../../src/screens/failure/failure-lines.ts';
import type { Done } from '../run/scripted-hosts.ts';
import { runbookOf, stepOf } from '../run/walking.ts';
import { type Says, type WalkScreenState, type WalkToOptions, walkTo, workers } from './walk-states.ts';

export type Failed = { readonly state: WalkScreenState; readonly question: FailureQuestion };

/** Walks one step until so many questions about failures are open. */
export async function failedWalk(
  sections: string,
  { open = 1, hosts = 1, ...options }: WalkToOptions & { readonly open?: number; readonly hosts?: number },
): Promise<Failed> {
  let asked = 0;
  const isFailure = ({ is }: Question): boolean => is === 'failed' || is === 'half-done' || is === 'unknown';
  const says: Says = (question) => (isFailure(question) ? undefined : 'usual');
  const state = await walkTo((question) => isFailure(question) && ++asked >= open, {
    text: runbookOf(sections),
    more: workers(hosts),
    says,
    ...options,
  });
  const question = state.questions.find((each): each is FailureQuestion => isFailure(each));
  if (question === undefined) throw new Error('Nothing has failed.');
  return { state, question };
}

const said = Array.from({ length: 30 }, (_, line) => `[preflight] line ${line + 1} of what it said`).join('\n');
const swap = '[ERROR Swap]: running with swap on is not supported. Please disable swap\n';

/** Long output that ends in an error which is known, and a step with most choices. */
export function failsOften(
  options: Omit<WalkToOptions, 'text'> & { readonly open?: number; readonly hosts?: number } = {},
): Promise<Failed> {
  const more =
    '```bash verify\ntest -e /etc/kubernetes/admin.conf\n```\n```bash undo\nkubeadm reset -f\n```\n```bash diagnose\nswapon --show\n```\n';
  return failedWalk(stepOf('init', 'kubeadm init', { more }), {
    does: ({ script, isRead }): Done | undefined =>
      script.startsWith('swapon')
        ? { out: '/dev/sda2 partition 2G 0B -2\n' }
        : isRead
          ? undefined
          : { code: 1, out: `${said}\n`, err: swap },
    ...options,
  });
}

/** An error for which the runbook names a step that mends it. */
export function failsMendably(risk: 'change' | 'destroy' = 'change'): Promise<Failed> {
  const known = "#| known_errors:\n#|   - { match: 'port is taken', cause: 'An earlier try was not taken back.', fix: reset }\n";
  const caution = risk === 'destroy' ? '> [!CAUTION]\n> All of it is gone then.\n\n' : '';
  const reset = `### Take it back\n\n${caution}\`\`\`bash step=reset\n#| on: worker\n#| aside: true\n#| risk: ${risk}\nkubeadm reset -f\n\`\`\`\n`;
  return failedWalk(stepOf('init', 'kubeadm init', { options: known }) + reset, {
    does: ({ isRead }) => (isRead ? undefined : { code: 1, err: 'port is taken\n' }),
  });
}

/** A step whose probe cannot tell. */
export function isHalfDone(): Promise<Failed> {
  return failedWalk(stepOf('disk', 'mkfs.ext4 /dev/sdb', { more: '```bash probe\nblkid /dev/sdb\n```\n' }), {
    does: ({ script }) => (script.startsWith('blkid') ? { code: 75, out: 'a file system, but no label\n' } : undefined),
  });
}

/** A command of which nobody knows how it ended. */
export function isUnknown(): Promise<Failed> {
  let lose = (): void => {};
  return failedWalk(stepOf('install', 'apt-get install -y kubeadm'), {
    before: ({ machines: { worker1 } }) => {
      lose = () => {
        for (const id of worker1?.attempts.keys() ?? []) worker1?.lose(id, { is: 'lost', childrenAlive: false });
      };
    },
    does: ({ isRead }) => {
      if (isRead) return undefined;
      setImmediate(() => lose());
      return { until: new Promise(() => {}) };
    },
  });
}

/** A step that ran and whose check was not reached. */
export function isNotReached(): Promise<Failed> {
  return failedWalk(stepOf('proxy', 'systemctl start haproxy', { more: '```bash verify\nss -lnt\n```\n' }), {
    does: ({ script }) => (script.startsWith('ss') ? { code: 1, out: 'LISTEN 0 128 0.0.0.0:22\n' } : undefined),
  });
}
