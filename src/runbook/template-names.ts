import type { Block } from './template-blocks.ts';
import type { Filtered, Operand, Test } from './template-expression.ts';
import { filterNames } from './template-filters.ts';

/** A name that a template or condition takes. Whether it exists is for the reader of the runbook to say. */
export type NameUsed = {
  /** As written: `join.token`, `h.values.uuid`. */
  readonly name: string;
  /** Offset in the template. */
  readonly at: number;
  /** An input or captured value; one of another host (`h.values.uuid`); the host at hand; a role's hosts. */
  readonly takes: 'value' | 'value-of-host' | 'host' | 'role';
  /** The input, captured value or role; for `host` its field. */
  readonly root: string;
  /** What is taken of it: `['token']`. */
  readonly fields: readonly string[];
  /** It stands alone in an `if`, which only asks whether it is there. */
  readonly onlyAsks: boolean;
};
export type NameFault = { readonly message: string; readonly advice: string; readonly at: number };
export type NamesFound = { readonly names: readonly NameUsed[]; readonly faults: readonly NameFault[] };

/** What a name of the template's own stands for: a host, hosts, the elements of a captured list, or anything else. */
type Local = { readonly is: 'host' | 'hosts' | 'any' } | { readonly is: 'alias'; readonly path: readonly (string | number)[] };
type Locals = ReadonlyMap<string, Local>;

/** Finds all names that a template takes, in its order. */
export function namesIn(blocks: readonly Block[]): NamesFound {
  const finder = new NameFinder();
  finder.blocks(blocks, new Map());
  return finder;
}

/** Finds all names that a condition takes. */
export function namesInTest(test: Test): NamesFound {
  const finder = new NameFinder();
  finder.test(test, 0, new Map());
  return finder;
}

const hostFields = ['name', 'address', 'user', 'roles', 'index', 'facts', 'values'];
const factNames = ['os', 'family', 'release', 'arch', 'hostname', 'interface', 'memory', 'cores'];
const listFields = ['size', 'first', 'last'];
const keepsHosts = ['where', 'reject', 'sort', 'sort_natural', 'uniq', 'reverse', 'concat', 'compact', 'slice'];

class NameFinder implements NamesFound {
  readonly names: NameUsed[] = [];
  readonly faults: NameFault[] = [];

  blocks(blocks: readonly Block[], locals: Map<string, Local>): void {
    for (const block of blocks) this.#block(block, locals);
  }

  test(test: Test, from: number, locals: Locals): void {
    const isBare = test.filters.length === 0;
    for (const { left, operator, right } of test.comparisons) {
      this.#operand(left, from, locals, { onlyAsks: isBare && operator === undefined });
      if (right !== undefined) this.#operand(right, from, locals);
    }
    this.#filters(test.filters, from, locals);
    if (test.filters.length > 0 && (test.comparisons.length > 1 || test.comparisons[0]?.operator !== undefined)) {
      this.#fault('a filtered value stands alone in a condition', 'Write one filtered value, or comparisons without filters.', from);
    }
    if (new Set(test.joins).size > 1) this.#fault('`and` and `or` are mixed', 'Join comparisons by `and` only, or by `or` only.', from);
  }

