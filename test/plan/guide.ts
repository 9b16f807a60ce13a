import type { Known } from '../../src/plan/known.ts';
import type { CapturedValue, Setup } from '../../src/plan/plan.ts';
import { readRunbook } from '../../src/runbook/read-runbook.ts';
import type { Runbook, SetupHost } from '../../src/runbook/runbook.ts';

/** A runbook from its Markdown; what is wrong with it fails the test that wrote it. */
export function guide(text: string): Runbook {
  const { runbook, problems } = readRunbook('guide.md', text);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (runbook === null || errors.length > 0) throw new Error(errors.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return runbook;
}

/** A runbook with these data (YAML) and these sections. */
export function guideWith(data: string, sections: string): Runbook {
  return guide(`# A guide\n\n\`\`\`yaml runbook\nhandrail: 1\n${data}\n\`\`\`\n\n## Phase one\n\n${sections}\n`);
}

/** A section with one step. */
export function section(id: string, options: string, body: string, more = '', language = 'bash'): string {
  const lines = options === '' ? '' : `${options.trim().replace(/^/gm, '#| ')}\n`;
  return `### Do ${id}\n\n\`\`\`${language} step=${id}\n${lines}${body}\n\`\`\`\n${more}\n`;
}

export function fence(info: string, body: string): string {
  return `\`\`\`${info}\n${body}\n\`\`\`\n`;
}

export function setupHost(name: string, roles: readonly string[], more: Partial<SetupHost> = {}): SetupHost {
  return { name, address: `192.0.2.${name.replace(/\D/g, '') || '9'}`, roles, values: {}, ...more };
}

export function setup(hosts: readonly SetupHost[], inputs: Setup['inputs'] = {}): Setup {
  return { hosts, inputs };
}

/** Three control planes, of which the second is an etcd member too, and one worker. */
export const cluster: readonly SetupHost[] = [
  setupHost('cp1', ['control_plane']),
  setupHost('cp2', ['control_plane', 'etcd']),
  setupHost('w3', ['worker']),
  setupHost('cp4', ['control_plane']),
];

export const clusterRoles = 'roles:\n  control_plane: { min: 1 }\n  etcd: { min: 0 }\n  worker: { min: 0 }\n  load_balancer: { min: 0 }';

export function knowing(more: Partial<Known>): Known {
  return { values: [], facts: {}, users: {}, ended: [], ...more };
}

export function captured(name: string, host: string, fields: CapturedValue['fields'], more: Partial<CapturedValue> = {}): CapturedValue {
  return { name, step: 'init', host, fields, secretFields: [], expires: {}, isAbsent: false, ...more };
}
