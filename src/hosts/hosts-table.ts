import { cleanLine } from '../output/clean.ts';
import type { HostReport, HostsCheck } from './check-hosts.ts';

/** The lines of `hosts check`, made host by host so that each can be printed when it comes. */
export type HostsTable = { readonly head: string; row(report: HostReport): string; end(check: HostsCheck): string };

export function hostsTable(names: readonly string[]): HostsTable {
  const width = Math.max(4, ...names.map((name) => name.length));
  const line = (name: string, cells: readonly string[]): string =>
    [name.padEnd(width), ...cells.map((cell, index) => cell.padEnd(widths[index] ?? 0))].join('  ').trimEnd();
  return {
    head: line('HOST', hostColumns),
    row(report) {
      const { name } = report;
      if (report.is === 'failed') return `${name.padEnd(width)}  ${report.message}\n${' '.repeat(width)}  ${report.advice}`;
      const row = line(name, hostCells(report));
      return report.sudo.is === 'none' ? `${row}\n${' '.repeat(width)}  ${report.sudo.why}` : row;
    },
    end({ reports, twins, code }) {
      const failed = reports.filter(({ is }) => is === 'failed').length;
      const lines = twins.map(sayTwins);
      if (failed > 0) lines.push(`${failed} of ${reports.length} hosts cannot be reached or trusted.`);
      else if (code === 1) lines.push('All hosts are reached and trusted, but not on all of them can the user become root.');
      else lines.push(reports.length === 1 ? 'The host is reached and trusted.' : `All ${reports.length} hosts are reached and trusted.`);
      return lines.join('\n');
    },
  };
}

/** What is told of each host that is reached. */
export const hostColumns: readonly string[] = ['USER', 'ROOT BY', 'SYSTEM', 'ARCH', 'CLOCK', 'SWAP', 'FREE'];

/** The columns of a host that is reached, clean. */
export function hostCells({ survey, sudo, clockDifference }: Extract<HostReport, { is: 'reached' }>): readonly string[] {
  const { os = '?', release = '', arch = '?' } = survey.facts;
  return [survey.user, rootBy[sudo.is], `${os} ${release}`, arch, seconds(clockDifference), swap(survey.swap), size(survey.freeDisk)].map(
    cleanLine,
  );
}

export function sayTwins(twin: readonly string[]): string {
  return `${twin.join(' and ')} are one machine: check their addresses.`;
}

const widths = [8, 13, 14, 6, 8, 7, 7] as const;
const rootBy = { 'not-needed': 'is root', free: 'sudo', password: 'sudo, asks', none: 'no way' } as const;

function seconds(milliseconds: number): string {
  const value = milliseconds / 1000;
  if (Number.isNaN(value)) return '?';
  return Math.abs(value) < 0.1 ? 'same' : `${value > 0 ? '+' : ''}${value.toFixed(Math.abs(value) < 10 ? 1 : 0)} s`;
}

function swap(mebibytes: number): string {
  return mebibytes === 0 ? 'off' : size(mebibytes);
}

function size(mebibytes: number | undefined): string {
  if (mebibytes === undefined) return '?';
  return mebibytes < 1024 ? `${mebibytes} MiB` : `${(mebibytes / 1024).toFixed(mebibytes < 10_240 ? 1 : 0)} GiB`;
}
