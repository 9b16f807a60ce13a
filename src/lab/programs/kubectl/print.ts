import { stringify } from 'yaml';
import { humanAge } from '../../moment.ts';
import type { Part } from '../../program.ts';
import { err, out } from '../../program.ts';
import { textTable } from '../text-table.ts';
import type { Yaml } from '../yaml-documents.ts';
import { fillJsonPath, select, shown } from './json-path.ts';
import type { KubernetesObject, ResourceKind } from './resource-kind.ts';

export type PrintOptions = {
  readonly format: string | undefined;
  readonly showsNamespace: boolean;
  readonly showsLabels: boolean;
  readonly hasHeader: boolean;
  /** One object was named: JSON and its like show it alone, not in a list. */
  readonly isSingle: boolean;
  /** Several kinds were asked for: rows begin with the kind. */
  readonly isMixed: boolean;
  readonly minor: number;
  readonly now: number;
};

/** Prints objects of one kind as `-o` says. The value is the exit code. */
export function* printObjects(kind: ResourceKind, objects: readonly KubernetesObject[], options: PrintOptions): Part<number> {
  const [format = '', ...template] = (options.format ?? '').split('=');
  const whole: Yaml = options.isSingle
    ? (objects[0]?.json ?? null)
    : { apiVersion: 'v1', items: objects.map(({ json }) => json), kind: 'List', metadata: { resourceVersion: '' } };
  if (format === '' || format === 'wide') yield out(...table(kind, objects, options, format === 'wide'));
  else if (format === 'name')
    yield out(...objects.map(({ name }) => `${kind.singular}${kind.group === '' ? '' : `.${kind.group}`}/${name}`));
  else if (format === 'json') yield out(JSON.stringify(whole, null, 4));
  else if (format === 'yaml') yield { out: stringify(whole, { indentSeq: false }) };
  else if (format === 'jsonpath' || format === 'jsonpath-as-json') {
    const filled = fillJsonPath(template.join('='), whole);
    if ('error' in filled) {
      yield err(`error: ${filled.error}`);
      return 1;
    }
    yield { out: filled.text };
  } else if (format === 'custom-columns') yield out(...customColumns(template.join('='), objects, options));
  else {
    yield err(
      `error: unable to match a printer suitable for the output format "${format}", allowed formats are: custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,wide,yaml`,
    );
    return 1;
  }
  return 0;
}

function table(kind: ResourceKind, objects: readonly KubernetesObject[], options: PrintOptions, isWide: boolean): string[] {
  const name = (object: KubernetesObject): string =>
    options.isMixed ? `${kind.singular}${kind.group === '' ? '' : `.${kind.group}`}/${object.name}` : object.name;
  const header = [
    ...(options.showsNamespace ? ['NAMESPACE'] : []),
    ...kind.columns,
    ...(isWide ? kind.wideColumns : []),
    ...(options.showsLabels ? ['LABELS'] : []),
  ];
  const rows = objects.map((object) => [
    ...(options.showsNamespace ? [object.namespace ?? ''] : []),
    name(object),
    ...object.cells.map((cell) => cell ?? humanAge(options.now - object.at)),
    ...(isWide ? object.wideCells : []),
    ...(options.showsLabels ? [labelsText(object)] : []),
  ]);
  return textTable([...(options.hasHeader ? [header] : []), ...rows]);
}

const labelsText = ({ labels }: KubernetesObject): string =>
  Object.entries(labels)
    .sort()
    .map(([key, value]) => `${key}=${value}`)
    .join(',') || '<none>';

function customColumns(spec: string, objects: readonly KubernetesObject[], options: PrintOptions): string[] {
  const columns = spec.split(/,(?=[^,[\]]+:)/).map((column) => {
    const [title = '', ...path] = column.split(':');
    return { title, path: path.join(':').replace(/^\{|\}$/g, '') };
  });
  const rows = objects.map(({ json }) =>
    columns.map(
      ({ path }) =>
        select(path.startsWith('.') ? path : `.${path}`, json)
          .map(shown)
          .join(',') || '<none>',
    ),
  );
  return textTable([...(options.hasHeader ? [columns.map(({ title }) => title)] : []), ...rows]);
}
