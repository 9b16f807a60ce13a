import { describe, expect, test } from 'vitest';
import { nearest } from '../../src/runbook/did-you-mean.ts';
import { findPiece } from '../../src/runbook/lint/explained-pieces.ts';
import { problemsText } from '../../src/runbook/problems-text.ts';
import { readRunbook } from '../../src/runbook/read-runbook.ts';
import { fence, page, section } from './page.ts';

function messages(text: string): readonly string[] {
  return readRunbook('web.md', text).problems.map(({ severity, message }) => `${severity}: ${message}`);
}
/** What lint says of a command in a step that only reads. */
function ofReading(command: string, options = ''): readonly string[] {
  return messages(page(section('Look', fence('bash step=look', `#| on: web\n#| risk: read\n${options}${command}`))));
}
/** What lint says of a command in a step that changes something and is verified. */
function ofChange(command: string, options = ''): readonly string[] {
  return messages(page(section('Do', fence('bash step=do', `#| on: web\n${options}${command}`), fence('bash verify', 'true'))));
}

describe('lint says nothing of', () => {
  test.each([
    'grep -i error /var/log/syslog',
    'nginx -V 2>&1',
    'nginx -V > /dev/null 2>&1',
    'test -e /etc/hosts 2>/dev/null',
    'sed -n s/a/b/p /etc/hosts',
    'grep -q ssl /etc/nginx/nginx.conf',
    'head -1 /etc/hosts',
    'if ! nginx -t; then echo bad; fi',
    '! nginx -t',
    'curl -fsS http://127.0.0.1:8080/health | grep ok',
    'kubectl get -f web.yaml',
    'timeout 5 tail -f /var/log/syslog || true',
    'echo vi less sudo',
    'command -v sudo vi',
    'top -bn1',
    'top -b -n 1',
    'visudo -cf /etc/sudoers.d/web',
    "perl -Mstrict -ne 'print' /etc/hosts",
    'ls /etc | xargs -n1 head -1',
    'echo "$(({{ host.index }} + 1))"\nwanted={{ hosts.web | size }}\n[[ $(nproc) -ge $wanted ]]',
    'awk \'{ print $1 > "/dev/stderr" }\' /etc/hosts',
    'printf "%s\\n" "! not a command" # | grep -q',
  ])('a reading step with: %s', (command) => {
    expect(ofReading(command)).toEqual([]);
  });

  test.each([
    'kubectl apply -f web.yaml',
    'sed -i s/a/b/ /etc/hosts',
    'echo x > /tmp/x',
    "curl -fsSLo a.tgz https://example.com/a.tgz\necho 'abc  a.tgz' | sha256sum -c -",
    'tar -xf a.tgz',
  ])('a changing step with: %s', (command) => {
    expect(ofChange(command)).toEqual([]);
  });

  test('an editor and sudo where a terminal of their own is given to them', () => {
    expect(ofChange('sudo vi /etc/hosts', '#| interactive: true\n')).toEqual([]);
  });

  test('a pipe into `grep -q` in sh, which knows no pipefail', () => {
    expect(messages(page(section('Look', fence('sh step=look', '#| on: web\n#| risk: read\nnginx -V 2>&1 | grep -q ssl'))))).toEqual([]);
  });

  test('a choice among programs as the command', () => {
    const data = 'inputs:\n  runtime: { type: choice, of: [docker, crictl], default: docker }';
    expect(messages(page(section('Look', fence('bash step=look', '#| on: web\n#| risk: read\n{{ runtime }} ps')), { data }))).toEqual([]);
  });

  test('a number in arithmetic, by its type or its pattern', () => {
    const data = 'inputs:\n  port: { type: port, default: "80" }\n  nodes: { pattern: "[1-9][0-9]{0,2}", default: "3" }';
    const command = 'echo $(({{ port }} + {{ nodes }}))\n[[ $(nproc) -ge {{ nodes }} ]]';
    expect(messages(page(section('Look', fence('bash step=look', `#| on: web\n#| risk: read\n${command}`)), { data }))).toEqual([]);
  });

  test('a host by name where only the hosts file knows the hosts', () => {
    expect(messages(page(section('Look', fence('bash step=look', '#| on: web, !server77\n#| risk: read\ntrue'))))).toEqual([]);
  });

  test('words for what shows the page on a fence of documentation', () => {
    const step = fence('bash step=look', '#| on: web\n#| risk: read\ntrue');
    expect(messages(page(section('Look', fence('bash {.numberLines}', 'true'), step)))).toEqual([]);
  });

  test('work by hand without a check', () => {
    expect(messages(page(section('Cable', fence('text step=cable', '#| on: web\nConnect the second cable.'))))).toEqual([]);
  });

  test('a step that destroys and warns', () => {
    const step = fence('bash step=clear', '#| on: web\n#| risk: destroy\nrm -rf /var/www');
    expect(
      messages(page(section('Clear', '> [!CAUTION]\n> All pages are lost.\n', step, fence('bash verify', 'test ! -e /var/www')))),
    ).toEqual([]);
  });
});

