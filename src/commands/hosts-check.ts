import { checkHosts } from '../hosts/check-hosts.ts';
import { hostsTable } from '../hosts/hosts-table.ts';
import { openConversation } from '../plain/conversation.ts';
import { plainAsker } from '../plain/plain-asker.ts';
import { systemClock } from '../system-clock.ts';
import type { Command } from './command.ts';
import { optionOf } from './command.ts';
import { hostsFile } from './hosts-file.ts';

/** `handrail hosts check`: looks at every host of a file and changes nothing on them. */
export const command: Command = async (call) => {
  const [file = ''] = call.words;
  const hosts = await hostsFile(file);
  const conversation = openConversation(process.stdin, process.stdout);
  const sshConfig = optionOf(call, 'ssh-config');
  const stopping = new AbortController();
  conversation.onInterrupt(() => stopping.abort(new Error('interrupted')));
  const table = hostsTable(hosts.map(({ name }) => name));
  try {
    conversation.say(table.head);
    const check = await checkHosts(
      hosts,
      {
        asker: plainAsker(conversation),
        clock: systemClock,
        ...(sshConfig === undefined ? {} : { sshConfig }),
        onReport: (report) => conversation.say(table.row(report)),
      },
      stopping.signal,
    );
    conversation.say(table.end(check));
    return check.code;
  } catch (error) {
    if (stopping.signal.aborted) return 130;
    throw error;
  } finally {
    conversation.close();
  }
};
