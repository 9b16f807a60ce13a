import type { RunState, StepState } from '../run/events/run-state.ts';
import { between } from './how-long.ts';
import { block, code, inline } from './markdown.ts';
import { type ReportedAttempt, type ReportedHost, type ReportedStep, type RunReport, runReport } from './run-report.ts';

/** The report of a run as a Markdown file, to be kept or sent: what was asked for, what was done where, and what departed from the runbook. */
export function runReportMarkdown(state: RunState, mask: (text: string) => string): string {
  const report = runReport(state, mask);
  const sections = [summary(state, report), hosts(state), inputs(report), values(report), deviations(report), steps(state, report, mask)];
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

function steps(state: RunState, report: RunReport, mask: (text: string) => string): string {
  const lines: string[] = ['## Steps'];
  let phase: string | null = null;
  for (const [i, outline] of state.steps.entries()) {
    const step = report.steps[i];
    // An aside that nothing called for has nothing to tell.
    if (step === undefined || (outline.isAside && !outline.isOpened)) continue;
    if (outline.phase !== phase) lines.push(`### ${inline(outline.phase)}`);
    phase = outline.phase;
    lines.push(tellStep(step, outline, mask));
  }
  return lines.join('\n\n');
}

function tellStep(step: ReportedStep, { perHost }: StepState, mask: (text: string) => string): string {
  const aside = step.aside ? ', an aside' : '';
  const reason = step.reason === null ? '' : `: ${inline(step.reason)}`;
  const head = `#### ${inline(step.title)}\n\nStep ${code(step.id)}${aside}: ${step.state}${how(step.by)}${reason}`;
  const telling = step.hosts.filter((host) => host.attempts.length > 0 || host.state !== step.state || host.by !== step.by);
  const told = telling.map((host) => tellHost(host, mask(perHost.find((each) => each.name === host.name)?.reason ?? '')));
  return [head, ...told].join('\n\n');
}

function tellHost(host: ReportedHost, reason: string): string {
  const head = `- ${code(host.name)}: ${host.state}${how(host.by)}${reason === '' ? '' : `: ${inline(reason)}`}`;
  return [head, ...host.attempts.map((attempt) => indent(tellAttempt(attempt), 2))].join('\n\n');
}

function how(by: ReportedStep['by']): string {
  return by === null ? '' : ` (${by})`;
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
