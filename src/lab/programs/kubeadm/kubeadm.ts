import type { Call, Program, Run } from '../../program.ts';
import { err, out } from '../../program.ts';
import { machineOf, type World } from '../../world/world.ts';
import { readOptions } from '../options.ts';
import { hex } from '../random-text.ts';
import { imagesOf, releaseOf } from '../release.ts';
import { adminConnection } from './admin-connection.ts';
import { checkExpiration } from './certs.ts';
import { endInError, kubeadmMinor, kubeadmVersion, unknownFlag } from './ending.ts';
import { init } from './init.ts';
import { join } from './join.ts';
import { initFlags, initSettings } from './read-settings.ts';
import { reset } from './reset.ts';
import { token } from './token.ts';
import { uploadCertificates } from './upload-certs.ts';

/** The stand-in for kubeadm. */
export const kubeadm: Program = function* (call, world) {
  const [, action = '', ...args] = call.argv;
  const minor = kubeadmMinor(call, world);
  if (action === 'init') return yield* args[0] === 'phase' ? initPhase(call, world, args.slice(1)) : init(call, world, args);
  if (action === 'join') return yield* join(call, world, args);
  if (action === 'reset') return yield* reset(call, world, args);
  if (action === 'token') return yield* token(call, world, args);
  if (action === 'version') return yield* version(call, world, args);
  if (action === 'config') return yield* config(call, world, args);
  if (action === 'certs' || (action === 'alpha' && args[0] === 'certs'))
    return yield* certs(call, world, action === 'alpha' ? args.slice(1) : args);
  return yield* endInError(
    minor,
    action === '' ? 'a command is needed, such as init, join, reset, token or config' : `unknown command "${action}" for "kubeadm"`,
  );
};

function* initPhase(call: Call, world: World, [phase = '', ...args]: readonly string[]): Run {
  const minor = kubeadmMinor(call, world);
  if (phase !== 'upload-certs') return yield* endInError(minor, `the practice lab does not simulate the phase "${phase}" alone`);
  const options = readOptions(args, {
    valued: ['certificate-key', 'config', 'kubeconfig', 'cert-dir', 'v'],
    switches: ['upload-certs', 'experimental-upload-certs', 'skip-certificate-key-print', 'dry-run'],
    short: { v: 'v' },
  });
  if (options.unknown !== null) return yield* endInError(minor, unknownFlag(options.unknown));
  if (!options.has('upload-certs') && !options.has('experimental-upload-certs')) {
    yield out('[upload-certs] Skipping phase. Please see --upload-certs');
    return 0;
  }
  const connection = adminConnection(call, world, options.value('kubeconfig'));
  if (typeof connection === 'string') return yield* endInError(minor, `error execution phase upload-certs: ${connection}`);
  const key = options.value('certificate-key') ?? hex(call, 64);
  if (!/^[0-9a-f]{64}$/.test(key))
    return yield* endInError(minor, `certificateKey: Invalid value: "${key}": the certificate key is invalid`);
  yield { wait: 300 };
  yield* uploadCertificates(call, connection.cluster.id, key, { isQuiet: options.has('skip-certificate-key-print') });
  return 0;
}

function* version(call: Call, world: World, args: readonly string[]): Run {
  const installed = kubeadmVersion(machineOf(world, call.machine));
  const { minor } = releaseOf(installed);
  const format = readOptions(args, { valued: ['output', 'v'], switches: [], short: { o: 'output' } }).value('output');
  const info = {
    major: '1',
    minor: String(minor),
    gitVersion: `v${installed}`,
    gitCommit: '98b35193b2ac7a23a673325f5e9b830ecd5ba406',
    gitTreeState: 'clean',
  };
  const rest = { buildDate: '2026-11-20T00:00:00Z', goVersion: 'go1.26.11', compiler: 'gc', platform: 'linux/amd64' };
  if (format === 'short') yield out(info.gitVersion);
  else if (format === 'json') yield out(JSON.stringify({ clientVersion: { ...info, ...rest } }, null, 2));
  else if (format === 'yaml')
    yield out(
      'clientVersion:',
      ...Object.entries({ ...info, ...rest })
        .sort()
        .map(([name, value]) => `  ${name}: ${/^\d+$/.test(value) ? `"${value}"` : value}`),
    );
  else if (format !== undefined) return yield* endInError(minor, `invalid output format: ${format}`);
  else {
    const emulation = minor >= 34 ? ', EmulationMajor:"", EmulationMinor:"", MinCompatibilityMajor:"", MinCompatibilityMinor:""' : '';
    yield out(
      `kubeadm version: &version.Info{Major:"1", Minor:"${minor}"${emulation}, GitVersion:"${info.gitVersion}", GitCommit:"${info.gitCommit}", GitTreeState:"clean", BuildDate:"${rest.buildDate}", GoVersion:"${rest.goVersion}", Compiler:"gc", Platform:"linux/amd64"}`,
    );
  }
  return 0;
}

function* config(call: Call, world: World, [subject = '', action = '', ...args]: readonly string[]): Run {
  const machine = machineOf(world, call.machine);
  const minor = kubeadmMinor(call, world);
  if (subject === 'images' && (action === 'list' || action === 'pull')) {
    const options = readOptions(args, initFlags);
    if (options.unknown !== null) return yield* endInError(minor, unknownFlag(options.unknown));
    const { settings, error, warnings } = initSettings(call, machine, kubeadmVersion(machine), options);
    if (warnings.length > 0) yield err(...warnings);
    if (!settings) return yield* endInError(minor, error ?? '');
    const images = imagesOf(settings.version, settings.imageRepository);
    for (const image of images) {
      if (action === 'pull' && !machine.images.includes(image)) yield { wait: 3000 };
      yield out(action === 'list' ? image : `[config/images] Pulled ${image}`);
    }
    if (action === 'pull') yield { change: { type: 'images-pulled', machine: call.machine, images } };
    return 0;
  }
  if (subject === 'validate') {
    const options = readOptions([action, ...args], initFlags);
    const { settings, error, warnings } = initSettings(call, machine, kubeadmVersion(machine), options);
    if (warnings.length > 0) yield err(...warnings);
    if (!settings) return yield* endInError(minor, error ?? '');
    yield out('ok');
    return 0;
  }
  return yield* endInError(minor, `the practice lab does not simulate "kubeadm config ${subject} ${action}"`);
}

function* certs(call: Call, world: World, [action = '']: readonly string[]): Run {
  const minor = kubeadmMinor(call, world);
  if (action === 'certificate-key') {
    yield out(hex(call, 64));
    return 0;
  }
  if (action === 'check-expiration') return yield* checkExpiration(call, world);
  return yield* endInError(minor, `the practice lab does not simulate "kubeadm certs ${action}"`);
}
