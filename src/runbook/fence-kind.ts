import { didYouMean, nearest } from './did-you-mean.ts';
import type { Fence } from './markdown-elements.ts';
import { checkId } from './names.ts';
import type { Report } from './report.ts';

/** What a fence is for. Documentation never runs; a fence whose kind cannot be told is wrong, and told. */
export type FenceKind =
  | { readonly is: 'step'; readonly id: string }
  | { readonly is: 'sample'; readonly name?: string }
  | { readonly is: 'then' | ServeKind | DataKind | 'documentation' | 'wrong' };
export type ServeKind = 'probe' | 'verify' | 'probe verify' | 'undo' | 'diagnose';
export type DataKind = 'runbook' | 'phase' | 'include';

/** Reads the words behind a fence's marks. */
export function fenceKind(fence: Fence, report: Report): FenceKind {
  const { language, words, at } = fence;
  if (language === '') return { is: 'documentation' };
  if (words.length === 0) {
    if (!isKindWord(language)) return { is: 'documentation' };
    report.error(
      at,
      `This fence says what it is for (\`${language}\`) but not its language.`,
      `Write: \`\`\`${languageFor(language)} ${language}`,
    );
    return { is: 'wrong' };
  }
  const said = words.join(' ');
  if (isForPage(said)) return { is: 'documentation' };
  if (said === 'probe verify' || said === 'verify probe') return { is: 'probe verify' };
  const kind = kindOfWord(words[0] ?? '', fence, report);
  if (words.length > 1 && kind.is !== 'wrong') {
    report.error(at, `A fence has one kind; \`${words.slice(1).join(' ')}\` is too much.`, `Write: \`\`\`${language} ${words[0]}`);
    return { is: 'wrong' };
  }
  return kind;
}

/** True for the kinds that a step's section may hold. */
export function isOfStep(kind: FenceKind): boolean {
  return !['documentation', 'wrong', 'runbook', 'phase', 'include'].includes(kind.is);
}

const plainKinds = ['then', 'probe', 'verify', 'undo', 'diagnose'] as const;
const dataKinds = ['runbook', 'phase', 'include'] as const;
const kindWords = ['step', 'sample', ...plainKinds, ...dataKinds];

function kindOfWord(word: string, { language, at }: Fence, report: Report): FenceKind {
  const wrong = (message: string, advice: string): FenceKind => {
    report.error(at, message, advice);
    return { is: 'wrong' };
  };
  const plain = plainKinds.find((kind) => kind === word);
  if (plain !== undefined) return { is: plain };
  const data = dataKinds.find((kind) => kind === word);
  if (data !== undefined)
    return language === 'yaml'
      ? { is: data }
      : wrong(`The ${data} fence is written in yaml, not in ${language}.`, `Write: \`\`\`yaml ${data}`);
  const [name = '', ...rest] = word.split('=');
  const value = rest.join('=');
  if (name === 'step') {
    if (value === '') return wrong('This step has no id.', `Write: \`\`\`${language} step=init`);
    const bad = checkId(value);
    return bad === null ? { is: 'step', id: value } : wrong(bad, `Write: \`\`\`${language} step=${asId(value)}`);
  }
  if (name === 'sample') {
    if (!word.includes('=')) return { is: 'sample' };
    const bad = checkId(value);
    return bad === null ? { is: 'sample', name: value } : wrong(bad, `Write: \`\`\`text sample=${asId(value)}`);
  }
  const right = nearest(name, kindWords);
  const advice =
    right === undefined
      ? `Take it out, or write a kind: \`\`\`${language} step=init`
      : `Write: \`\`\`${language} ${right}${right === 'step' ? `=${asId(value)}` : ''}`;
  return wrong(`\`${word}\` is no kind of fence.${didYouMean(name, kindWords)}`, advice);
}

/** `{.numberLines}`: words in braces are for what shows the page. */
function isForPage(said: string): boolean {
  return /^\{[^{}]*\}$/.test(said) && !kindWords.some((kind) => new RegExp(`\\b${kind}\\b`).test(said));
}

/** A fence of documentation in a language called `text` or `bash` is usual; one called `then` or `step=init` is a slip. */
function isKindWord(language: string): boolean {
  return (
    language.startsWith('step=') || language.startsWith('sample=') || ['step', 'sample', ...plainKinds].some((kind) => kind === language)
  );
}

function languageFor(word: string): string {
  return word.startsWith('sample') ? 'text' : 'bash';
}

function asId(text: string): string {
  const id = text
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[-_]+|-+$/g, '')
    .slice(0, 60);
  return id === '' ? 'init' : id;
}
