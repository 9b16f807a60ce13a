import { describe, expect, test } from 'vitest';
import { readRunbook } from '../../src/runbook/read-runbook.ts';
import type { Runbook, Step } from '../../src/runbook/runbook.ts';
import { fence, page, section } from './page.ts';

function read(text: string, file = 'runbooks/web.md'): Runbook {
  const { runbook, problems } = readRunbook(file, text);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (runbook === null) throw new Error('a runbook without errors is read');
  return runbook;
}

function step(runbook: Runbook, id: string): Step {
  const found = runbook.phases.flatMap(({ steps }) => steps).find((step) => step.id === id);
  if (found === undefined) throw new Error(`there is a step ${id}`);
  return found;
}

describe('a runbook', () => {
  const text = page(
    section(
      'Install **nginx**',
      'Puts it there.\n\n- `-y` answers its question,\n  always.\n- Only read.\n\n> [!WARNING]\n> Takes port 80.\n',
      fence('bash step=install', '#| on: web[1:], !spare\n#| each: one-by-one\napt-get install -y nginx'),
      fence('text sample', 'Setting up nginx …'),
      fence('bash probe verify', '#| for: 2m\nsystemctl is-active nginx'),
      fence('bash undo', '#| risk: destroy\napt-get purge -y nginx'),
      fence('json', '{ "only": "shown" }'),
    ) + section('Read this', 'Nothing to do.'),
    { roles: 'web: { min: 1 }\n  spare: { min: 0 }' },
  );

  test('has the title, the summary and the name of its file', () => {
    const { name, title, summary } = read(text);

    expect({ name, title, summary }).toEqual({ name: 'web', title: 'Web servers', summary: 'Installs them.' });
  });

  test('has its steps and its readings by phase', () => {
    const [phase] = read(text).phases;

    expect(phase?.title).toBe('Install');
    expect(phase?.steps.map(({ id, title }) => [id, title])).toEqual([['install', 'Install nginx']]);
    expect(phase?.readings).toEqual([{ title: 'Read this', prose: 'Nothing to do.' }]);
  });

  test('keeps prose apart from banners, explanations and what runs', () => {
    const { prose, banners, explanations } = step(read(text), 'install');

    expect(prose).toBe('Puts it there.\n\n- Only read.\n\n```json\n{ "only": "shown" }\n```');
    expect(banners).toEqual([{ kind: 'warning', text: 'Takes port 80.' }]);
    expect(explanations).toMatchObject([{ piece: '-y', text: 'answers its question, always.' }]);
  });

  test('has one text for both probe and verify, and waits only in the verify', () => {
    const { probe, verifies } = step(read(text), 'install');

    expect(probe?.body.source).toBe('systemctl is-active nginx');
    expect(probe?.for).toBeUndefined();
    expect(verifies).toMatchObject([{ for: 120_000, every: 5000 }]);
  });

  test('names hosts by slices, and takes roles away', () => {
    const { on, undos, samples } = step(read(text), 'install');

    expect(on.terms).toEqual([
      { takes: true, name: 'web', slice: { from: 1 } },
      { takes: false, name: 'spare' },
    ]);
    expect(undos).toMatchObject([{ risk: 'destroy', on: { source: 'web[1:], !spare' } }]);
    expect(samples).toMatchObject([{ text: 'Setting up nginx …', of: { is: 'part', index: 0 } }]);
  });

  test('is the same with Windows line ends, a byte-order mark and front matter', () => {
    const plain = read(text);
    const windows = read(`\ufeff${text.replaceAll('\n', '\r\n')}`);
    const framed = read(`---\ntitle: not ours\n# no heading\n---\n${text}`);

    expect(windows).toEqual(plain);
    expect(framed.title).toBe('Web servers');
    expect(framed.phases[0]?.steps[0]?.place.line).toBe((plain.phases[0]?.steps[0]?.place.line ?? 0) + 4);
  });

  test('is plain data: written as JSON and read again it is the same', () => {
    const runbook = read(text);

    expect(JSON.parse(JSON.stringify(runbook))).toEqual(runbook);
  });

  test('may stand in a list and keeps the text of its commands', () => {
    const listed = page(
      `### Do it\n\n1. First:\n\n   \`\`\`bash step=first\n   #| on: web\n   #| risk: read\n   if true; then\n     echo ok\n   fi\n   \`\`\`\n`,
    );

    expect(step(read(listed), 'first').parts).toMatchObject([
      { kind: 'command', body: { source: 'if true; then\n  echo ok\nfi', at: { line: 21, column: 4 } } },
    ]);
  });
});

