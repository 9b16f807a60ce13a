import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openMixedOutput } from '../../src/output/mixed-output.ts';
import { moved, windowFrom } from '../../src/output/output-document.ts';
import { openStepOutput } from '../../src/output/step-output.ts';
import { temporaryFolder } from '../run/temporary-folder.ts';

test('hosts that take turns for hours keep their last hundred thousand turns, and scrolling ends there', async () => {
  const folder = await temporaryFolder();
  const mixed = openMixedOutput();
  const hosts = ['server77', 'server78'].map((host) => {
    const document = openStepOutput();
    document.begin({ key: host, title: 'talks', file: join(folder, host), isNew: true });
    return { host, document };
  });
  for (let i = 0; i < 120_000; i++) {
    const { host, document } = hosts[i % 2] ?? hosts[0] ?? { host: '', document: openStepOutput() };
    document.take(Buffer.from(`${i}\n`));
    mixed.note(host, document);
  }
  const rows = mixed.rows();
  expect(rows).toBe(120_002);
  expect(mixed.recent(rows - 2, rows)).toMatchObject([
    { host: 'server77', text: '119998' },
    { host: 'server78', text: '119999' },
  ]);
  const top = moved(mixed, rows, Number.NEGATIVE_INFINITY);
  const [window = { from: 0, to: 0 }] = windowFrom(mixed, top, 2);
  expect(mixed.recent(window.from, window.to)).toHaveLength(2);
  expect(window.from).toBe(top);
  expect(moved(mixed, top, -1)).toBe(top);
  expect(moved(mixed, top, 1)).toBe(top + 1);
});
