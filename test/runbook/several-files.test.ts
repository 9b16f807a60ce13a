import { describe, expect, test } from 'vitest';
import { lintFiles } from '../../src/runbook/lint-files.ts';
import { readRunbook } from '../../src/runbook/read-runbook.ts';
import { fence, page, section } from './page.ts';

const look = section('Look', fence('bash step=look', '#| on: web\n#| risk: read\nuptime'));
const taking = (data: string, include: string) =>
  `${page(look, { data })}\n## Prepare\n\n[Prepare](prepare.md)\n\n${fence('yaml include', include)}`;
const prepare = (sections: string, data = '') => page(sections, { data, roles: 'web: { min: 1 }' });
const step = (more = '') =>
  section('Prepare', fence('bash step=prepare', `#| on: all\n#| risk: read\n${more}cat /etc/hostname {{ family }}`));
const families = 'inputs:\n  family: { type: string, ask: Which family }';

function problems(files: Readonly<Record<string, string>>, file = 'folder/web.md'): readonly string[] {
  return lintFiles([file], (name) => files[name]).map(({ file, line, message }) => `${file}:${line}: ${message}`);
}

describe('a runbook that takes in another', () => {
  test('is read, and says by name that it does not run yet', () => {
    const files = { 'prepare.md': prepare(step(), families) };
    const { runbook, problems } = readRunbook('web.md', taking(families, 'runbook: prepare.md\non: web'), {
      load: (name) => files[name as 'prepare.md'],
    });

    expect(problems).toEqual([]);
    expect(runbook?.cannotRun).toContain('prepare.md');
    expect(runbook?.phases[1]?.include).toMatchObject({ runbook: 'prepare.md', on: { source: 'web' } });
  });

  test('tells problems of the other in its own file', () => {
    const found = problems({
      'folder/web.md': taking(families, 'runbook: prepare.md'),
      'folder/prepare.md': prepare(step('#| timout: 5m\n'), families),
    });

    expect(found).toEqual(['folder/prepare.md:20: There is no option `timout`. Did you mean `timeout`?']);
  });

  test('gives the other its inputs, or has them itself', () => {
    const found = problems({
      'folder/web.md': taking('inputs:\n  kind: { ask: Which kind }', 'runbook: prepare.md\ninputs: { famly: "{{ kind }}" }'),
      'folder/prepare.md': prepare(step(), families),
    });

    expect(found).toEqual([
      'folder/web.md:28: `prepare.md` needs the input `family`, which nothing gives it.',
      'folder/web.md:30: `prepare.md` has no input `famly`. Did you mean `family`?',
    ]);
  });

  test('does not capture a name that the other captures', () => {
    const capture = '#| capture: { id: { regex: "(.+)" } }\n';
    const own = section('Id', fence('bash step=id', `#| on: web\n#| risk: read\n${capture}id`));
    const text = `${page(own)}\n## Prepare\n\n[Prepare](prepare.md)\n\n${fence('yaml include', 'runbook: prepare.md')}`;
    const other = prepare(section('Id', fence('bash step=id', `#| on: all\n#| risk: read\n${capture}id`)));

    expect(problems({ 'folder/web.md': text, 'folder/prepare.md': other })).toEqual([
      'folder/web.md:28: `prepare.md` captures `id`, and this runbook has a value of that name.',
    ]);
  });

  test('may not take in one that takes in a third', () => {
    const other = `${prepare(step(), families)}\n## More\n\n[More](more.md)\n\n${fence('yaml include', 'runbook: more.md')}`;

    expect(problems({ 'folder/web.md': taking(families, 'runbook: prepare.md'), 'folder/prepare.md': other })).toEqual([
      'folder/prepare.md:28: A runbook that is taken in may not take in another.',
    ]);
  });

  test('and is taken in by itself, is told and does not go on for ever', () => {
    expect(problems({ 'folder/web.md': taking('', 'runbook: web.md') }, 'folder/web.md')).toEqual([
      'folder/web.md:27: A runbook that is taken in may not take in another.',
    ]);
  });
});

describe('a translation', () => {
  const original = page(section('Look', 'Looks at it.', fence('bash step=look', '#| on: web\n#| risk: read\nuptime')), { data: families });
  const translated = original
    .replace('Web servers', '网页服务器')
    .replace('### Look', '### 看')
    .replace('Looks at it.', '看一看。')
    .replace('Which family', '哪一种');
  const lint = (text: string) => problems({ 'web.md': original, 'web.zh.md': text }, 'web.zh.md');

  test('has other words, and every fence as it is', () => {
    expect(lint(translated)).toEqual([]);
  });

  test('is to be read, and says which file is what runs', () => {
    const { runbook } = readRunbook('web.zh.md', translated, { load: () => original });

    expect(runbook?.title).toBe('网页服务器');
    expect(runbook?.cannotRun).toBe('It is a translation to read; web.md is what runs.');
  });

  test('does not change a command', () => {
    expect(lint(translated.replace('uptime', 'uptime -s'))).toEqual(['web.zh.md:21: This fence differs from that of line 18 of `web.md`.']);
  });

  test('does not change data but its questions', () => {
    expect(lint(translated.replace('type: string', 'type: host'))).toEqual([
      'web.zh.md:10: The data differs from that of `web.md` in more than `ask` and `says`.',
    ]);
  });

  test('does not leave a step out', () => {
    expect(lint(translated.slice(0, translated.indexOf('### 看')))).toContain(
      'web.zh.md:13: Line 15 of `web.md` has nothing that answers to it here: the translation ends too early.',
    );
  });

  test('needs its original', () => {
    expect(problems({ 'web.zh.md': translated }, 'web.zh.md')).toEqual([
      'web.zh.md:1: This is a translation by its name, and there is no `web.md` beside it.',
    ]);
  });
});