describe('lint finds', () => {
  test.each([
    ['/usr/bin/vim x', 'error: `vim` waits for somebody at a keyboard.'],
    ['env LANG=C nano x', 'error: `nano` waits for somebody at a keyboard.'],
    ['true && crontab -e', 'error: `crontab -e` waits for somebody at a keyboard.'],
    ['systemctl edit nginx', 'error: `systemctl edit` waits for somebody at a keyboard.'],
    ['journalctl -fu nginx', 'error: `journalctl -fu` does not end by itself.'],
    ['kubectl logs web --follow', 'error: `kubectl logs` does not end by itself.'],
    ['x=$(command sudo id)', 'error: A step does not call sudo: handrail runs it as the user that `as` says.'],
    ['ls | xargs less', 'error: `less` does not end by itself.'],
    ['perl -pi -e s/a/b/ x', 'warning: `perl -i` changes a file, and a step of risk `read` only reads.'],
    ['echo a >> /etc/hosts', 'warning: This writes to a file, and a step of risk `read` only reads.'],
    ['ss -lnt | egrep --quiet 6443', 'warning: `egrep` stops reading early, and what writes into it may then end with 141 (pipefail).'],
    ['! nginx -T | grep ssl\ntrue', 'warning: A command behind `!` never stops the script, and this one is not the last.'],
    ['top -b', 'error: `top` does not end by itself.'],
    ['{{ host.name', 'error: `{{` is not closed.'],
  ])('in a step that reads: %s', (command, message) => {
    expect(ofReading(command)).toEqual([message]);
  });

  test.each([
    'wget https://example.com/a.tgz',
    'wget -qO- https://example.com/a | sh',
    'curl -O https://example.com/a',
    'curl https://example.com/a > b',
  ])('a download that is not compared: %s', (command) => {
    expect(ofChange(command)).toEqual(['warning: A download is not compared with a checksum.']);
  });
});

test('a value in a command that does not end is told to mend the command', () => {
  const text = page(section('Look', fence('bash step=look', "#| on: web\n#| risk: read\necho 'a {{ host.name }}")));

  expect(readRunbook('web.md', text).problems.map(({ advice }) => advice)).toEqual([
    'Mend the command, so that it ends where it should; `bash -n` tells more.',
  ]);
});

describe('did you mean', () => {
  test.each([
    ['wroker', 'worker'],
    ['worekr', 'worker'],
    ['Worker', 'worker'],
    ['control-plane', 'control_plane'],
    ['wbe', 'web'],
  ])('%s is near to %s', (wrong, right) => {
    expect(nearest(wrong, ['control_plane', 'worker', 'web'])).toBe(right);
  });

  test('says nothing where every name is far', () => {
    expect(nearest('database', ['control_plane', 'worker', 'web'])).toBeUndefined();
    expect(nearest('x'.repeat(10_000), ['x'])).toBeUndefined();
  });
});

describe('an explained piece', () => {
  test.each([
    ['kubeadm init --upload-certs', '--upload-certs', 13],
    ['kubeadm init --config=/etc/a', '--config', 13],
    ['apt-get install', 'apt', undefined],
    ['cmd --force -f x', '-f', 12],
    ['a $(whoami) b', '$(whoami)', 2],
  ])('in “%s”: %s', (text, piece, at) => {
    expect(findPiece(text, piece)).toBe(at);
  });
});

describe('problems for people', () => {
  const problem = { file: 'a.md', line: 7, column: 9, severity: 'error', message: 'It is wrong.', advice: 'Write: on: all' } as const;

  test('show the line with a caret below the place, and what to do', () => {
    expect(problemsText([{ ...problem, source: '#|\ton: 1 x' }])).toBe(
      'a.md:7:9: error: It is wrong.\n 7 | #| on: 1 x\n   |         ^\n     Write: on: all\n',
    );
  });

  test('make visible what another reader left in them', () => {
    const text = problemsText([
      { ...problem, file: 'a\u001b.md', message: 'It \u0007is.', advice: 'Write \u202ea', source: '\u001b[2J\tx' },
    ]);

    expect(text).toBe('a␛.md:7:9: error: It ␇is.\n 7 | ␛[2J x\n   |       ^\n     Write �a\n');
  });

  test('count wide characters as two cells', () => {
    expect(problemsText([{ ...problem, column: 3, source: '网页x' }])).toContain('\n 7 | 网页x\n   |     ^\n');
  });

  test('show only the piece of a long line where the place is', () => {
    const [, line = '', caret = ''] = problemsText([{ ...problem, column: 5001, source: `${'a'.repeat(5000)}!${'b'.repeat(5000)}` }]).split(
      '\n',
    );

    expect(line.length).toBeLessThan(120);
    expect(line[caret.indexOf('^')]).toBe('!');
  });
});

test('who plans is told every error and no doubt', () => {
  const text = page(section('Look', fence('bash step=look', '#| on: nobody\n#| risk: read\necho a >> /etc/hosts')));
  const all = readRunbook('web.md', text).problems;

  const told = readRunbook('web.md', text, { onlyErrors: true }).problems;

  expect(all.map(({ severity }) => severity)).toContain('warning');
  expect(told).toEqual(all.filter(({ severity }) => severity === 'error'));
  expect(told).not.toEqual([]);
});
