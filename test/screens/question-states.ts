import type { Question } from '../../src/run/walk/question.ts';
import type { DialogQuestion } from '../../src/screens/question/question-lines.ts';
import { runbookOf, stepOf } from '../run/walking.ts';
import { type WalkScreenState, type WalkToOptions, walkTo, workers } from './walk-states.ts';

/** A question of one kind, and what stands on the screens while it is open. */
export type Asked<Kind extends Question['is']> = {
  readonly state: WalkScreenState;
  readonly question: Extract<Question, { is: Kind }>;
};

/** Walks one step until a question of this kind is asked: on one worker, so that always the same one asks, where nothing else is said. */
export async function askedOf<Kind extends Question['is']>(
  kind: Kind,
  options: WalkToOptions & { readonly sections: string; readonly hosts?: number },
): Promise<Asked<Kind>> {
  const { sections, hosts = 1, ...others } = options;
  const state = await walkTo(({ is }) => is === kind, { text: runbookOf(sections), more: workers(hosts), ...others });
  const question = state.questions.find((each): each is Extract<Question, { is: Kind }> => each.is === kind);
  if (question === undefined) throw new Error(`Nothing of the kind ${kind} was asked.`);
  return { state, question };
}

/** A question that only connections ask, laid before a walk that stands. */
export async function askedBy<Kind extends 'trust-host-key' | 'secret' | 'interrupted'>(
  question: Extract<Question, { is: Kind }>,
): Promise<Asked<Kind>> {
  const { state } = await running();
  return { state: { ...state, questions: [question, ...state.questions] }, question };
}

const never = new Promise<void>(() => {});

/** A command that never ends, asked about when its time is over. */
export function running(): Promise<Asked<'too-long'>> {
  return askedOf('too-long', {
    sections: stepOf('install', 'apt-get install -y kubeadm', { options: '#| timeout: 20s\n' }),
    does: ({ isRead }) => (isRead ? undefined : { until: never }),
  });
}

/** One of each kind that is a dialog of its own. */
export const asked: Readonly<Record<string, () => Promise<{ readonly state: WalkScreenState; readonly question: DialogQuestion }>>> = {
  tick: () =>
    askedOf('tick', {
      sections: '### Plug it in\n\n```text step=plug\n#| on: worker\nPlug the second network cable of {{ host.name }} into port 4.\n```\n',
    }),
  'too long': running,
  'nothing said for long': () =>
    askedOf('too-long', {
      sections: stepOf('install', 'apt-get install -y kubeadm', { options: '#| idle: 20s\n' }),
      does: ({ isRead }) => (isRead ? undefined : { until: never }),
    }),
  lost: () => {
    let cut = (): void => {};
    return askedOf('lost', {
      sections: stepOf('install', 'apt-get install -y kubeadm'),
      before: ({ machines }) => {
        cut = () => {
          const { worker1 } = machines;
          if (worker1 !== undefined) worker1.isReachable = false;
        };
      },
      does: ({ host, isRead }) => {
        if (isRead) return undefined;
        if (host === 'worker1') cut();
        return { until: never };
      },
    });
  },
  unreachable: () =>
    askedOf('unreachable', {
      hosts: 2,
      sections: stepOf('install', 'apt-get install -y kubeadm'),
      before: ({ machines }) => {
        const { worker2 } = machines;
        if (worker2 !== undefined) worker2.isReachable = false;
      },
    }),
  'another machine': () =>
    askedOf('other-machine', {
      hosts: 2,
      sections: stepOf('install', 'apt-get install -y kubeadm'),
      before: ({ machines: { worker1, worker2 } }) => {
        if (worker1 === undefined || worker2 === undefined) return;
        worker2.machineId = worker1.machineId;
        worker2.bootId = worker1.bootId;
        worker2.hostKey = worker1.hostKey;
      },
    }),
  'a host key': () =>
    askedBy<'trust-host-key'>({
      id: 90,
      is: 'trust-host-key',
      host: 'worker2',
      address: '192.0.2.2',
      keyType: 'ED25519',
      fingerprint: 'SHA256:9nYw0Xqk3hF7s2mZ6aD1cU5vT8bRr0QeLpJ4iGxKy2E',
      knownTypes: ['RSA'],
      choices: ['no', 'trust'],
    }),
  'a password': () =>
    askedBy<'secret'>({
      id: 91,
      is: 'secret',
      host: 'worker2',
      what: 'password',
      prompt: "ops@192.0.2.2's password: ",
      echo: false,
      choices: ['answer', 'answer-for-all', 'stop'],
    }),
  'a value': () =>
    askedOf('value', {
      sections: stepOf('lamp', 'look', { options: '#| capture:\n#|   colour: { ask: Which colour has the lamp of this machine? }\n' }),
    }),
  interactive: () => askedOf('interactive', { sections: stepOf('password', 'passwd', { options: '#| interactive: true\n' }) }),
  interrupted: () =>
    askedBy<'interrupted'>({ id: 92, is: 'interrupted', running: ['worker1', 'worker2'], choices: ['go-on', 'leave-running', 'cancel'] }),
};