describe('options', () => {
  test('are text, whatever YAML makes of it elsewhere', () => {
    const text = page(
      section(
        'Write',
        fence('ini step=config', '#| on: web\n#| write: /etc/web.ini\n#| mode: 0644\n#| env: { A: no, B: 1.30, C: "" }\nx = 1'),
      ),
    );

    const [part] = step(read(text), 'config').parts;
    expect(part).toMatchObject({
      kind: 'file',
      mode: { source: '0644' },
      env: { A: { source: 'no' }, B: { source: '1.30' }, C: { source: '' } },
    });
  });

  test('come from the fence, else its step, else its phase, else what holds for all', () => {
    const text = page(
      section(
        'Run',
        fence('bash step=run', '#| at: web[0]\n#| timeout: 20m\n#| env: { B: step }\n#| exits: [0, 3]\ntrue'),
        fence('bash then', '#| as: login\n#| env: { C: then }\ntrue'),
        fence('sh verify', '#| timeout: 30s\n#| on: console\n#| at: console\n#| raw: true\necho "{{ .Go }}"'),
      ),
      { phase: 'on: web\nas: www-data\nenv: { A: phase, B: phase }\nwhen: hosts.web.size > 1', data: 'env: { A: all, D: all }' },
    );

    const { on, when, parts, verifies } = step(read(text), 'run');
    expect(on.source).toBe('web');
    expect(when?.source).toBe('hosts.web.size > 1');
    expect(parts.map((part) => [part.as.source, part.atHost?.source, part.timeout, part.exits])).toEqual([
      ['www-data', 'web[0]', 1_200_000, [0, 3]],
      ['login', 'web[0]', 1_200_000, [0]],
    ]);
    expect(Object.fromEntries(Object.entries(parts[1]?.env ?? {}).map(([name, { source }]) => [name, source]))).toEqual({
      A: 'phase',
      B: 'step',
      C: 'then',
      D: 'all',
    });
    expect(verifies).toMatchObject([
      { shell: 'sh', timeout: 30_000, atHost: { name: 'console' }, on: { source: 'console' }, body: { raw: true } },
    ]);
  });

  test('of a phase may have the marks of options', () => {
    const step1 = fence('bash step=look', '#| risk: read\ntrue');

    expect(step(read(page(section('Look', step1), { phase: '#| on: web\n#| timeout: 1m' })), 'look')).toMatchObject({
      on: { source: 'web' },
      parts: [{ timeout: 60_000 }],
    });
  });

  test('make of a fence a command, a file, an edit, a copy or work by hand', () => {
    const text = page(
      section(
        'All kinds',
        fence('text step=all', '#| on: web\n#| capture: { code: { ask: Which code, type: port } }\nRead {{ host.name }}.'),
        fence('conf then', '#| write: /etc/hosts\n#| block: true\n{% for h in hosts.web %}\n{{ h.address }} {{ h.name }}\n{% endfor %}'),
        fence('sh then', "#| edit: /etc/fstab\nsed '/swap/d'"),
        fence('text then', '#| copy: web[0]\n/etc/ssl/\n/etc/a -> /etc/b'),
        fence('bash then', '#| reboot: true\nreboot'),
        fence('bash then', '#| interactive: true\nsudo vi /etc/hosts'),
      ),
    );

    const { parts } = step(read(text), 'all');
    expect(parts.map(({ kind }) => kind)).toEqual(['by-hand', 'file', 'edit', 'copy', 'command', 'command']);
    expect(parts[1]).toMatchObject({ isBlock: true, path: { source: '/etc/hosts' }, language: 'conf' });
    expect(parts[4]).toMatchObject({ isReboot: true, isInteractive: false });
  });

  test('take whole paths of hosts in a copy, and any of the console, where relative ones have a place to begin', () => {
    const copying = (on: string, from: string, list: string) =>
      readRunbook('test.md', page(section('Copy', fence('text step=copy', `#| on: ${on}\n#| copy: ${from}\n${list}`)))).problems.flatMap(
        ({ severity, line, message }) => (severity === 'error' ? [`${line}: ${message}`] : []),
      );
    expect(copying('web', 'console', 'here/cert.pem -> /etc/cert.pem')).toEqual([]);
    expect(copying('console', 'web[0]', '/etc/cert.pem -> here/cert.pem')).toEqual([]);
    expect(copying('web', 'console', 'cert.pem')).toEqual([expect.stringContaining('`cert.pem` does not begin with /.')]);
    expect(copying('web', 'web[0]', 'a -> b')).toHaveLength(2);
    expect(copying('console', 'web[0]', 'cert.pem')).toHaveLength(1);
  });

  test('say how values are captured, for how long they live and what makes them anew', () => {
    const text = page(
      section(
        'Start',
        fence(
          'bash step=init',
          '#| on: web[0]\n#| capture:\n#|   join: { parser: kubeadm-init, expires: { token: 24h }, renew: again }\n#|   all: { regex: "^a (.)$", all: true, from: stderr, secret: true, optional: true }\nkubeadm init',
        ),
      ).replace('all: {', 'every: {') +
        section(
          'Again',
          fence(
            'bash step=again',
            '#| on: web[0]\n#| aside: true\n#| capture: { join: { parser: kubeadm-join-command, expires: 1h } }\nkubeadm token create',
          ),
        ),
    );

    const runbook = read(text);
    expect(step(runbook, 'init').parts[0]).toMatchObject({
      captures: [
        { name: 'join', how: { by: 'parser', parser: 'kubeadm-init' }, expires: { token: 86_400_000 }, renew: 'again' },
        { name: 'every', isAll: true, from: 'stderr', isSecret: true, isOptional: true },
      ],
    });
    expect(step(runbook, 'again')).toMatchObject({
      isAside: true,
      parts: [{ captures: [{ expires: { token: 3_600_000, endpoint: 3_600_000 } }] }],
    });
  });
});

