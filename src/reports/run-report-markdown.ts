import type { RunState } from '../run/run-state.ts';
import { between } from './how-long.ts';
import { block, code, inline } from './markdown.ts';
import { type ReportedAttempt, type ReportedHost, type ReportedStep, type RunReport, runReport } from './run-report.ts';

/** The report of a run as a Markdown file, to be kept or sent: what was asked for, what was done where, and what departed from the runbook. */
export function runReportMarkdown(state: RunState, mask: (text: string) => string): string {
  const report = runReport(state, mask);
  const sections = [summary(state, report), hosts(state), inputs(report), values(report), deviations(report), steps(state, report)];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function summary(state: RunState, report: RunReport): string {
  const walked = report.steps.filter((step) => !step.aside);
  const done = walked.filter((step) => step.state === 'done' || step.state === 'skipped').length;
  const took = between(report.started, report.ended);
  return [
    `# Run ${report.run}: ${inline(state.title)}`,
    '',
    `- Runbook: ${code(report.runbook)}, SHA-256 ${code(state.digest)}`,
    `- Run: ${code(report.id)}`,
    `- State: ${report.state}, ${done} of ${walked.length} steps done`,
    `- Began: ${report.started}`,
    `- Ended: ${report.ended === null ? 'not yet' : `${report.ended}${took === '' ? '' : ` (after ${took})`}`}`,
  ].join('\n');
}

function hosts({ hosts: all, pins }: RunState): string {
  const rows = all.map((host) => {
    const pin = pins.find((each) => each.host === host.name);
    const told = pin === undefined ? ['', '', ''] : [inline(pin.facts.os ?? ''), code(pin.machineId), code(pin.hostKey ?? '')];
    return [code(host.name), inline(host.address), inline(host.roles.join(', ')), ...told];
  });
  return table('Hosts', ['host', 'address', 'roles', 'system', 'machine id', 'host key'], rows);
}

function inputs({ inputs: all }: RunReport): string {
  const rows = Object.entries(all).map(([name, value]) => [code(name), inline(Array.isArray(value) ? value.join(', ') : String(value))]);
  return table('Inputs', ['input', 'value'], rows);
}

function values({ values: all }: RunReport): string {
  const rows = all.map(({ name, from, secret, expires }) => [
    code(name),
    `step ${code(from.step)} on ${code(from.host)}`,
    secret ? 'yes' : 'no',
    expires ?? '',
  ]);
  return table('Values', ['value', 'from', 'secret', 'expires'], rows);
}

function deviations({ deviations: all }: RunReport): string {
  if (all.length === 0) return '## Deviations\n\nNone: the run went as the runbook says.';
  const items = all.map(({ at, step, host, kind, why, text }) => {
    const where = [step === null ? '' : `step ${code(step)}`, host === null ? '' : `on ${code(host)}`]
      .filter((word) => word !== '')
      .join(' ');
    const line = `- ${at} **${kind}**${where === '' ? '' : ` ${where}`}${why === null ? '' : `: ${inline(why)}`}`;
    return text === null ? line : `${line}\n\n${indent(block(text, 'text'), 2)}\n`;
  });
  return `## Deviations\n\n${items.join('\n').trimEnd()}`;
}

function steps(state: RunState, report: RunReport): string {
  const lines: string[] = ['## Steps'];
  let phase = '';
  for (const [i, step] of report.steps.entries()) {
    const outline = state.steps[i];
    if (outline !== undefined && outline.phase !== phase) {
      phase = outline.phase;
      lines.push(`### ${inline(phase)}`);
    }
    lines.push(tellStep(step));
  }
  return lines.join('\n\n');
}

function tellStep(step: ReportedStep): string {
  const how = step.by === null ? '' : ` (${step.by})`;
  const aside = step.aside ? ', an aside' : '';
  const reason = step.reason === null ? '' : `: ${inline(step.reason)}`;
  const head = [`#### ${inline(step.title)}`, '', `Step ${code(step.id)}${aside}: ${step.state}${how}${reason}`];
  return [head.join('\n'), ...step.hosts.filter((host) => host.attempts.length > 0 || step.hosts.length > 1).map(tellHost)].join('\n\n');
}

function tellHost(host: ReportedHost): string {
  const how = host.by === null ? '' : ` (${host.by})`;
  return [`- ${code(host.name)}: ${host.state}${how}`, ...host.attempts.map((attempt) => indent(tellAttempt(attempt), 2))].join('\n\n');
}

function tellAttempt(attempt: ReportedAttempt): string {
  const took = between(attempt.started, attempt.ended);
  const isUndo = attempt.parts.some((part) => part.kind === 'undo');
  const head = `- ${isUndo ? 'Undo, attempt' : 'Attempt'} ${attempt.number}: ${attempt.state}${ended(attempt.exit, took)}`;
  const parts = attempt.parts.map((part) => {
    const line = `- Part ${part.part}, ${inline(part.kind)}: ${part.state}${ended(part.exit, between(part.started, part.ended))}, log ${code(part.log)}`;
    return indent(`${line}\n\n${indent(block(part.command, part.kind === 'command' || part.kind === 'undo' ? 'sh' : 'text'), 2)}`, 2);
  });
  return [head, ...parts].join('\n\n');
}

function ended(exit: number | null, took: string): string {
  return `${exit === null ? '' : `, exit ${exit}`}${took === '' ? '' : `, ${took}`}`;
}

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `## ${title}\n\n${lines.join('\n')}`;
}

function indent(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}
