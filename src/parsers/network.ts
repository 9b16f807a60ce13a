import ipaddr from 'ipaddr.js';

type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** True where two networks (`10.244.0.0/16`, or a single address) share no address. `undefined` where one is not a network. */
export function areApart(one: string, other: string): boolean | undefined {
  const [a, b] = [readNetwork(one), readNetwork(other)];
  if (a === undefined || b === undefined) return undefined;
  if (a[0].kind() !== b[0].kind()) return true;
  const shorter = Math.min(a[1], b[1]);
  return !matches(a[0], [b[0], shorter]);
}

/** True where every address of `inner` is in `outer`. `undefined` where one is not a network. */
export function isWithin(inner: string, outer: string): boolean | undefined {
  const [a, b] = [readNetwork(inner), readNetwork(outer)];
  if (a === undefined || b === undefined) return undefined;
  return a[0].kind() === b[0].kind() && a[1] >= b[1] && matches(a[0], b);
}

function matches(address: ipaddr.IPv4 | ipaddr.IPv6, network: Network): boolean {
  if (address instanceof ipaddr.IPv4) return network[0] instanceof ipaddr.IPv4 && address.match(network[0], network[1]);
  return network[0] instanceof ipaddr.IPv6 && address.match(network[0], network[1]);
}

function readNetwork(text: string): Network | undefined {
  const [address = '', length, ...more] = text.split('/');
  if (more.length > 0 || !isAddress(address) || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined;
  const parsed = ipaddr.parse(address);
  const most = parsed.kind() === 'ipv4' ? 32 : 128;
  const bits = length === undefined ? most : Number(length);
  return bits <= most ? [parsed, bits] : undefined;
}

function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || (text.includes(':') && ipaddr.IPv6.isValid(text));
}
