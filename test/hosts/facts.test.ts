import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSurvey, surveyScript } from '../../src/hosts/facts.ts';

const output = (sections: Readonly<Record<string, string>>): string =>
  Object.entries({ ...sections, end: '' })
    .map(([name, text]) => `\n== ${name}\n${text}\n`)
    .join('');

describe('reading a machine', () => {
  test.each([['sh'], ['bash'], ['sh', '-eu'], ['bash', '-euo', 'pipefail']])('the script runs in %s', (...shell) => {
    const [program = '', ...options] = shell;
    const survey = readSurvey(execFileSync(program, [...options, '-c', surveyScript]).toString(), '127.0.0.1');
    expect(survey?.isRoot).toBe(process.getuid?.() === 0);
    expect(survey?.facts.hostname).not.toBe('');
    expect(Math.abs((survey?.time ?? 0) - Date.now())).toBeLessThan(10_000);
  });

  test('facts come out in the words of a runbook', () => {
    const text = output({
      time: '1700000000.250123456',
      user: 'ops',
      uid: '1000',
      'machine-id': 'abc',
      'boot-id': 'def',
      'os-release': 'PRETTY_NAME="Ubuntu 24.04"\nID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"',
      kernel: 'Linux',
      machine: 'aarch64',
      hostname: 'server77',
      addresses: '1: lo    inet 127.0.0.1/8 scope host lo\n2: eth0    inet 10.0.0.7/24 brd 10.0.0.255\n3: eth1@if9    inet6 fd00::7/64',
      routes: 'default via 10.0.0.1 dev eth0 proto dhcp',
      memory: 'MemTotal:        4030456 kB',
      cores: '4',
      swaps: 'Filename Type Size Used Priority\n/dev/sda2 partition 1048576 0 -2\n/swap.img file 524288 0 -3',
      disk: 'Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/sda1 100000000 1 20480000 1% /',
    });
    expect(readSurvey(text, 'fd00::7')).toEqual({
      user: 'ops',
      isRoot: false,
      machineId: 'abc',
      bootId: 'def',
      time: 1_700_000_000_250,
      facts: {
        os: 'ubuntu',
        family: 'debian',
        release: '24.04',
        arch: 'arm64',
        hostname: 'server77',
        interface: 'eth1',
        memory: 3935,
        cores: 4,
      },
      swap: 1536,
      freeDisk: 20_000,
    });
    expect(readSurvey(text, 'server77.example.com')?.facts.interface).toBe('eth0');
  });

  test('a machine that has little still tells what it has, and one without nanoseconds its time', () => {
    const survey = readSurvey(output({ time: '1700000000.N', user: 'ops', uid: '1000', kernel: 'Linux' }), '10.0.0.7');
    expect(survey).toMatchObject({ time: 1_700_000_000_000, facts: { os: 'linux', family: 'linux' }, swap: 0 });
    expect(survey).not.toHaveProperty('freeDisk');
  });

  test('an output that was cut short is no survey', () => {
    expect(readSurvey('\n== user\nroot\n', '10.0.0.7')).toBeNull();
  });

  test('whatever a machine answers, no fact holds a control character or a second line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (noise) => {
        const survey = readSurvey(
          output({ 'os-release': `ID="${noise}"`, hostname: noise, machine: noise, routes: `default dev ${noise}` }),
          '10.0.0.7',
        );
        for (const fact of Object.values(survey?.facts ?? {})) expect(String(fact)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      }),
      { numRuns: 200 },
    );
  });
});
