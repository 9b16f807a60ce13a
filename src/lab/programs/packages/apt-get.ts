import type { Call, Part, Program, Run } from '../../program.ts';
import { err, fail, out } from '../../program.ts';
import { type Machine, machineOf, type World } from '../../world/world.ts';
import { readOptions } from '../options.ts';
import { startUnit } from '../system/units.ts';
import { installedVersion, isBasePackage, type Offer, offerOf, sourceAt } from './catalogue.ts';
import { repositories } from './sources.ts';

const names = {
  valued: ['option', 'target-release'],
  switches: [
    'yes',
    'quiet',
    'allow-downgrades',
    'allow-change-held-packages',
    'no-install-recommends',
    'reinstall',
    'only-upgrade',
    'purge',
    'auto-remove',
    'simulate',
    'assume-yes',
    'fix-missing',
  ],
  short: { y: 'yes', q: 'quiet', o: 'option', t: 'target-release', s: 'simulate' },
} as const;

/** The stand-in for apt-get: update, install, remove, purge, autoremove. */
export const aptGet: Program = function* (call, world) {
  const options = readOptions(call.argv.slice(1), names);
  const [action = '', ...words] = options.words;
  if (options.unknown !== null)
    return yield* fail(
      100,
      `E: Command line option '${options.unknown.replace(/^--?/, '')}' [from ${options.unknown}] is not understood in combination with the other options.`,
    );
  if (!['update', 'install', 'remove', 'purge', 'autoremove', 'upgrade', 'clean'].includes(action))
    return yield* fail(100, action === '' ? 'E: No operation specified' : `E: Invalid operation ${action}`);
  if (call.uid !== 0) {
    const lock = action === 'update' ? '/var/lib/apt/lists/lock' : '/var/lib/dpkg/lock-frontend';
    return yield* fail(
      100,
      `E: Could not open lock file ${lock} - open (13: Permission denied)`,
      action === 'update'
        ? 'E: Unable to lock directory /var/lib/apt/lists/'
        : `E: Unable to acquire the dpkg frontend lock (${lock}), are you root?`,
    );
  }
  const isQuiet = options.has('quiet');
  if (action === 'update') return yield* update(call, isQuiet);
  if (action === 'install') {
    const isYes = options.has('yes') || options.has('assume-yes');
    return yield* install(call, world, words, {
      isYes,
      mayChangeHeld: options.has('allow-change-held-packages'),
      mayDowngrade: options.has('allow-downgrades'),
      isOnlyShown: options.has('simulate'),
    });
  }
  if (action === 'remove' || action === 'purge') return yield* remove(call, world, words, options.has('allow-change-held-packages'));
  yield out(
    'Reading package lists...',
    'Building dependency tree...',
    'Reading state information...',
    '0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.',
  );
  return 0;
};

function* update(call: Call, isQuiet: boolean): Run {
  const sources: string[] = [];
  const errors: string[] = [];
  let number = 0;
  yield { wait: 1200 };
  for (const { url, suite, signedBy } of repositories(call)) {
    number++;
    const shown = url.replace(/\/$/, '');
    const source = sourceAt(url, suite);
    const name = suite === '/' ? shown : `${shown} ${suite}`;
    const space = suite === '/' ? '  ' : ' ';
    if (source === null) {
      yield out(`Ign:${number} ${name}${space}InRelease`, `Err:${number} ${name}${space}Release`, '  404  Not Found');
      errors.push(`E: The repository '${shown} ${suite} Release' does not have a Release file.`);
    } else if (source !== 'distribution' && signedBy !== undefined && !call.exists(signedBy)) {
      yield out(
        `Get:${number} ${name}${space}InRelease [1753 B]`,
        `Err:${number} ${name}${space}InRelease`,
        "  The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 234654DA9A296436",
      );
      errors.push(
        `W: GPG error: ${name}${space}InRelease: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 234654DA9A296436`,
        `E: The repository '${name}${space}InRelease' is not signed.`,
      );
    } else {
      sources.push(source);
      if (!isQuiet)
        yield out(source === 'distribution' ? `Hit:${number} ${name} InRelease` : `Get:${number} ${name}${space}InRelease [1753 B]`);
    }
  }
  yield { change: { type: 'package-lists-read', machine: call.machine, sources } };
  if (!isQuiet) yield out('Reading package lists...');
  if (errors.length > 0) yield err(...errors);
  return errors.some((line) => line.startsWith('E:')) ? 100 : 0;
}

type Rules = { readonly isYes: boolean; readonly mayChangeHeld: boolean; readonly mayDowngrade: boolean; readonly isOnlyShown: boolean };
type Wish = { readonly offer: Offer; readonly version: string; readonly present: string | undefined; readonly isAsked: boolean };

