import { fileURLToPath } from 'node:url';
import type { Contender } from './interleave.ts';
import { runProcess } from './processes.ts';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const node = process.execPath;

/** Whole processes against the smallest that Node can do. */
export const startUp: readonly Contender[] = [
  { name: 'node -e 0', run: () => runProcess(node, ['-e', '0']) },
  { name: 'handrail --version', goal: 1.3, run: () => runProcess(node, [cli, '--version']) },
  {
    name: 'handrail plan kubeadm-ha-haproxy --example',
    goal: 6,
    run: () => runProcess(node, [cli, 'plan', 'kubeadm-ha-haproxy', '--example']),
  },
  { name: 'handrail lint kubeadm-ha-haproxy', run: () => runProcess(node, [cli, 'lint', 'kubeadm-ha-haproxy']) },
];
