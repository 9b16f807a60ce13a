import type { Call } from '../../program.ts';

/** One line of apt's sources: a repository. */
export type Repository = {
  readonly url: string;
  readonly suite: string;
  readonly components: readonly string[];
  readonly signedBy: string | undefined;
};

/** The repositories that apt's files name, in the order in which apt reads them. */
export function repositories(call: Pick<Call, 'read' | 'list'>): readonly Repository[] {
  const folder = '/etc/apt/sources.list.d';
  const names = call.list(folder).filter((name) => /\.(list|sources)$/.test(name));
  return ['/etc/apt/sources.list', ...names.map((name) => `${folder}/${name}`)].flatMap((path) => {
    const text = call.read(path) ?? '';
    return path.endsWith('.sources') ? stanzas(text) : lines(text);
  });
}

function lines(text: string): Repository[] {
  return text.split('\n').flatMap((line) => {
    const [, options = '', url = '', suite = '', components = ''] =
      /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)(.*)$/.exec(line.replace(/#.*$/, '')) ?? [];
    if (url === '') return [];
    return [
      { url, suite, components: components.split(/\s+/).filter((one) => one !== ''), signedBy: /signed-by=(\S+)/.exec(options)?.[1] },
    ];
  });
}

function stanzas(text: string): Repository[] {
  return text.split(/\n\s*\n/).flatMap((stanza) => {
    const field = (name: string): string | undefined => new RegExp(`^${name}:\\s*(.+)$`, 'im').exec(stanza)?.[1]?.trim();
    const words = (name: string): string[] => (field(name) ?? '').split(/\s+/).filter((one) => one !== '');
    if (field('Enabled') === 'no' || !words('Types').includes('deb')) return [];
    return words('URIs').flatMap((url) =>
      words('Suites').map((suite) => ({ url, suite, components: words('Components'), signedBy: field('Signed-By') })),
    );
  });
}