function* install(call: Call, before: World, words: readonly string[], rules: Rules): Run {
  const machine = machineOf(before, call.machine);
  yield out('Reading package lists...', 'Building dependency tree...', 'Reading state information...');
  yield { wait: 400 };
  const wishes = wishesOf(machine, words);
  if (typeof wishes === 'string') return yield* fail(100, wishes);
  for (const { offer, version, present, isAsked } of wishes)
    if (isAsked && present === version) yield out(`${offer.name} is already the newest version (${version}).`);
  const fresh = wishes.filter(({ present }) => present === undefined);
  const changed = wishes.filter(({ present, version }) => present !== undefined && present !== version);
  const held = changed.filter(({ offer }) => machine.packages[offer.name]?.isHeld);
  const older = changed.filter(({ present, version }) => compareVersions(version, present ?? '') < 0);
  const newer = changed.filter((wish) => !older.includes(wish));
  const extra = fresh.filter(({ isAsked }) => !isAsked);
  if (extra.length > 0) yield out('The following additional packages will be installed:', ...nameLines(extra));
  if (fresh.length > 0) yield out('The following NEW packages will be installed:', ...nameLines(fresh));
  if (held.length > 0) yield out('The following held packages will be changed:', ...nameLines(held));
  if (newer.length > 0) yield out('The following packages will be upgraded:', ...nameLines(newer));
  if (older.length > 0) yield out('The following packages will be DOWNGRADED:', ...nameLines(older));
  yield out(
    `${newer.length} upgraded, ${fresh.length} newly installed,${older.length > 0 ? ` ${older.length} downgraded,` : ''} 0 to remove and 0 not upgraded.`,
  );
  const todo = [...fresh, ...changed];
  if (held.length > 0 && !rules.mayChangeHeld)
    return yield* fail(100, 'E: Held packages were changed and -y was used without --allow-change-held-packages.');
  if (older.length > 0 && !rules.mayDowngrade)
    return yield* fail(100, 'E: Packages were downgraded and -y was used without --allow-downgrades.');
  if (todo.length === 0 || rules.isOnlyShown) return 0;
  const size = todo.reduce((sum, { offer }) => sum + offer.kilobytes, 0);
  yield out(
    `Need to get ${sizeText(size)} of archives.`,
    `After this operation, ${sizeText(size * 4)} of additional disk space will be used.`,
  );
  if (!rules.isYes && extra.length > 0) {
    yield { out: 'Do you want to continue? [Y/n] ' };
    // Nobody answers: standard input is at its end.
    if (!/^y?$/i.test(call.stdin().trim()) || call.stdin() === '') {
      yield out('Abort.');
      return 1;
    }
  }
  yield* unpack(call, todo, size);
  return 0;
}

function* unpack(call: Call, todo: readonly Wish[], size: number): Part<void> {
  for (const [i, { offer, version }] of todo.entries()) {
    yield { wait: Math.min(4000, offer.kilobytes / 20) };
    yield out(
      `Get:${i + 1} ${repositoryText(offer)} ${offer.name}${offer.source === 'distribution' ? ' amd64' : ''} ${version} [${sizeText(offer.kilobytes)}]`,
    );
  }
  yield err('debconf: delaying package configuration, since apt-utils is not installed');
  yield out(`Fetched ${sizeText(size)} in 2s (${sizeText(Math.ceil(size / 2))}/s)`);
  for (const { offer, version, present } of todo) {
    if (present === undefined) yield out(`Selecting previously unselected package ${offer.name}.`);
    yield out(
      `Preparing to unpack .../${offer.name}_${version.replaceAll(':', '%3a')}_amd64.deb ...`,
      `Unpacking ${offer.name} (${version})${present === undefined ? '' : ` over (${present})`} ...`,
    );
    yield { wait: 300 };
    for (const [path, content] of Object.entries(offer.files)) if (!call.exists(path)) yield { write: { path, content, mode: 0o644 } };
    for (const [path, program] of Object.entries(offer.programs)) yield { install: { path, program } };
  }
  for (const { offer, version, present } of todo) {
    yield out(`Setting up ${offer.name} (${version}) ...`);
    yield { change: { type: 'package-installed', machine: call.machine, package: offer.name, version } };
    if (present !== undefined) continue;
    for (const unit of offer.units) {
      yield out(`Created symlink /etc/systemd/system/multi-user.target.wants/${unit}.service → /lib/systemd/system/${unit}.service.`);
      yield { change: { type: 'unit-enabled', machine: call.machine, unit, isEnabled: true } };
    }
    for (const unit of offer.starts) yield* startUnit(call, unit);
    if (offer.units.includes('kubelet')) yield { change: { type: 'unit-started', machine: call.machine, unit: 'kubelet', at: call.now() } };
  }
}

