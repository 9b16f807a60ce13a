import { describe, expect, test } from 'vitest';
import type { Template } from '../../src/runbook/runbook.ts';
import type { Filled, Scope } from '../../src/runbook/scope.ts';
import { checkTemplate, fill } from '../../src/runbook/template.ts';
import { captured, host, input, missing, scopeWith } from './template-scope.ts';

const template = (source: string, raw = false): Template => ({ source, at: { file: 'guide.md', line: 10, column: 5 }, raw });
const asText = (source: string, scope: Scope = scopeWith({})) => fill(template(source), scope, 'text').text;
const asCommand = (source: string, scope: Scope) => fill(template(source), scope, 'command');
const told = ({ text, pieces }: Filled) =>
  pieces.map((piece) => [text.slice(piece.start, piece.end), piece.name, piece.isSecret, piece.isMissing]);

describe('values', () => {
  test('are quoted in a command and put in as they are in a file', () => {
    const scope = scopeWith({ v: input('v', "it's") });
    expect(asCommand('echo {{ v }}', scope).text).toBe("echo 'it'\\''s'");
    expect(asText('a: {{ v }}', scope)).toBe("a: it's");
  });

  test('know where they stand and where they came from', () => {
    const scope = scopeWith({
      v: input('v', 'a b'),
      join: { is: 'known', value: { token: 's3cret', endpoint: 'cp:6443' }, origin: captured, secret: ['token'] },
    });
    const filled = asCommand('x {{ join.endpoint }} {{ v | upcase }} {{ join.token }} {{ host.name }}', scope);
    expect(told(filled)).toEqual([
      ['cp:6443', 'join.endpoint', false, false],
      ["'A B'", 'v', false, false],
      ['s3cret', 'join.token', true, false],
      ['cp1', 'host.name', false, false],
    ]);
    expect(filled.pieces.map(({ origin }) => origin.is)).toEqual(['captured', 'input', 'captured', 'host']);
  });

  test('stay secret through filters, loops and assign', () => {
    const scope = scopeWith({ keys: input('keys', ['k1', 'k2'], true) });
    const filled = fill(
      template('{% assign a = keys | join: "+" %}{{ a | base64_encode }}{% for k in keys %}{{ k }}{% endfor %}'),
      scope,
      'text',
    );
    expect(told(filled)).toEqual([
      ['azErazI=', 'a', true, false],
      ['k1', 'k', true, false],
      ['k2', 'k', true, false],
    ]);
  });

  test('that hold templates, tags or our own marks are text', () => {
    const nasty = '{{ v }}{% raw %}{% endraw %}‹v›{{';
    expect(asText('{{ v }}|{{ v | append: "!" }}', scopeWith({ v: input('v', nasty) }))).toBe(`${nasty}|${nasty}!`);
  });

  test('of a list become several words of a command, each quoted', () => {
    expect(asCommand('x {{ l }} y', scopeWith({ l: input('l', ['a b', '', 'c']) })).text).toBe("x 'a b' '' c y");
    expect(asCommand('x {{ l }} y', scopeWith({ l: input('l', []) })).text).toBe('x  y');
  });

  test('of a list do not stand where one word stands', () => {
    const filled = asCommand('a={{ l }} b', scopeWith({ l: input('l', ['x', 'rm']) }));
    expect(filled.text).toBe('a=‹l is a list, and one word stands here: join it› b');
    expect(filled.pieces[0]?.isMissing).toBe(true);
  });

  test('that no quotes protect where they are written are never put in', () => {
    const filled = asCommand(
      'echo {% if q %}"{% endif %}{{ v }}{% if q %}"{% endif %}',
      scopeWith({ q: input('q', true), v: input('v', '$(id)') }),
    );
    expect(filled.text).toBe('echo "‹v cannot be quoted here: it stands inside double quotes›"');
    expect(filled.pieces[0]?.isMissing).toBe(true);
  });
});

