import { checkValue } from '../parsers/value-type.ts';
import { nearest } from './did-you-mean.ts';
import type { Place } from './problem.ts';
import type { Report } from './report.ts';
import type { Input, InputType } from './runbook.ts';

/** Tells a value that an input of this type cannot have. */
export function checkInputValue(input: Input, value: string, at: Place, report: Report): void {
  if (input.type === 'choice' && input.of.length === 0) return;
  const wrong = checkValue(input.type, value, { of: input.of, pattern: input.pattern });
  if (wrong === null) return;
  const right = input.type === 'choice' ? (nearest(value, input.of) ?? input.of[0]) : examples[input.type];
  report.error(at, `\`${input.name}\` ${wrong}.`, `Write one, such as: ${right ?? '…'}`);
}

const examples: Readonly<Partial<Record<InputType, string>>> = {
  ipv4: '192.0.2.10',
  ip: '2001:db8::10',
  cidr: '10.244.0.0/16',
  host: 'cp.example.com',
  port: '6443',
  version: '1.36.2',
  duration: '10m',
  path: '/etc/kubernetes',
  file: 'ca.crt',
  boolean: "'true'",
};