/** What is to be had, with what it needs, in the order of names; a text is the error. */
function wishesOf(machine: Machine, words: readonly string[]): readonly Wish[] | string {
  const wishes = new Map<string, Wish>();
  const add = (word: string, isAsked: boolean): string | undefined => {
    const [name = '', wanted] = word.split('=');
    const offer = offerOf(machine, name);
    const present = installedVersion(machine, name);
    if (!offer) return present === undefined ? `E: Unable to locate package ${name}` : undefined;
    const pattern =
      wanted === undefined
        ? undefined
        : new RegExp(
            `^${wanted
              .replace(/[.+^${}()|[\]\\]/g, '\\$&')
              .replaceAll('*', '.*')
              .replaceAll('?', '.')}$`,
          );
    const version = pattern
      ? offer.versions.find((one) => pattern.test(one))
      : present !== undefined && (!isAsked || isBasePackage(name) || machine.packages[name]?.isHeld)
        ? present
        : offer.versions[0];
    if (version === undefined) return `E: Version '${wanted}' for '${name}' was not found`;
    const earlier = wishes.get(name);
    if (!earlier || (isAsked && !earlier.isAsked)) wishes.set(name, { offer, version, present, isAsked });
    for (const dependency of offer.depends) {
      const isNamed = words.some((one) => one.split('=')[0] === dependency);
      const failed = isNamed ? undefined : add(dependency, false);
      if (failed !== undefined) return failed;
    }
    return undefined;
  };
  for (const word of words) {
    const failed = add(word, true);
    if (failed !== undefined) return failed;
  }
  return [...wishes.values()].sort((a, b) => (a.offer.name < b.offer.name ? -1 : 1));
}

function* remove(call: Call, world: World, words: readonly string[], mayChangeHeld: boolean): Run {
  const machine = machineOf(world, call.machine);
  yield out('Reading package lists...', 'Building dependency tree...', 'Reading state information...');
  const gone = words.filter((name) => machine.packages[name]);
  for (const name of words) {
    if (gone.includes(name)) continue;
    if (!offerOf(machine, name)) return yield* fail(100, `E: Unable to locate package ${name}`);
    yield out(`Package '${name}' is not installed, so not removed`);
  }
  if (gone.some((name) => machine.packages[name]?.isHeld) && !mayChangeHeld)
    return yield* fail(100, 'E: Held packages were changed and -y was used without --allow-change-held-packages.');
  if (gone.length > 0) yield out('The following packages will be REMOVED:', `  ${gone.toSorted().join(' ')}`);
  yield out(`0 upgraded, 0 newly installed, ${gone.length} to remove and 0 not upgraded.`);
  for (const name of gone) {
    const offer = offerOf(machine, name);
    yield out(`Removing ${name} (${machine.packages[name]?.version}) ...`);
    for (const unit of offer?.units ?? []) {
      yield { change: { type: 'unit-stopped', machine: call.machine, unit, at: call.now() } };
      yield { change: { type: 'unit-enabled', machine: call.machine, unit, isEnabled: false } };
    }
    for (const path of Object.keys(offer?.programs ?? {})) yield { remove: path };
    yield { change: { type: 'package-removed', machine: call.machine, package: name } };
  }
  return 0;
}

function nameLines(wishes: readonly Wish[]): string[] {
  const lines: string[] = [];
  for (const { offer } of wishes) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + offer.name.length + 1 < 80) lines[lines.length - 1] = `${last} ${offer.name}`;
    else lines.push(`  ${offer.name}`);
  }
  return lines;
}

function repositoryText(offer: Offer): string {
  if (offer.source.startsWith('kubernetes:')) return `https://pkgs.k8s.io/core:/stable:/v${offer.source.slice('kubernetes:'.length)}/deb `;
  return offer.source === 'docker' ? 'https://download.docker.com/linux stable' : 'http://mirror.example stable/main';
}

const sizeText = (kilobytes: number): string =>
  kilobytes < 10_000 ? `${Number(kilobytes.toPrecision(4))} kB` : `${Number((kilobytes / 1000).toPrecision(3))} MB`;

/** Below 0 where the first is the older one; by their numbers, as far as these packages need it. */
function compareVersions(a: string, b: string): number {
  const parts = (version: string): number[] => (version.match(/\d+/g) ?? []).map(Number);
  const [first, second] = [parts(a), parts(b)];
  for (let i = 0; i < Math.max(first.length, second.length); i++) {
    const difference = (first[i] ?? 0) - (second[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
