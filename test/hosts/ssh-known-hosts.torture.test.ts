import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { agreeWithSshKeygen } from './known-hosts-agreement.ts';

test('names match the lines that ssh-keygen -F finds, in a thousand random files', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-known-'));
  try {
    agreeWithSshKeygen(folder, 1000);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