describe('a value that is not there', () => {
  test('is shown with its name and the step that brings it, whatever filters stand behind it', () => {
    const filled = asCommand('kubeadm join {{ join.endpoint | split: ":" | first }}', scopeWith({ join: missing() }));
    expect(filled.text).toBe('kubeadm join ‹join.endpoint from “Initialise the first control plane”›');
    expect(told(filled)).toEqual([['‹join.endpoint from “Initialise the first control plane”›', 'join.endpoint', false, true]]);
  });

  test('counts as there in a look ahead, and as not there once it will not come', () => {
    const source = 'a{% if join.ca_hash %} --hash{% endif %}';
    expect(fill(template(source), scopeWith({ join: missing(false) }), 'text')).toEqual({ text: 'a --hash', pieces: [] });
    expect(fill(template(source), scopeWith({ join: missing(true) }), 'text')).toEqual({ text: 'a', pieces: [] });
  });

  test('is asked for field by field: one that was not printed is not there', () => {
    const join = { is: 'known', value: { token: 't' }, origin: captured, secret: ['token'] } as const;
    expect(asText('{% if join.ca_hash %}a{% else %}b{% endif %}{% if join.token %}c{% endif %}', scopeWith({ join }))).toBe('bc');
    expect(asText('{{ join.ca_hash | default: "none" }}', scopeWith({ join }))).toBe('none');
  });

  test('decides nothing unseen: a comparison or a loop with it leaves the text unfit to run', () => {
    for (const source of ['{% if v == "x" %}a{% endif %}', '{% for x in v %}a{% endfor %}', '{% case v %}{% when "x" %}a{% endcase %}']) {
      const filled = fill(template(source), scopeWith({ v: missing() }), 'text');
      expect(filled.text).toBe('a');
      expect(filled.pieces).toMatchObject([{ start: 0, end: 0, name: 'v', isMissing: true }]);
    }
  });

  test('of a fact names the host', () => {
    expect(asText('{{ host.facts.interface }}')).toBe('‹host.facts.interface of cp1›');
  });
});

describe('tags', () => {
  test('alone on a line leave no line', () => {
    const source =
      'a\n  {% for h in hosts.control_plane %}\n  server {{ h.name }} {{ h.address }}\n  {% endfor %}\n{% if x %} {% endif %}\nb';
    expect(asText(source, scopeWith({ x: input('x', true) }))).toBe('a\n  server cp1 192.0.2.1\n  server cp2 192.0.2.2\nb');
  });

  test('on the last line leave no line end before it', () => {
    expect(asText('a\n{% if x %}\nb\n{% endif %}', scopeWith({ x: input('x', true) }))).toBe('a\nb');
    expect(asText('a\r\n{% if x %}\r\nb\r\n{% endif %}\r\n', scopeWith({ x: input('x', true) }))).toBe('a\r\nb\r\n');
  });

  test('beside text keep their line', () => {
    expect(asText('a {% if x %}b{% endif %}\nc', scopeWith({ x: input('x', false) }))).toBe('a \nc');
  });

  test('of raw and comment keep and leave out what they hold', () => {
    expect(asText('{% raw %}\n{{ .Go }}\n{% endraw %}\nx{% comment %} {{ y }} {% endcomment %}')).toBe('{{ .Go }}\nx');
    expect(fill(template('{{ .Go }}', true), scopeWith({}), 'text').text).toBe('{{ .Go }}');
  });

  test('loop with else, limit, offset, reversed, break and forloop', () => {
    const scope = scopeWith({ l: input('l', ['a', 'b', 'c', 'd']) });
    expect(asText('{% for x in l limit: 2 offset: 1 %}{{ x }}{% unless forloop.last %},{% endunless %}{% endfor %}', scope)).toBe('b,c');
    expect(asText('{% for x in l reversed %}{% if x == "b" %}{% break %}{% endif %}{{ forloop.index }}{{ x }}{% endfor %}', scope)).toBe(
      '1d2c',
    );
    expect(asText('{% for h in hosts.worker %}x{% else %}none{% endfor %}', scope)).toBe('none');
  });

  test('compare by type', () => {
    const scope = scopeWith({ v: input('v', '1.9.3') });
    expect(asText('{% if v < 1.24 %}old{% elsif v == "1.30" %}x{% else %}new{% endif %}', scope)).toBe('old');
    expect(asText('{% case v %}{% when "1.9.3", "2" %}a{% else %}b{% endcase %}', scope)).toBe('a');
  });
});

