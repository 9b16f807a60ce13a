import type { Call } from '../program.ts';
import type { World } from '../world/world.ts';

/** The addresses of a name, as the machine's resolver gives them: itself an address, /etc/hosts, the lab's DNS, another machine's name. */
export function resolve(call: Pick<Call, 'read'>, world: World, name: string): readonly string[] {
  if (isAddress(name)) return [name];
  const wanted = name.toLowerCase();
  const local: string[] = [];
  for (const line of (call.read('/etc/hosts') ?? '').split('\n')) {
    const [address, ...names] = (line.split('#')[0] ?? '').trim().split(/\s+/);
    if (address && names.some((one) => one.toLowerCase() === wanted)) local.push(address);
  }
  if (local.length > 0) return local;
  if (wanted === 'localhost') return ['127.0.0.1'];
  return world.names[wanted] ?? [];
}

export const isAddress = (text: string): boolean => /^\d{1,3}(\.\d{1,3}){3}$/.test(text) || /^[0-9a-f]*:[0-9a-f:]+$/i.test(text);

/** An IPv4 network's number and length; undefined where the text is none. */
export function readNetwork(text: string): { readonly first: number; readonly length: number } | undefined {
  const [, address = '', length = ''] = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d{1,2})$/.exec(text) ?? [];
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => part > 255) || Number(length) > 32) return undefined;
  return { first: toNumber(address), length: Number(length) };
}

/** The address at a place in a network. */
export function addressAt(network: string, place: number): string {
  const number = ((readNetwork(network)?.first ?? 0) + place) >>> 0;
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
}

const toNumber = (address: string): number => address.split('.').reduce((sum, part) => (sum * 256 + Number(part)) >>> 0, 0);
