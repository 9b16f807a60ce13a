import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capture } from '../../src/parsers/capture.ts';
import { knownErrors } from '../../src/parsers/known-errors.ts';
import { namedParsers } from '../../src/parsers/named-parsers.ts';
import type { ParserName } from '../../src/runbook/runbook.ts';
import { captureOf } from './capturing.ts';
import { initFamilies } from './init-outputs.ts';

const nodes = 'NAME       STATUS   ROLES           AGE   VERSION\nserver77   Ready    control-plane   3m    v1.36.2\n';
const outputs = [...initFamilies.map(({ output }) => output), nodes, '{"items":[{"metadata":{"name":"server77"}}]}'];
const forms: Readonly<Record<string, RegExp>> = {
  token: /^[a-z0-9]{6}\.[a-z0-9]{16}$/,
  ca_hash: /^sha256:[0-9a-f]{64}(,sha256:[0-9a-f]{64})*$/,
  certificate_key: /^[0-9a-f]{64}$/,
  endpoint: /^[A-Za-z0-9.:[\]-]+$/,
};
const edit = fc.tuple(fc.nat(6000), fc.nat(40), fc.string({ unit: fc.constantFrom(...'\\\n\r\t\u001b[;$`"\'<>{}, -=:.a0') }));

describe('outputs broken in any way', () => {
  it('give values of the right form, or none, and never a throw', { timeout: 300_000 }, () => {
    const captures = (Object.keys(namedParsers) as ParserName[]).map((parser) =>
      captureOf({ by: 'parser', parser }, { name: parser.replaceAll('-', '_') }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...outputs), fc.array(edit), (output, edits) => {
        const broken = edits.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), output);
        for (const { fields } of capture(captures, { stdout: broken, stderr: '' }).captured)
          for (const [name, value] of Object.entries(fields)) if (name !== '') expect(value).toMatch(forms[name] ?? /^never$/);
        expect(knownErrors(broken).length).toBeLessThanOrEqual(5);
      }),
      { numRuns: 30_000 },
    );
  });
});