describe('filters', () => {
  const scope = scopeWith({ v: input('v', 'v1.30.4'), l: input('l', ['a', 'b']), pods: input('pods', '10.244.0.0/16') });
  test.each([
    ['{{ v | minor }}', 'v1.30'],
    [
      '{{ hosts.control_plane | map: "address" | surround: "https://", ":2379" | join: "," }}',
      'https://192.0.2.1:2379,https://192.0.2.2:2379',
    ],
    ['{{ pods | apart: "10.96.0.0/12" }} {{ pods | apart: "10.0.0.0/8" }}', 'true false'],
    ['{{ "10.244.3.1" | within: pods }} {{ "2001:db8::1" | within: pods }}', 'true false'],
    ['{{ hosts.control_plane.size }} {{ hosts.control_plane[1].name }} {{ hosts.control_plane | last | json }}', /^2 cp2 \{/],
    ['{% assign f = hosts.control_plane | where: "name", "cp2" | first %}{{ f.address }}', '192.0.2.2'],
    ['{{ hosts.control_plane | map: "values.uuid" | join: "," }}', 'u1,u2'],
  ])('%s', (source, wanted) => {
    const hosts = [1, 2].map((n) =>
      host(`cp${n}`, n - 1, { values: { uuid: { is: 'known', value: `u${n}`, origin: captured, secret: false } } }),
    );
    expect(asText(source, { ...scope, ...scopeWith(scope.values, hosts) })).toMatch(wanted);
  });

  test('given what they cannot take, and what grows too large, leave a text that says why and is unfit to run', () => {
    for (const [source, why] of [
      ['{{ v | within: "10.0.0.0/8" }}', '`within` compares addresses and networks'],
      ['{% for a in (1..10000) %}{% for b in (1..10000) %}x{% endfor %}{% endfor %}', 'it grows too large'],
      ['{% for a in (1..99999999) %}x{% endfor %}', 'at most 10,000 apart'],
    ] as const) {
      const filled = fill(template(source), scope, 'text');
      expect(filled.text).toContain(why);
      expect(filled.pieces).toMatchObject([{ isMissing: true, start: 0, end: filled.text.length }]);
    }
  });
});

describe('checking a template', () => {
  const problems = (source: string, mode: 'command' | 'text' = 'text') =>
    checkTemplate(template(source), mode).problems.map(({ line, column, message }) => [line, column, message]);

  test('tells all that is wrong at once, each at its place', () => {
    const found = problems('echo "{{ v }}"\n{{ .State }} {% foo %}\n{{ v | zip }} {{ host.nmae }} {{ h', 'command');
    expect(found).toHaveLength(7);
    expect(found.at(-1)).toEqual([12, 31, '`{{` is not closed']);
    expect(problems('echo "{{ v }}"\n{{ .State }} {% foo %}\n {{ v | zip }} {{ host.nmae }}', 'command')).toEqual([
      [10, 11, 'a value cannot be quoted here: it stands inside double quotes'],
      [11, 4, expect.stringContaining("`{{ .State }}` is none of handrail's")],
      [11, 14, '`foo` is no tag of a runbook'],
      [12, 2, expect.stringMatching(/^a value cannot be quoted here/)],
      [12, 9, '`zip` is no filter of a runbook'],
      [12, 19, 'a host has no `nmae`'],
    ]);
  });

  test.each([
    ['{% if a %}x', '`{% if %}` is not closed'],
    ['x{% endif %}', '`{% endif %}` closes nothing'],
    ['{{ a b }}', 'expected nothing more'],
    ['{{ if .x }}', 'found `.x`'],
    ['{{range .items}}', 'none of handrail'],
    ['{{ $x }}', 'none of handrail'],
    ['{{}}', 'none of handrail'],
    ['{{ a | append: }}', 'but it ends here'],
    ['{% if a and b or c %}{% endif %}', '`and` and `or` are mixed'],
    ['{{ hosts.control_plane }}', 'is a list of hosts'],
    ['{{ hosts }}', '`hosts` stands alone'],
    ['{{ host.facts.color }}', 'a host has no fact `color`'],
    ['{% for h in hosts.worker %}{{ h.ip }}{% endfor %}', 'a host has no `ip`'],
    ['{% include "x" %}', '`include` is no tag'],
    ['{% capture x %}a{% endcapture %}', '`capture` is no tag'],
    ['{{ "x" | raw }}', '`raw` is no filter'],
    ['{{ "now" | date: "%s" }}', '`date` is no filter'],
  ])('refuses %s', (source, message) => {
    expect(problems(source)[0]?.[2]).toContain(message);
  });

  test('lists the names it takes, those of loops and assign traced to what they stand for', () => {
    const source =
      '{{ join.token }}{% if join.ca_hash %}{% endif %}{% for h in hosts.etcd %}{{ h.values.uuid }}{{ h.name }}{% endfor %}{% assign j = join %}{{ j.endpoint }}{{ host.index }}';
    const { names } = checkTemplate(template(source), 'text');
    expect(names.map(({ takes, root, fields, onlyAsks }) => [takes, [root, ...fields].join('.'), onlyAsks])).toEqual([
      ['value', 'join.token', false],
      ['value', 'join.ca_hash', true],
      ['role', 'etcd', false],
      ['value-of-host', 'uuid', false],
      ['value', 'join', false],
      ['value', 'join.endpoint', false],
      ['host', 'index', false],
    ]);
    expect(names[0]?.at).toEqual({ file: 'guide.md', line: 10, column: 8 });
  });

  test('judges a command’s places in each of its branches', () => {
    const branches = '{% if a %}\nif true; then\n{% else %}\nif false; then\n{% endif %}\n  echo {{ v }}\nfi';
    expect(problems(branches, 'command')).toEqual([]);
    expect(problems('{% if a %}\necho "{{ v }}"\n{% else %}\necho {{ v }}\n{% endif %}', 'command')).toHaveLength(1);
  });
});
