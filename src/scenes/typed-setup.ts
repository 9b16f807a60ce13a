import type { Inventory } from '../hosts/inventory.ts';
import { typedAnswer, withAnswer } from '../plan/answers.ts';
import type { Setup } from '../plan/plan.ts';
import { typedHost } from '../plan/typed-host.ts';
import type { Runbook, SetupHost } from '../runbook/runbook.ts';
import { askedInputs } from './set-up-fields.ts';
import { type Chosen, withChosen, withoutRole } from './set-up-hosts.ts';
import type { NamedFile } from './set-up-state.ts';

/** What is typed into a set-up, and the set-up that comes of it and of what was given. */
export type TypedSetup = {
  setup(): Setup;
  /** The lines typed for inputs, by field. */
  lines(): ReadonlyMap<string, string>;
  file(): NamedFile | null;
  /** True where leaving would lose something. */
  isAnything(): boolean;
  /** An empty line takes an answer back. */
  typeInput(field: string, line: string): void;
  /** Takes the hosts of a file in place of those typed; `null` goes back to these. */
  nameFile(named: { readonly path: string; readonly read: Inventory | { readonly wrong: string } } | null): void;
  /** A line that is wrong changes nothing: the screen says so before it is sent. */
  typeHost(typed: { readonly role: string; readonly line: string; readonly before?: string }): void;
  takeOutHost(role: string, host: string): void;
  chooseHost(role: string, host: string): void;
};

export function openTypedSetup(runbook: Runbook, given: Setup, hostsFile: string | undefined): TypedSetup {
  let file: NamedFile | null = hostsFile === undefined ? null : { path: hostsFile, hosts: given.hosts.length, problems: [], wrong: null };
  let fileHosts: readonly SetupHost[] | null = given.hosts.length > 0 ? given.hosts : null;
  let typedHosts: readonly SetupHost[] = [];
  let chosen: Chosen = {};
  let lines: ReadonlyMap<string, string> = new Map();

  function setup(): Setup {
    const hosts = withChosen(fileHosts ?? typedHosts, runbook, chosen);
    const base: Setup = { hosts, inputs: given.inputs };
    return askedInputs(runbook, base).reduce((now, { id, input, host }) => {
      const line = lines.get(id);
      if (line === undefined) return now;
      return withAnswer(now, input, host, line.trim() === '' ? undefined : typedAnswer(input, line));
    }, base);
  }

  return {
    setup,
    lines: () => lines,
    file: () => file,
    isAnything: () => lines.size > 0 || typedHosts.length > 0 || Object.keys(chosen).length > 0,
    typeInput(field, line) {
      lines = new Map([...lines, [field, line]]);
    },
    nameFile(named) {
      chosen = {};
      if (named === null) {
        file = null;
        fileHosts = null;
        return;
      }
      const { path, read } = named;
      fileHosts = 'wrong' in read ? null : read.hosts;
      file =
        'wrong' in read
          ? { path, hosts: null, problems: [], wrong: read.wrong }
          : { path, hosts: read.hosts?.length ?? null, problems: read.problems, wrong: null };
    },
    typeHost({ role, line, before }) {
      const others = before === undefined ? typedHosts : withoutRole(typedHosts, before, role);
      const host = typedHost(line, role, { runbook, known: others });
      if (typeof host === 'string') return;
      const at = others.findIndex(({ name }) => name === host.name);
      typedHosts = at === -1 ? [...others, host] : others.with(at, host);
      // Whoever types hosts has given up a file that cannot be used.
      if (fileHosts === null) file = null;
    },
    takeOutHost(role, host) {
      typedHosts = withoutRole(typedHosts, host, role);
    },
    chooseHost(role, name) {
      const having = setup().hosts.flatMap((host) => (host.roles.includes(role) ? [host.name] : []));
      chosen = { ...chosen, [role]: having.includes(name) ? having.filter((each) => each !== name) : [...having, name] };
    },
  };
}
