// Sets everything up, then does one task: `node scripts/run.mjs start|test|build|check|torture|bench|keys [ARGUMENT...]`.
// Plain JavaScript that Node 18 reads: on a machine with an older system Node it installs the pinned one and starts again on it.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const [task = 'start', ...args] = process.argv.slice(2);
const oldestNode = 22;

const isModern = (version) => Number.parseInt(version, 10) >= oldestNode;

function say(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${text}`);
  else if (text !== '') process.stderr.write(`${text}\n`);
}

function fail(text) {
  say('');
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

/** Runs the npm that started us, on the Node that started it: `npm ci` replaces node_modules/.bin/node under a running program. */
function npm(...words) {
  const { npm_node_execpath: node = process.execPath, npm_execpath: cli } = process.env;
  const [file, first] = cli ? [node, [cli]] : ['npm', []];
  const { status, stderr, error } = spawnSync(file, [...first, ...words, '--loglevel=error'], { cwd: root, encoding: 'utf8' });
  if (status !== 0)
    fail(`${stderr ?? error}\nhandrail: "npm ${words.join(' ')}" failed; the reason stands above. Mend it, then try again.`);
}

/** Held while packages are installed, so that two starts at the same time do not undo each other's work. */
function withLock(work) {
  const lock = join(root, '.setup-lock');
  const until = Date.now() + 5 * 60_000;
  const isStale = () => {
    try {
      process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0);
      return false;
    } catch (error) {
      if (error.code === 'EPERM') return false;
      // No pid yet: the other has only just begun.
      return error.code === 'ESRCH' || Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0) > 5000;
    }
  };
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (isStale()) rmSync(lock, { recursive: true, force: true });
      else if (Date.now() > until)
        fail(`handrail: another set-up has held ${lock} for five minutes. If none runs, remove that folder and try again.`);
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
  try {
    writeFileSync(join(lock, 'pid'), String(process.pid));
    work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** Installs what the lock file says, unless a stamp tells that it is there. A hash, not a time: a checkout makes times lie. */
function install() {
  const stamp = join(modules, '.handrail-stamp');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const wanted = `${lock} ${process.platform}-${process.arch}`;
  const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (isInstalled()) return;
  withLock(() => {
    if (isInstalled()) return;
    say('handrail: installing packages (once; under a minute)');
    npm('ci');
    writeFileSync(stamp, wanted);
  });
}

/** The pinned Node's binary. Where install scripts are off, the package `node` is an empty shell: then what it would have fetched is fetched here. */
function pinnedNode() {
  const runs = (file) => existsSync(file) && isModern(spawnSync(file, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout ?? '');
  const linked = join(modules, '.bin', 'node');
  if (runs(linked)) return linked;
  const { node: version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies;
  const name = `node${process.platform === 'darwin' && process.arch === 'arm64' ? '-bin' : ''}-${process.platform}-${process.arch}`;
  const own = join(modules, '.node');
  const file = join(own, 'node_modules', name, 'bin', 'node');
  if (!existsSync(file)) {
    withLock(() => {
      if (existsSync(file)) return;
      say('handrail: fetching Node (once)');
      mkdirSync(own, { recursive: true });
      npm('install', '--no-save', '--no-package-lock', '--prefix', own, `${name}@${version}`);
    });
  }
  if (!runs(file))
    fail(
      `handrail needs Node ${oldestNode} or later. This is ${process.version}, and ${name} does not run here. Install Node ${oldestNode} or later, then try again.`,
    );
  return file;
}

/** Starts this script again on another Node and ends as it ends. */
function restartOn(node) {
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
  const child = spawn(node, [fileURLToPath(import.meta.url), task, ...args], { stdio: 'inherit', env });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // The terminal sends these to the child as well.
  for (const signal of ['SIGINT', 'SIGQUIT']) process.on(signal, () => {});
  child.on('exit', (code, signal) => process.exit(code ?? { SIGINT: 130, SIGQUIT: 131, SIGTERM: 143, SIGHUP: 129 }[signal] ?? 1));
}

install();
if (isModern(process.versions.node)) {
  const { tasks } = await import('./tasks.mjs');
  if (!Object.hasOwn(tasks, task)) fail(`handrail: no task "${task}". There are: ${Object.keys(tasks).join(', ')}.`);
  await tasks[task]({ root, args, say, fail });
} else restartOn(pinnedNode());
