// Bundles src/cli.ts to dist/cli.js: one file for each part that is loaded only when it is needed.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const newest = (path) => {
  const entry = statSync(path);
  return entry.isDirectory() ? Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name)))) : entry.mtimeMs;
};

/** True where dist is older than what it is made of. */
function isStale(root) {
  const stamp = join(root, 'dist', '.stamp');
  if (!existsSync(stamp)) return true;
  const made = statSync(stamp).mtimeMs;
  return ['src', 'scripts', 'package-lock.json'].some((name) => newest(join(root, name)) > made);
}

/** Native parts that ssh2 does without; it catches what a missing one throws. */
const noNativeParts = {
  name: 'no-native-parts',
  setup(build) {
    build.onResolve({ filter: /\.node$|^cpu-features$/ }, ({ path }) => ({ path, namespace: 'absent' }));
    build.onLoad({ filter: /.*/, namespace: 'absent' }, ({ path }) => ({
      contents: `throw new Error(${JSON.stringify(`${path} is not bundled`)})`,
    }));
  },
};

/** Packages written as CommonJS want these three names, also in an ES module. */
const commonJsNames =
  "import{createRequire as handrailRequire}from'node:module';const require=handrailRequire(import.meta.url),__filename=import.meta.filename,__dirname=import.meta.dirname;";

/** Builds dist unless it is up to date. A new folder is renamed into place, so that a build that fails leaves the old one. */
export async function buildDist(root, { say = () => {}, isForced = false } = {}) {
  if (!isForced && !isStale(root)) return;
  say('handrail: building');
  const { build } = await import('esbuild');
  const started = new Date();
  mkdirSync(join(root, '.build'), { recursive: true });
  const made = mkdtempSync(join(root, '.build', 'dist-'));
  const common = {
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    minify: true,
    // An uncaught error in a minified file prints its whole line.
    lineLimit: 200,
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
    banner: { js: commonJsNames },
    plugins: [noNativeParts],
    outdir: made,
  };
  await build({
    ...common,
    entryPoints: { cli: join(root, 'src/cli.ts') },
    splitting: true,
    banner: { js: `#!/usr/bin/env node\n${commonJsNames}` },
  });
  await build({ ...common, entryPoints: { shim: join(root, 'src/lab/shim.ts') } });
  chmodSync(join(made, 'cli.js'), 0o755);
  writeFileSync(join(made, '.stamp'), started.toISOString());
  utimesSync(join(made, '.stamp'), started, started);
  const dist = join(root, 'dist');
  const old = join(root, '.build', `old-${process.pid}`);
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(made, dist);
  rmSync(old, { recursive: true, force: true });
}
