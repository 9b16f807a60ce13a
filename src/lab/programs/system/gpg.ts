import type { Event, Program } from '../../program.ts';
import { absolute, fail, out } from '../../program.ts';
import { signingKeyFingerprint } from '../internet.ts';
import { readOptions } from '../options.ts';

/** The stand-in for gpg: --show-keys and --dearmor. */
export const gpg: Program = function* (call) {
  const options = readOptions(call.argv.slice(1), {
    valued: ['output', 'homedir', 'keyring', 'import-options'],
    switches: [
      'batch',
      'yes',
      'show-keys',
      'import',
      'with-colons',
      'with-fingerprint',
      'dearmor',
      'quiet',
      'no-tty',
      'no-default-keyring',
    ],
    short: { o: 'output', q: 'quiet' },
  });
  const [file] = options.words;
  const text = file === undefined ? call.stdin() : call.read(absolute(call, file));
  if (text === undefined) return yield* fail(2, `gpg: can't open '${file}': No such file or directory`);
  const isKey = text.includes('-----BEGIN PGP PUBLIC KEY BLOCK-----');
  // gpg before 2.2.8 has no --show-keys and says it so.
  if (options.has('show-keys') || (options.has('import') && options.value('import-options') === 'show-only')) {
    if (!isKey) return yield* fail(2, 'gpg: no valid OpenPGP data found.');
    yield* keyLines(options.has('with-colons'));
    return 0;
  }
  if (!options.has('dearmor')) return yield* fail(2, 'gpg: the practice lab simulates --show-keys and --dearmor only');
  if (!isKey) return yield* fail(2, 'gpg: no valid OpenPGP data found.', 'gpg: dearmoring failed: eof');
  const target = options.value('output');
  if (target === undefined) {
    yield { out: text };
    return 0;
  }
  const path = absolute(call, target);
  const folder = path.replace(/\/[^/]*$/, '');
  if (!call.exists(folder))
    return yield* fail(2, `gpg: can't create '${target}': No such file or directory`, 'gpg: dearmoring failed: No such file or directory');
  if (call.exists(path) && !options.has('yes')) return yield* fail(2, `gpg: dearmoring failed: File exists`);
  yield { write: { path, content: text, mode: 0o644 } };
  return 0;
};

function* keyLines(hasColons: boolean): Generator<Event, void> {
  const fingerprint = signingKeyFingerprint;
  if (hasColons)
    yield out(
      `pub:-:2048:1:${fingerprint.slice(-16)}:1661265342:::-:::scSC::::::23::0:`,
      `fpr:::::::::${fingerprint}:`,
      'uid:-::::1661265342::::isv:kubernetes OBS Project <isv:kubernetes@build.opensuse.org>::::::::::0:',
    );
  else
    yield out(
      'pub   rsa2048 2022-08-25 [SC]',
      `      ${fingerprint}`,
      'uid                      isv:kubernetes OBS Project <isv:kubernetes@build.opensuse.org>',
      '',
    );
}
