import { describe, expect, it } from 'vitest';
import type { Done } from '../run/scripted-hosts.ts';
import { stepOf } from '../run/walking.ts';
import { walkTyping } from './plain-walking.ts';

const oneHost = [{ name: 'one', address: '192.0.2.1', roles: ['worker'], values: {} }];
const destroying = stepOf('wipe', 'wipe it', { options: '#| risk: destroy\n' }).replace(
  'Does wipe.',
  'Does wipe.\n\n> [!CAUTION]\n> All is gone then.',
);

describe('plain mode', () => {
  it('shows the guide, the exact command, its hosts and user, what differs, and what reads after it; and tells the rest', async () => {
    const sections = stepOf('first', 'echo {{ host.name }}', { more: '```bash verify\ncheck it\n```\n' });
    const { code, written } = await walkTyping(sections, ['y'], { does: ({ host }) => ({ out: `hello from ${host}\n` }) });
    expect(code).toBe(0);
    const [before = '', after = ''] = written.split('Run it?');
    expect(before).toMatchInlineSnapshot(`
      "
      Step 1 of 1: Step first
      -----------------------
      Phase: All of it. Risk: change.

      Looking at one, two and three (only reads).
      Does first.

      For one, two and three, as root, on all at once.

        bash:

          echo one

        Values:
          host.name  one, the host at hand

      Above is the text for one. It differs on two and three (h shows each whole):

        two:
          echo two
          host.name  two, the host at hand
        three:
          echo three
          host.name  three, the host at hand

        Read after, to see whether it worked:

          check it

        y  yes, run it
        a  yes, and all steps to the end of this phase
        t  yes, and all steps up to one you name
        e  edit the text; it is shown again
        s  skip, with a reason
        d  mark as done, with a reason
        -  leave a host out of the rest of the run
        !  open a shell on the host
        w  write a note
        q  stop here; the run can be resumed
        h  show each host’s own text
        k  show what handrail wraps round it
      "
    `);
    expect(after).toContain('two | hello from two\n');
    expect(written.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(written.slice(written.indexOf('\nRun 1'))).toMatchInlineSnapshot(`
      "
      Run 1 is finished.
      1 of 1 steps are done.
      Its files:  FOLDER
      Report:     handrail report 1
      "
    `);
  });

  it('takes neither Enter alone nor a digit for a yes', async () => {
    const { code, world } = await walkTyping(stepOf('first', 'try'), ['', '1', 'yes', 'Y', 'q']);
    expect(code).toBe(1);
    expect(world.ran).toEqual([]);
  });

  it('stops where nobody can answer', async () => {
    const { code, written, world } = await walkTyping(stepOf('first', 'try'), []);
    expect(code).toBe(1);
    expect(world.ran).toEqual([]);
    expect(written).toContain('Go on with: handrail resume 1');
  });

  it('says what failed, what it means, and takes a reason for a skip', async () => {
    const { code, written } = await walkTyping(stepOf('first', 'fails'), ['y', 's', 'no time'], {
      does: ({ host }) =>
        host === 'two' ? { code: 4, err: '[ERROR Swap]: running with swap on is not supported. Please disable swap\n' } : {},
    });
    expect(code).toBe(0);
    expect(written).toContain('FAILED on two. It ended with exit code 4.');
    expect(written).toMatch(/What it means: .*[Ss]wap/);
    expect(written).toContain('All of it: FOLDER/logs/first/two.1.1.log');
    expect(written).toContain('What now on two? [');
    expect(written).toContain('two: skipped, no time.');
  });

  it('has each host’s name typed before what destroys', async () => {
    const wrong = await walkTyping(destroying, ['y', 'on', 'q'], { hosts: oneHost });
    expect(wrong.world.ran).toEqual([]);
    expect(wrong.written).toContain('That is not one. Nothing was run.');
    const right = await walkTyping(destroying, ['y', 'one'], { hosts: oneHost });
    expect(right.world.ran).toEqual(['one: wipe it']);
  });

  it('edits a line, shows the text again and runs it only then', async () => {
    const { code, written, world } = await walkTyping(stepOf('first', 'echo wrong'), ['e', '1', 'echo right', 'done', 'y']);
    expect(code).toBe(0);
    expect(written.split('Run it?')[1]).toContain('    echo right\n');
    expect(new Set(world.ran)).toEqual(new Set(['one: echo right', 'two: echo right', 'three: echo right']));
  });

  it('masks secrets, shows them on a key, and keeps a masked secret through an edit', async () => {
    const mint = stepOf('mint', 'make token', { options: '#| capture: { token: { regex: "token=(\\\\S+)", secret: true } }\n' });
    const { code, written, world } = await walkTyping(
      mint + stepOf('use', 'use {{ token }}'),
      ['y', 'x', 'e', '1', 'use it as ••••••••', 'done', 'y'],
      {
        hosts: oneHost,
        does: () => ({ out: 'token=hunter2-long\n' }),
      },
    );
    expect(code).toBe(0);
    expect(world.ran.at(-1)).toBe('one: use it as hunter2-long');
    expect(written.match(/hunter2-long/g)).toHaveLength(2);
    expect(written).toContain('    use ••••••••\n');
  });

  it('cleans what hosts print', async () => {
    const { written } = await walkTyping(stepOf('first', 'try'), ['y'], {
      hosts: oneHost,
      does: () => ({ out: '\x1b[2J\x1b]0;title\x07red\x1b[31m\rblue\n' }),
    });
    expect(written).toContain('  | blue\n');
    expect(written).not.toContain('\x1b');
  });

  it('says of each part that runs as another user, or elsewhere, than the step as a whole', async () => {
    const more = '```bash then\n#| as: nobody\nsecond\n```\n```bash then\n#| at: worker[0]\nthird\n```\n';
    const hosts = [...oneHost, { name: 'two', address: '192.0.2.2', roles: ['worker'], values: {} }];
    const { written } = await walkTyping(stepOf('first', 'try', { options: '#| at: worker[1]\n', more }), ['q'], { hosts });
    expect(written).toContain('For one and two (run at two), as root, on all at once.');
    expect(written).toContain('  As nobody:\n  bash:\n\n    second\n');
    expect(written).toContain('  On one, as root:\n  bash:\n\n    third\n');
  });

  it('shows what runs by a yes given before as it shows what it asks about', async () => {
    const { code, written } = await walkTyping(stepOf('first', 'try') + stepOf('second', 'try again'), ['a'], { hosts: oneHost });
    expect(code).toBe(0);
    expect(written.match(/Run it\?/g)).toHaveLength(1);
    expect(written).toContain('For one, as root.\n\n  bash:\n\n    try again\n\nAllowed before, for one.\none: running.\n');
  });

  it('tells where each value in a file comes from', async () => {
    const writes = '### Write it\n\n```text step=write\n#| on: worker\n#| write: /etc/name-{{ host.index }}\n{{ host.name }}\n```\n';
    const { written } = await walkTyping(writes, ['q'], { hosts: oneHost, does: () => ({ out: 'absent\n/etc/name-0\n\n' }) });
    expect(written).toContain('  Values:\n    host.index  0, the host at hand\n    host.name   one, the host at hand\n');
  });

  it('says what is run again and again, and where and as whom it is looked at', async () => {
    const more = '```bash verify\n#| at: console\n#| every: 1s\n#| for: 4m\ncurl it\n```\n```bash verify\n#| as: nobody\nlook\n```\n';
    const { written } = await walkTyping(stepOf('first', 'try', { options: '#| for: 2m\n', more }), ['q'], { hosts: oneHost });
    expect(written).toContain('  bash, every 5 s for 2 min until it ends well:\n\n    try\n');
    expect(written).toMatch(
      / {2}Read after, to see whether it worked, on console, every 1 s for 4 min until it\s+ends well:\n\n {4}curl it\n/,
    );
    expect(written).toContain('  Read after, to see whether it worked, as nobody:\n\n    look\n');
  });

  it('shows the filter of an edit beside what it makes of the file', async () => {
    const edits = '### Change it\n\n```sh step=change\n#| on: worker\n#| edit: /etc/fstab\nmake it anew\n```\n';
    const read = ({ script }: { readonly script: string }): Done => ({
      out: script === 'make it anew' ? 'new\n' : 'absent\n/etc/fstab\n\n',
    });
    const { written } = await walkTyping(edits, ['q'], { hosts: oneHost, does: read });
    expect(written).toContain('    +new\n\n  By this filter, which only reads:\n\n    make it anew\n');
  });

  it('writes a note and goes on', async () => {
    const { code, written } = await walkTyping(stepOf('first', 'try'), ['w', 'asked the owner', 'y']);
    expect(code).toBe(0);
    expect(written).toContain('Departures from the runbook: 1, told in the report.');
  });
});

describe('without a person', () => {
  it('answers yes and shows all the same what it runs', async () => {
    const { code, written, world } = await walkTyping(stepOf('first', 'try'), [], { unattended: { destroy: [] } });
    expect(code).toBe(0);
    expect(written).toContain('    try\n');
    expect(world.ran).toHaveLength(3);
  });

  it('stops before what destroys, but for the hosts named for it', async () => {
    const stopped = await walkTyping(destroying, [], { unattended: { destroy: ['one'] } });
    expect(stopped).toMatchObject({ code: 1 });
    expect(stopped.world.ran).toEqual([]);
    const allowed = await walkTyping(destroying, [], { unattended: { destroy: ['one', 'two', 'three'] } });
    expect(allowed).toMatchObject({ code: 0 });
  });

  it('stops at the first failure, when the step’s other hosts have ended', async () => {
    const { code, world } = await walkTyping(
      stepOf('first', 'try', { more: '```bash then\nthen that\n```\n' }) + stepOf('second', 'never'),
      [],
      {
        unattended: { destroy: [] },
        does: ({ host }) => ({ code: host === 'one' ? 1 : 0 }),
      },
    );
    expect(code).toBe(1);
    expect(world.ran.toSorted()).toEqual(['one: try', 'three: then that', 'three: try', 'two: then that', 'two: try']);
  });
});
