import type { Clock } from '../../clock.ts';
import type { SetupHost } from '../../runbook/runbook.ts';
import type { Channel } from '../channel.ts';
import { readSurvey, surveyScript } from '../facts.ts';
import { type Found, type Host, HostError, type Identity, type Reading, type ReadResult } from '../host.ts';
import { type AttemptOptions, createAttempts } from './attempts.ts';
import { makeCall } from './call.ts';
import { callError, failure } from './failure.ts';
import { foundOf } from './found.ts';
import { reach } from './reach.ts';
import { read } from './reading.ts';
import { readAsAttempt } from './reading-as-attempt.ts';
import { openTerminal } from './terminal.ts';

/** Makes a host of a channel: everything of `Host`, by a small supervisor in `sh` that the channel brings along. */
export function hostOver(channel: Channel, setup: SetupHost, clock: Clock, options: AttemptOptions = {}): Host {
  const attempts = createAttempts(channel, options);

  /** One call that answers in records. What only root can see or end is asked again as root. */
  async function ask(words: readonly string[], signal: AbortSignal): Promise<readonly (readonly string[])[]> {
    const records = await answerTo({ words }, signal);
    const more: (readonly string[])[] = [];
    for (const [is, ...folder] of records) {
      if (is !== 'root') continue;
      const { how, password } = await reach(channel, 'root', signal);
      const root = ['hr_as_root', how, words[0] === 'hr_forget' ? 'forget' : (words[1] ?? ''), folder.join(' ')];
      more.push(...(await answerTo({ words: root, input: password, withTerminal: how === 'terminal' }, signal)));
    }
    return [...records, ...more];
  }

  async function answerTo(
    call: { words: readonly string[]; input?: readonly string[]; withTerminal?: boolean },
    signal: AbortSignal,
  ): Promise<readonly (readonly string[])[]> {
    const records: (readonly string[])[] = [];
    let noise = '';
    const end = await makeCall(
      channel,
      {
        ...call,
        onRecord: (record) => records.push(record),
        onErr(bytes) {
          noise = (noise + Buffer.from(bytes).toString()).slice(-2000);
        },
      },
      signal,
    );
    const failed = records.find(([is]) => is === 'failed');
    if (failed !== undefined) throw failure(channel.host, failed, noise);
    if (records.length === 0 && call.words[1] !== 'forget' && call.words[2] !== 'forget') throw callError(channel.host, end, noise);
    return records;
  }

  async function find(words: readonly string[], signal: AbortSignal): Promise<Found> {
    const records = await ask(words, signal);
    const sizes = records.find(([is]) => is === 'sizes');
    const delivered = { out: Number(sizes?.[1] ?? 0), err: Number(sizes?.[2] ?? 0) };
    const found = records.map((record) => foundOf(record, delivered)).findLast((one) => one !== undefined);
    if (found === undefined) throw failure(channel.host, [], records.flat().join(' '));
    return found;
  }

  async function readOn(reading: Reading, signal: AbortSignal): Promise<ReadResult> {
    const way = await reach(channel, options.own === undefined ? reading.as : 'login', signal);
    return way.how === 'terminal'
      ? await readAsAttempt(host, clock, reading, signal)
      : await read(channel, clock, options.own, way, reading, signal);
  }

  const host: Host = {
    name: setup.name,
    setup,
    start: attempts.start,
    follow: attempts.follow,
    read: readOn,
    terminal: (what, signal) => openTerminal(channel, options.own, what, signal),
    look: (id, signal) => find(['hr_call', 'look', id], signal),
    fence: (id, signal) => find(['hr_call', 'fence', id], signal),
    async stop(id, signal) {
      const records = await ask(['hr_call', 'stop', id], signal);
      if (!records.some(([is]) => is === 'gone' || is === 'absent'))
        throw new HostError('lost', channel.host, `Ending it on ${channel.host} was cut short.`, 'Try again.');
    },
    async forget(runId, signal) {
      if (!/^[A-Za-z0-9_-]{8,}$/.test(runId)) throw new Error(`${runId} is no id of a run`);
      await ask(['hr_forget', runId], signal);
    },
    async identify(signal): Promise<Identity> {
      const before = clock.now();
      const { out } = await readOn({ shell: 'sh', script: surveyScript, as: 'login', env: {}, timeout: 30_000 }, signal);
      const after = clock.now();
      const survey = readSurvey(Buffer.from(out).toString(), setup.address);
      if (survey === null) throw failure(channel.host, [], '');
      const hostKey = channel.hostKey?.();
      return {
        ...(hostKey === undefined ? {} : { hostKey }),
        // Machines made by hand have none at times; a name is better than taking all of them for one.
        machineId: survey.machineId || `name:${survey.facts.hostname ?? setup.name}`,
        bootId: survey.bootId,
        user: survey.user,
        facts: survey.facts,
        clockDifference: Math.round(survey.time - (before + after) / 2),
      };
    },
    disconnect() {
      attempts.drop();
      channel.disconnect();
    },
  };
  return host;
}
