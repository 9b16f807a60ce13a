import { expect, onTestFinished, test } from 'vitest';
import { onScreen } from './handrail.ts';
import { operatorHome } from './operator-home.ts';

test('a signal ends a set-up in which something was typed at once: nobody is asked', async () => {
  using operator = operatorHome();
  const screen = onScreen(operator, ['run', 'kubeadm-ha-haproxy']);
  onTestFinished(() => screen.close());
  await screen.shows('set-up 1 of 3: inputs');
  screen.type('cp.example.com');
  await screen.shows('cp.example.com');
  const began = performance.now();
  screen.kill('SIGTERM');
  expect(await screen.ended).toMatchObject({ code: 130 });
  // Well before the guard would have lost its patience.
  expect(performance.now() - began).toBeLessThan(2500);
});