describe("the document's data", () => {
  test('may give an empty text as a default and in its example', () => {
    const data = 'inputs:\n  proxy: { default: "", ask: Proxy }\nexample: { inputs: { proxy: "" } }';
    const runbook = read(page(section('Look', fence('bash step=look', '#| on: web\n#| risk: read\necho {{ proxy }}')), { data }));

    expect(runbook.inputs).toMatchObject([{ name: 'proxy', default: { source: '' } }]);
    expect(runbook.example?.inputs).toEqual({ proxy: '' });
  });

  test('may have an input that only the command line answers', () => {
    const data = 'inputs:\n  repo: { type: string }';
    const runbook = read(page(section('Look', fence('bash step=look', '#| on: web\n#| risk: read\necho {{ repo }}')), { data }));

    expect(runbook.inputs).toMatchObject([{ name: 'repo', type: 'string' }]);
  });

  test('has inputs, roles, rules, variables and an example', () => {
    const data = `source: { title: A guide, differs: [one, two] }
inputs:
  balancer: { type: choice, of: [haproxy, dns], default: haproxy, ask: Which }
  urls: { list: true, default: [a, b] }
  interface: { per: web, default: "{{ host.facts.interface }}", ask: Which }
rules:
  - { must: 'balancer != "dns" or hosts.web.size > 1', says: DNS needs two }
  - { should: hosts.web.size > 2, says: Three are better }
env: { LANG: C }
example:
  inputs: { balancer: dns, urls: [x] }
  hosts:
    web1: { address: 192.0.2.1, ssh: 198.51.100.1, roles: [web], user: ops, port: 2222, values: { interface: eth1 }, facts: { family: debian, memory: 2048 } }`;
    const runbook = read(
      page(section('Look', fence('bash step=look', '#| on: web1\n#| risk: read\necho {{ interface }} {{ balancer }}')), {
        data,
        roles: 'web: { min: 2, max: 3, odd: true }\n  broken: { from: web, max: 1, ask: Which }',
      }),
    );

    expect(runbook.source).toEqual({ title: 'A guide', differs: ['one', 'two'] });
    expect(runbook.inputs).toMatchObject([
      { name: 'balancer', type: 'choice', of: ['haproxy', 'dns'], default: { source: 'haproxy' }, ask: 'Which', isList: false },
      { name: 'urls', type: 'string', isList: true, default: [{ source: 'a' }, { source: 'b' }] },
      { name: 'interface', per: 'web' },
    ]);
    expect(runbook.roles).toMatchObject([
      { name: 'web', min: 2, max: 3, isOdd: true },
      { name: 'broken', from: 'web', max: 1, ask: 'Which' },
    ]);
    expect(runbook.rules).toMatchObject([{ is: 'must', says: 'DNS needs two' }, { is: 'should' }]);
    expect(runbook.example).toEqual({
      inputs: { balancer: 'dns', urls: ['x'] },
      hosts: [
        {
          name: 'web1',
          address: '192.0.2.1',
          ssh: '198.51.100.1',
          roles: ['web'],
          user: 'ops',
          port: 2222,
          values: { interface: 'eth1' },
          facts: { family: 'debian', memory: 2048 },
        },
      ],
    });
  });
});