  #block(block: Block, locals: Map<string, Local>): void {
    switch (block.is) {
      case 'text':
      case 'break':
      case 'continue':
        return;
      case 'output':
        this.#filtered(block.value, block.from, locals);
        return;
      case 'assign':
        this.#filtered(block.value, block.from, locals);
        locals.set(block.variable, assigned(block.value, locals));
        return;
      case 'if':
        for (const branch of block.branches) {
          if (branch.test !== undefined) this.test(branch.test, branch.from, locals);
          this.blocks(branch.body, locals);
        }
        return;
      case 'case':
        this.#filtered(block.value, block.from, locals);
        for (const when of block.whens) {
          for (const value of when.values) this.#operand(value, when.from, locals);
          this.blocks(when.body, locals);
        }
        this.blocks(block.otherwise, locals);
        return;
      case 'for': {
        for (const operand of [block.list, block.limit, block.offset])
          if (operand !== undefined) this.#operand(operand, block.from, locals);
        const inner = new Map(locals).set(block.variable, elementOf(block.list, locals)).set('forloop', { is: 'any' });
        this.blocks(block.body, inner);
        this.blocks(block.otherwise, locals);
        return;
      }
      default:
        block satisfies never;
    }
  }

  #filtered(value: Filtered, from: number, locals: Locals): void {
    const isWhole = value.filters.length === 0;
    this.#operand(value.operand, from, locals, { isWritten: isWhole });
    this.#filters(value.filters, from, locals);
  }

  #filters(filters: Filtered['filters'], from: number, locals: Locals): void {
    for (const filter of filters) {
      if (!filterNames.includes(filter.name)) {
        this.#fault(`\`${filter.name}\` is no filter of a runbook`, `The filters are ${filterNames.join(', ')}.`, from + filter.at);
      }
      for (const arg of filter.args) this.#operand(arg, from, locals);
    }
  }

  #operand(operand: Operand, from: number, locals: Locals, how: { readonly onlyAsks?: boolean; readonly isWritten?: boolean } = {}): void {
    if (operand.is === 'range') {
      this.#operand(operand.from, from, locals);
      this.#operand(operand.to, from, locals);
    }
    if (operand.is === 'path') this.#path(operand.path, { text: operand.text, at: from + operand.at, ...how }, locals);
  }

  #path(path: readonly (string | number)[], use: Use, locals: Locals): void {
    const [root = '', ...fields] = path;
    const local = locals.get(String(root));
    if (local?.is === 'alias') this.#path([...local.path, ...fields], use, new Map());
    else if (local?.is === 'host') this.#host(fields, use, { isAtHand: false });
    else if (local?.is === 'hosts') this.#hosts(fields, use);
    else if (local?.is === 'any') return;
    else if (root === 'host') this.#host(fields, use, { isAtHand: true });
    else if (root === 'hosts') this.#role(fields, use);
    else this.#add('value', String(root), fields, use);
  }

  #role(fields: readonly (string | number)[], use: Use): void {
    const [role, ...rest] = fields;
    if (typeof role !== 'string') {
      this.#fault('`hosts` stands alone', 'Write the role, as in `hosts.worker`, or `hosts.all`.', use.at);
      return;
    }
    this.#add('role', role, rest, use);
    this.#hosts(rest, use);
  }

  #hosts(fields: readonly (string | number)[], use: Use): void {
    const [field, ...rest] = fields;
    if (field === undefined) {
      if (use.isWritten)
        this.#fault(`\`${use.text}\` is a list of hosts`, 'Write one field of each: `hosts.worker | map: "address"`.', use.at);
    } else if (field === 'first' || field === 'last' || typeof field === 'number') this.#host(rest, use, { isAtHand: false });
    else if (field !== 'size')
      this.#fault(`hosts of a role have no \`${field}\``, `Take ${listFields.join(', ')}, or loop over them.`, use.at);
  }

  #host(fields: readonly (string | number)[], use: Use, { isAtHand }: { readonly isAtHand: boolean }): void {
    const [field, next] = fields;
    if (isAtHand) this.#add('host', String(field ?? ''), fields.slice(1), use);
    if (field === undefined) {
      if (use.isWritten) this.#fault(`\`${use.text}\` is a host`, `Write one of its fields: ${hostFields.join(', ')}.`, use.at);
    } else if (!hostFields.includes(String(field))) {
      this.#fault(`a host has no \`${field}\``, `It has ${hostFields.join(', ')}.`, use.at);
    } else if (field === 'facts' && !factNames.includes(String(next))) {
      this.#fault(`a host has no fact \`${next ?? ''}\``, `The facts are ${factNames.join(', ')}.`, use.at);
    } else if (field === 'values') {
      if (typeof next === 'string') this.#add('value-of-host', next, fields.slice(2), use);
      else this.#fault('`values` stands alone', 'Write the value, as in `h.values.uuid`.', use.at);
    }
  }

  #add(takes: NameUsed['takes'], root: string, fields: readonly (string | number)[], use: Use): void {
    const { text: name, at, onlyAsks = false } = use;
    this.names.push({ name, at, takes, root, fields: fields.map(String), onlyAsks });
  }

  #fault(message: string, advice: string, at: number): void {
    this.faults.push({ message, advice, at });
  }
}

type Use = { readonly text: string; readonly at: number; readonly onlyAsks?: boolean; readonly isWritten?: boolean };

function kindOf(operand: Operand, locals: Locals): 'host' | 'hosts' | 'other' {
  if (operand.is !== 'path') return 'other';
  const [root, ...fields] = operand.path;
  const local = locals.get(String(root));
  const isHosts = local?.is === 'hosts' || (local === undefined && root === 'hosts');
  const rest = local === undefined && root === 'hosts' ? fields.slice(1) : fields;
  if (isHosts && rest.length === 0) return 'hosts';
  const isHost = local?.is === 'host' || (local === undefined && root === 'host');
  if (isHost && fields.length === 0) return 'host';
  const [field] = rest;
  return isHosts && rest.length === 1 && (field === 'first' || field === 'last' || typeof field === 'number') ? 'host' : 'other';
}

function elementOf(list: Operand, locals: Locals): Local {
  return { is: kindOf(list, locals) === 'hosts' ? 'host' : 'any' };
}

function assigned({ operand, filters }: Filtered, locals: Locals): Local {
  const kind = kindOf(operand, locals);
  if (filters.length === 0 && operand.is === 'path' && kind === 'other') {
    const [root, ...fields] = operand.path;
    const local = locals.get(String(root));
    if (local === undefined) return { is: 'alias', path: operand.path };
    return local.is === 'alias' ? { is: 'alias', path: [...local.path, ...fields] } : { is: 'any' };
  }
  const last = filters.at(-1)?.name;
  if (kind === 'other') return { is: 'any' };
  if (filters.every((filter) => keepsHosts.includes(filter.name))) return { is: kind };
  const isOne =
    (last === 'first' || last === 'last' || last === 'find') && filters.slice(0, -1).every((filter) => keepsHosts.includes(filter.name));
  return { is: kind === 'hosts' && isOne ? 'host' : 'any' };
}
