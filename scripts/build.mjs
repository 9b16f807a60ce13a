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
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { fastInk } from './fast-ink.mjs';

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

/** Ink asks for it only in React's development build. */
const noDevtools = {
  name: 'no-devtools',
  setup(build) {
    build.onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: 'no-devtools' }));
    build.onLoad({ filter: /.*/, namespace: 'no-devtools' }, () => ({ contents: 'export default {}' }));
  },
};

/**
 * Node's own modules are loaded when a name of theirs is first used. An `import` of one loads it at the start of the program and reads
 * all its names, which loads still more: `node:crypto` and `node:fs` together take a third of the time of `node -e 0`.
 */
const lateBuiltins = {
  name: 'late-builtins',
  setup(build) {
    build.onResolve({ filter: /^(node:)?[a-z_/]+$/ }, ({ path, kind }) => {
      const name = path.replace('node:', '');
      return kind === 'import-statement' && isBuiltin(path) && canBeLate(name)
        ? { path: name, namespace: 'late', sideEffects: false }
        : null;
    });
    // Its names are at hand, but an import of it reads them all, and with them makes the streams of standard input, output and error.
    build.onResolve({ filter: /^(node:)?process$/ }, ({ kind }) =>
      kind === 'import-statement' ? { path: 'process', namespace: 'at-hand' } : null,
    );
    build.onLoad({ filter: /.*/, namespace: 'at-hand' }, () => ({ contents: 'module.exports=process' }));
    build.onLoad({ filter: /.*/, namespace: 'late' }, ({ path }) => {
      const names = Object.keys(process.getBuiltinModule(path)).map((name) => JSON.stringify(name));
      const getters = names.map((name) => `get ${name}(){return load()[${name}]}`);
      return {
        contents: `let loaded;const load=()=>loaded??=process.getBuiltinModule(${JSON.stringify(path)});module.exports={${getters}}`,
      };
    });
  },
};
/** A module that is itself a function (`assert`, `events`) or an object of a class (`process`) is more than its names. */
function canBeLate(name) {
  return !atHand.has(name) && Object.getPrototypeOf(process.getBuiltinModule(name)) === Object.prototype;
}
/** What Node has loaded by itself; a few names. */
const atHand = new Set(['module', 'path', 'url']);

/** Packages that bring an ES module too, which is loaded faster than their functions round CommonJS modules. */
const asModules = (root) => ({
  yaml: join(root, 'node_modules/yaml/browser/dist/index.js'),
  liquidjs: join(root, 'node_modules/liquidjs/dist/liquid.node.mjs'),
});

/** Packages written as CommonJS want these three names, also in an ES module. All that is left for them to require is Node's own. */
const commonJsNames = 'const require=name=>process.getBuiltinModule(name),__filename=import.meta.filename,__dirname=import.meta.dirname;';

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
    define: {
      'process.env.NODE_ENV': '"production"',
      'process.env.DEV': '"false"',
      'process.env.HANDRAIL_BUILD': JSON.stringify(started.toISOString()),
    },
    banner: { js: commonJsNames },
    plugins: [noNativeParts, noDevtools, lateBuiltins],
    alias: asModules(root),
    outdir: made,
  };
  await build({
    ...common,
    entryPoints: { cli: join(root, 'src/cli.ts') },
    plugins: [...common.plugins, fastInk()],
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
  // What the old files left is of no use, and would pile up.
  for (const name of ['compile-cache', 'runbook-cache']) rmSync(join(root, '.build', name), { recursive: true, force: true });
}
