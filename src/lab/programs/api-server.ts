import { releaseOf } from './release.ts';

const hooks = [
  'ping',
  'log',
  'etcd',
  'etcd-readiness',
  'informer-sync',
  'poststarthook/start-apiserver-admission-initializer',
  'poststarthook/generic-apiserver-start-informers',
  'poststarthook/priority-and-fairness-config-consumer',
  'poststarthook/start-apiextensions-informers',
  'poststarthook/crd-informer-synced',
  'poststarthook/rbac/bootstrap-roles',
  'poststarthook/bootstrap-controller',
  'poststarthook/kube-apiserver-autoregistration',
  'autoregister-completion',
  'shutdown',
];

/** What an API server answers at /healthz, /livez and /readyz; undefined where it has no such path: /livez and /readyz came with 1.16. */
export function healthText(path: string, options: { readonly isVerbose: boolean; readonly version: string }): string | undefined {
  const { minor } = releaseOf(options.version);
  const name = path.replace(/^\//, '');
  if (!['healthz', 'livez', 'readyz'].includes(name) || (name !== 'healthz' && minor < 16)) return undefined;
  if (!options.isVerbose) return 'ok';
  return `${hooks.map((hook) => `[+]${hook} ok\n`).join('')}${name} check passed\n`;
}

/** What an API server answers at /version. */
export function versionJson(version: string): string {
  const { minor } = releaseOf(version);
  const emulation =
    minor >= 33
      ? { emulationMajor: '1', emulationMinor: String(minor), minCompatibilityMajor: '1', minCompatibilityMinor: String(minor - 1) }
      : {};
  return JSON.stringify(
    {
      major: '1',
      minor: String(minor),
      ...emulation,
      gitVersion: `v${version}`,
      gitCommit: '98b35193b2ac7a23a673325f5e9b830ecd5ba406',
      gitTreeState: 'clean',
      buildDate: '2026-11-20T00:00:00Z',
      goVersion: 'go1.26.11',
      compiler: 'gc',
      platform: 'linux/amd64',
    },
    null,
    2,
  );
}
