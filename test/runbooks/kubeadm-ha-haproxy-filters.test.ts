import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleSetup } from '../../src/plan/example-setup.ts';
import { planStep } from '../../src/plan/plan-step.ts';
import { readRunbook } from '../../src/runbook/read-runbook.ts';

const text = readFileSync(new URL('../../runbooks/kubeadm-ha-haproxy.md', import.meta.url), 'utf8');
let folder = '';

/** Programs that the filters ask, as a machine would have them. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'handrail-filters-'));
  program('kubeadm', 'printf "%s\\n" registry.example.com/kube-proxy:v1.36.2 registry.example.com/pause:3.10.2');
  program('containerd', `cat <<'TOML'\n${defaultOfVersion1}TOML`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, body: string): void {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
}

/** What the edit of a step makes of a file on the first control plane. */
function edited(step: string, present: string): string {
  const { runbook } = readRunbook('kubeadm-ha-haproxy.md', text);
  const setup = runbook && exampleSetup(runbook);
  if (!setup) throw new Error('the runbook has no example');
  const part = planStep(runbook, setup, step).hosts[0]?.parts.find(({ kind }) => kind === 'edit');
  if (part?.kind !== 'edit') throw new Error(`${step} has no edit`);
  // A bash that is given a socket as its input takes itself for a remote shell and reads bashrc.
  const ran = spawnSync('bash', ['--norc', '-euo', 'pipefail', '-c', part.filter.text], {
    input: present,
    encoding: 'utf8',
    env: { PATH: `${folder}:/usr/bin:/bin`, LC_ALL: 'C' },
  });
  expect(ran.stderr).toBe('');
  expect(ran.status).toBe(0);
  return ran.stdout;
}

const defaultOfVersion1 = `disabled_plugins = []
version = 2

[plugins]
  [plugins."io.containerd.grpc.v1.cri"]
    sandbox_image = "registry.k8s.io/pause:3.6"
    [plugins."io.containerd.grpc.v1.cri".containerd]
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes]
        [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
          runtime_type = "io.containerd.runc.v2"
          sandbox_mode = "podsandbox"
          [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
            BinaryName = ""
            SystemdCgroup = false
        [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.other.options]
            SystemdCgroup = false
`;
const expectedOfVersion1 = `disabled_plugins = []
version = 2

[plugins]
  [plugins."io.containerd.grpc.v1.cri"]
    sandbox_image = "registry.example.com/pause:3.10.2"
    [plugins."io.containerd.grpc.v1.cri".containerd]
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes]
        [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
          runtime_type = "io.containerd.runc.v2"
          sandbox_mode = "podsandbox"
          [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
            SystemdCgroup = true
            BinaryName = ""
        [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.other.options]
            SystemdCgroup = false
`;

describe('the edit of containerd’s file', () => {
  it('begins with the default of containerd where there is no file', () => {
    expect(edited('containerd-config', '')).toBe(expectedOfVersion1);
  });

  it('begins with the default too where Docker’s package has switched off the plugin for Kubernetes', () => {
    expect(edited('containerd-config', 'disabled_plugins = ["cri"]\n\n#[debug]\n#  level = "info"\n')).toBe(expectedOfVersion1);
  });

  it('changes only the group manager of runc and the pause image in a file that is there', () => {
    expect(edited('containerd-config', `# mine\n${defaultOfVersion1}`)).toBe(`# mine\n${expectedOfVersion1}`);
  });

  it('switches the plugin on in a file that has settings for it', () => {
    expect(edited('containerd-config', defaultOfVersion1.replace('= []', '= ["cri"]'))).toBe(expectedOfVersion1);
  });

  it('adds the line that the default of 2.0 leaves out, and sets the pause image at its new place', () => {
    const present = `version = 3

[plugins.'io.containerd.cri.v1.images'.pinned_images]
  sandbox = 'registry.k8s.io/pause:3.10'

[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
  sandboxer = 'podsandbox'
  [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
    BinaryName = ''
`;
    const expected = present
      .replace("sandbox = 'registry.k8s.io/pause:3.10'", 'sandbox = "registry.example.com/pause:3.10.2"')
      .replace('runc.options]\n', 'runc.options]\n            SystemdCgroup = true\n');
    expect(edited('containerd-config', present)).toBe(expected);
  });

  it('changes nothing the second time', () => {
    expect(edited('containerd-config', expectedOfVersion1)).toBe(expectedOfVersion1);
  });
});

describe('the edit of /etc/fstab', () => {
  const present =
    'UUID=1f / ext4 errors=remount-ro 0 1\n/swap.img\tnone\tswap\tsw\t0\t0\n#/dev/sdb none swap sw 0 0\n/dev/sdc /swap ext4 defaults 0 2\n';
  const expected = present.replace('/swap.img', '#/swap.img');

  it('keeps the swap lines as comments and everything else as it is', () => {
    expect(edited('swap', present)).toBe(expected);
    expect(edited('swap', expected)).toBe(expected);
  });

  it('makes nothing of nothing', () => {
    expect(edited('swap', '')).toBe('');
  });
});