describe('values', () => {
  const addresses = section(
    'Addresses',
    fence('bash step=addresses', '#| on: web\n#| risk: read\n#| capture: { address: { regex: "([0-9.]+)" } }\nhostname -I'),
  );
  const use = (on: string) =>
    page(addresses + section('Use', fence('bash step=use', `#| on: ${on}\n#| risk: read\necho {{ address }}`)), {
      roles: 'web: { min: 1 }\n  broken: { from: web }',
    });

  test.each(['web', 'web[1:]', 'web[0]', 'web, !broken', 'broken'])(
    'of the host at hand may be used on %s where each host has its own',
    (on) => {
      expect(readRunbook('web.md', use(on)).problems).toEqual([]);
    },
  );

  test.each(['all', 'console'])('of several hosts are not used as one on %s', (on) => {
    expect(readRunbook('web.md', use(on)).problems.map(({ message }) => message)).toEqual([
      '`address` is captured on several hosts (`web`), and used here as if there were one.',
    ]);
  });

  test('captured on all hosts may be used on all but some', () => {
    const text = use('"!broken"').replace('#| on: web\n#| risk: read\n#| capture', '#| on: all\n#| risk: read\n#| capture');

    expect(readRunbook('web.md', text).problems).toEqual([]);
  });

  test('of other hosts are taken in a loop', () => {
    const text = page(
      addresses +
        section(
          'Use',
          fence('conf step=use', '#| on: console\n#| write: addresses\n{% for h in hosts.web %}\n{{ h.values.address }}\n{% endfor %}'),
        ),
    );

    expect(readRunbook('web.md', text).problems).toEqual([]);
  });

  test('are not known to a probe of the step that captures them, but to its verify', () => {
    const capture = '#| on: web[0]\n#| capture: { id: { regex: "(.+)" } }\nmake-id';
    const ofProbe = page(section('Id', fence('bash step=id', capture), fence('bash probe', 'test-id {{ id }}')));
    const ofVerify = page(section('Id', fence('bash step=id', capture), fence('bash verify', 'test-id {{ id }}')));

    expect(readRunbook('web.md', ofProbe).problems.map(({ message }) => message)).toEqual([
      '`id` is used before it is captured, by this step itself.',
    ]);
    expect(readRunbook('web.md', ofVerify).problems).toEqual([]);
  });
});
