import ipaddr from 'ipaddr.js';
import type { InputType } from '../runbook/runbook.ts';
import { matchesWhole } from './regex.ts';

/** What a type may say besides its name: the choices, and the pattern (RE2) that the whole text must match. */
export type TypeLimits = { readonly of?: readonly string[] | undefined; readonly pattern?: string | undefined };

/**
 * Says what is wrong with a text as a value of this type, as the end of a sentence ("must be a port, 1 to 65535"), or null.
 * The text itself is not in it: it may be a secret. Whether a `file` exists is for the console to say.
 */
export function checkValue(type: InputType, text: string, limits: TypeLimits = {}): string | null {
  if (text.includes('\0')) return 'must not hold a NUL character';
  return checkers[type](text, limits);
}

const checkers: Readonly<Record<InputType, (text: string, limits: TypeLimits) => string | null>> = {
  string: (text, { pattern }) => (pattern === undefined || matchesWhole(pattern, text) ? null : `must match ${pattern}`),
  ipv4: (text) => (isIpv4(text) ? null : 'must be an IPv4 address, such as 192.0.2.10'),
  ip: (text) => (isIpv4(text) || isIpv6(text) ? null : 'must be an IP address, such as 192.0.2.10 or 2001:db8::10'),
  cidr: (text) => (isNetwork(text) ? null : 'must be a network with its length, such as 10.244.0.0/16'),
  host: (text) => (isHostName(text) || isIpv6(text) ? null : 'must be a host name or an IP address, such as cp.example.com'),
  port: (text) => (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65535 ? null : 'must be a port, 1 to 65535'),
  version: (text) => (versionForm.test(text) ? null : 'must be a version, such as 1.36.2'),
  duration: (text) => (/^\d{1,9}[smh]$/.test(text) ? null : 'must be a duration, such as 90s, 10m or 2h'),
  path: (text) => (/^\/[^\n]*$/.test(text) ? null : 'must be an absolute path, such as /etc/kubernetes'),
  file: (text) => (/^[^\n]+$/.test(text) ? null : 'must be the name of a file on this machine'),
  choice: (text, { of = [] }) => (of.includes(text) ? null : `must be one of ${of.join(', ')}`),
  boolean: (text) => (text === 'true' || text === 'false' ? null : 'must be true or false'),
  secret: (text) => (text === '' ? 'must not be empty' : null),
};

const versionForm = /^v?\d{1,9}(\.\d{1,9}){0,3}(-[0-9A-Za-z.-]{1,64})?(\+[0-9A-Za-z.-]{1,64})?$/;
/** Longest name in DNS, and of one of its labels. */
const longestName = 253;
const label = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/** Four decimal numbers; a leading zero is refused, since some programs read it as octal. */
function isIpv4(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) && !/(^|\.)0\d/.test(text);
}

function isIpv6(text: string): boolean {
  return /^[0-9A-Fa-f:.]{2,45}$/.test(text) && ipaddr.IPv6.isValid(text);
}

function isNetwork(text: string): boolean {
  const parts = /^([^/]{1,45})\/(0|[1-9]\d{0,2})$/.exec(text);
  if (parts === null) return false;
  const [, address = '', length = ''] = parts;
  return (isIpv4(address) && Number(length) <= 32) || (isIpv6(address) && Number(length) <= 128);
}

/** A DNS name, or an IPv4 address; what looks like an address must be one. */
function isHostName(text: string): boolean {
  if (/^[\d.]+$/.test(text)) return isIpv4(text);
  return text.length <= longestName && text.split('.').every((part) => label.test(part));
}
