import type { Clock } from '../clock.ts';
import type { SetupHost } from '../runbook/runbook.ts';
import { readSurvey, type Survey, surveyScript } from './facts.ts';
import { HostError } from './host.ts';
import type { SshChannel } from './ssh-channel.ts';
import { openSshChannels, type SshOptions } from './ssh-channels.ts';
import type { SudoProbe } from './ssh-sudo.ts';

/** What a check found of one host. A host that is reached is a host whose key is trusted. */
export type HostReport = { readonly name: string } & (
  | {
      readonly is: 'reached';
      readonly hostKey: string;
      readonly sudo: SudoProbe['sudo'];
      readonly survey: Survey;
      /** Host's clock minus console's, milliseconds. */
      readonly clockDifference: number;
    }
  | { readonly is: 'failed'; readonly kind: HostError['kind']; readonly message: string; readonly advice: string }
);

/** All reports in the hosts' order, and the exit code: 3 where a host is not reached or trusted, 1 where one cannot become root. */
export type HostsCheck = {
  readonly reports: readonly HostReport[];
  /** Hosts that are one machine under several names. */
  readonly twins: readonly (readonly string[])[];
  readonly code: 0 | 1 | 3;
};

/** Looks at all hosts side by side, and changes nothing on them; each report is handed over when it is there. */
export async function checkHosts(
  hosts: readonly SetupHost[],
  options: SshOptions & { readonly clock: Clock; readonly onReport?: (report: HostReport) => void },
  signal: AbortSignal,
): Promise<HostsCheck> {
  const channels = openSshChannels(hosts, options);
  try {
    const reports = await Promise.all(
      hosts.map(async (host) => {
        const report = await checkHost(host, channels.get(host.name), options.clock, signal);
        options.onReport?.(report);
        return report;
      }),
    );
    return { reports, twins: twinsOf(reports), code: codeOf(reports) };
  } finally {
    channels.close();
  }
}

async function checkHost(host: SetupHost, channel: SshChannel, clock: Clock, signal: AbortSignal): Promise<HostReport> {
  const { name } = host;
  try {
    const { sudo } = await channel.probeSudo(signal);
    const before = clock.now();
    const out: Uint8Array[] = [];
    await channel.exec(surveyScript, { onOut: (bytes) => out.push(bytes) }, signal);
    const middle = (before + clock.now()) / 2;
    const survey = readSurvey(Buffer.concat(out).toString(), host.address);
    if (survey === null)
      return {
        name,
        is: 'failed',
        kind: 'unsupported',
        message: `${name} does not run a plain sh script.`,
        advice: 'Check the login shell of the user.',
      };
    return { name, is: 'reached', hostKey: channel.hostKey() ?? '', sudo, survey, clockDifference: Math.round(survey.time - middle) };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return { name, is: 'failed', kind: error.kind, message: error.message, advice: error.advice };
  }
}

function codeOf(reports: readonly HostReport[]): 0 | 1 | 3 {
  if (reports.some((report) => report.is === 'failed')) return 3;
  return reports.some((report) => report.is === 'reached' && report.sudo.is === 'none') ? 1 : 0;
}

function twinsOf(reports: readonly HostReport[]): readonly (readonly string[])[] {
  const byMachine = new Map<string, string[]>();
  for (const report of reports) {
    if (report.is !== 'reached' || report.survey.machineId === '') continue;
    byMachine.set(report.survey.machineId, [...(byMachine.get(report.survey.machineId) ?? []), report.name]);
  }
  return [...byMachine.values()].filter((names) => names.length > 1);
}
