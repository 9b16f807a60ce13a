import type { Frontend } from '../../world/world.ts';

/** What HAProxy makes of a configuration file. Messages have no head yet: the version decides how it looks. */
export type HaproxyConfig = {
  readonly frontends: readonly Frontend[];
  readonly alerts: readonly string[];
  readonly warnings: readonly string[];
};

type Section = {
  readonly kind: string;
  readonly name: string;
  mode: string;
  timeouts: Set<string>;
  binds: { address: string; port: number }[];
  servers: Server[];
  backend: string | undefined;
  options: string[];
};
type Server = { readonly name: string; readonly address: string; readonly port: number };

const sections: Readonly<Record<string, string>> = {
  global:
    'log maxconn user group uid gid daemon chroot stats pidfile nbthread nbproc cpu-map ca-base crt-base ssl-default-bind-ciphers ssl-default-bind-ciphersuites ssl-default-bind-options ssl-default-server-ciphers ssl-default-server-options tune.ssl.default-dh-param ulimit-n description node external-check insecure-fork-wanted hard-stop-after log-tag log-send-hostname lua-load master-worker spread-checks set-dumpable unix-bind zero-warning quiet debug',
  defaults:
    'log mode option timeout retries maxconn balance default-server errorfile http-check http-reuse stats no default_backend monitor-uri compression backlog fullconn hash-type log-format unique-id-format load-server-state-from-file',
  frontend:
    'bind mode log option timeout maxconn use_backend default_backend acl tcp-request http-request http-response capture monitor-uri monitor log-format description stats no rate-limit backlog redirect errorfile id disabled enabled',
  backend:
    'mode log option timeout balance server default-server http-check tcp-check retries acl http-request http-response tcp-request stick stick-table cookie fullconn no description source use-server server-template errorfile hash-type id disabled enabled retry-on http-reuse',
  listen:
    'bind mode log option timeout maxconn balance server default-server http-check tcp-check retries acl tcp-request http-request http-response use_backend default_backend stats no stick stick-table monitor-uri description cookie source',
  peers: 'peer bind server table log',
  resolvers: 'nameserver hold resolve_retries timeout accepted_payload_size parse-resolv-conf',
  userlist: 'user group',
};
const options =
  'httpchk tcp-check ssl-hello-chk tcplog httplog dontlognull dontlog-normal redispatch forwardfor http-server-close httpclose http-keep-alive forceclose tcpka clitcpka srvtcpka logasap abortonclose contstats log-health-checks log-separate-errors nolinger allbackups persist splice-auto splice-request splice-response tcp-smart-accept tcp-smart-connect transparent prefer-last-server external-check mysql-check pgsql-check redis-check smtpchk ldap-check http-buffer-request http-use-htx http-ignore-probes http-no-delay http-pretend-keepalive http-use-proxy-header independent-streams socket-stats accept-invalid-http-request accept-invalid-http-response checkcache originalto spop-check'.split(
    ' ',
  );
const timeouts = 'check client client-fin client-hs connect http-keep-alive http-request queue server server-fin tarpit tunnel'.split(' ');
const serverWords =
  'check check-ssl verify inter fall rise fastinter downinter port backup weight maxconn ssl ca-file crt sni check-sni send-proxy send-proxy-v2 on-marked-down on-marked-up observe error-limit init-addr resolvers resolve-prefer slowstart cookie addr agent-check agent-inter agent-port alpn check-alpn disabled enabled id maxqueue no-check no-check-ssl redir source track proto check-proto'.split(
    ' ',
  );
const valuedServerWords =
  'verify inter fall rise fastinter downinter port weight maxconn ca-file crt sni check-sni on-marked-down on-marked-up observe error-limit init-addr resolvers resolve-prefer slowstart cookie addr agent-inter agent-port alpn check-alpn id maxqueue redir source track proto check-proto'.split(
    ' ',
  );

/** Reads and checks a configuration file. */
export function readHaproxyConfig(path: string, text: string): HaproxyConfig {
  const alerts: string[] = [];
  const warnings: string[] = [];
  const found: Section[] = [];
  let defaults = { mode: 'tcp', timeouts: new Set<string>(), options: [] as string[] };
  let section: Section | undefined;
  const lines = text.split('\n');
  for (const [i, raw] of lines.entries()) {
    const at = `parsing [${path}:${i + 1}] :`;
    if (i === lines.length - 1 && raw !== '')
      alerts.push(`${at} Missing LF on last line, file might have been truncated at position ${raw.length}.`);
    const words = raw
      .replace(/(^|\s)#.*$/, '')
      .trim()
      .split(/\s+/);
    const [keyword = '', ...args] = words;
    if (keyword === '') continue;
    if (keyword in sections && (keyword !== 'peers' || args.length > 0)) {
      if (['frontend', 'backend', 'listen'].includes(keyword) && args.length === 0)
        alerts.push(`${at} '${keyword}' expects an <id> argument.`);
      section = {
        kind: keyword,
        name: args[0] ?? '',
        mode: defaults.mode,
        timeouts: new Set(defaults.timeouts),
        binds: [],
        servers: [],
        backend: undefined,
        options: [...defaults.options],
      };
      if (keyword === 'defaults') section = { ...section, mode: 'tcp', timeouts: new Set(), options: [] };
      const twin = found.find(
        (one) => one.kind === keyword && one.name === section?.name && keyword !== 'defaults' && keyword !== 'global',
      );
      if (twin) alerts.push(`${at} ${keyword} '${args[0]}' has the same name as ${keyword} '${twin.name}' declared before.`);
      found.push(section);
      continue;
    }
    if (!section) {
      alerts.push(`${at} unknown keyword '${keyword}' out of section.`);
      continue;
    }
    const known = sections[section.kind]?.split(' ') ?? [];
    if (!known.includes(keyword)) {
      const near = nearest(keyword, known);
      alerts.push(`${at} unknown keyword '${keyword}' in '${section.kind}' section${near ? `; did you mean '${near}' maybe ?` : ''}`);
      continue;
    }
    const wrong = checkWords(section, keyword, args);
    if (wrong !== undefined) alerts.push(`${at} ${wrong}`);
    if (section.kind === 'defaults') defaults = { mode: section.mode, timeouts: section.timeouts, options: section.options };
  }
  checkProxies(found, alerts, warnings);
  return { frontends: frontendsOf(found), alerts, warnings };
}

/** Takes a line into its section; the value is what is wrong with it. */
function checkWords(section: Section, keyword: string, args: readonly string[]): string | undefined {
  const [first = '', second = ''] = args;
  switch (keyword) {
    case 'mode':
      if (!['tcp', 'http', 'log'].includes(first)) return `unknown proxy mode '${first}'.`;
      section.mode = first;
      return undefined;
    case 'option': {
      if (!options.includes(first)) {
        const near = nearest(first, options);
        return `unknown option '${first}'${near ? `; did you mean '${near}' maybe ?` : '.'}`;
      }
      section.options.push(first);
      return undefined;
    }
    case 'timeout':
      if (section.kind === 'resolvers') return undefined;
      if (!timeouts.includes(first)) return `unknown timeout '${first}': supports ${timeouts.map((one) => `'${one}'`).join(', ')}.`;
      if (!/^\d+(us|ms|s|m|h|d)?$/.test(second))
        return second === ''
          ? `'timeout ${first}' expects an integer value (in milliseconds)`
          : `unexpected character '${second.replace(/^\d+/, '').charAt(0)}' in 'timeout ${first}'`;
      section.timeouts.add(first);
      return undefined;
    case 'bind': {
      const [, address = '', port = ''] = /^(.*?):?(\d+)$/.exec(first) ?? [];
      if (first.startsWith('/') || first.startsWith('unix@')) return undefined;
      if (port === '' || Number(port) > 65_535) return `'bind' : missing port number in '${first}'`;
      section.binds.push({ address: address === '' || address === '*' ? '*' : address.replace(/^ipv4@|^\[|\]$/g, ''), port: Number(port) });
      return undefined;
    }
    case 'server': {
      const [, address = '', port = ''] = /^(.+):(\d+)$/.exec(second) ?? [];
      if (first === '' || second === '') return "'server' expects <name> and <addr>[:<port>] as arguments.";
      if (section.servers.some(({ name }) => name === first))
        return `backend '${section.name}', another server named '${first}' was already defined, please use distinct names.`;
      for (let i = 2; i < args.length; i++) {
        const word = args[i] ?? '';
        if (!serverWords.includes(word)) {
          const near = nearest(word, serverWords);
          return `'server ${first}' : unknown keyword '${word}'${near ? `; did you mean '${near}' maybe ?` : ''}.`;
        }
        if (valuedServerWords.includes(word)) i++;
      }
      section.servers.push({ name: first, address: address.replace(/^\[|\]$/g, ''), port: Number(port) });
      return undefined;
    }
    case 'default_backend':
    case 'use_backend':
      section.backend = first;
      return undefined;
    case 'balance':
      return /^(roundrobin|static-rr|leastconn|first|source|uri|url_param|hdr\(.*\)|random(\(\d+\))?|rdp-cookie.*)$/.test(first)
        ? undefined
        : `'balance' only supports 'roundrobin', 'static-rr', 'leastconn', 'source', 'uri', 'url_param', 'hash', 'hdr(name)', 'rdp-cookie(name)', 'log-hash' and 'log-sticky' options.`;
    case 'maxconn':
    case 'retries':
      return /^\d+$/.test(first) ? undefined : `'${keyword}' expects an integer argument.`;
    default:
      return undefined;
  }
}

function checkProxies(found: readonly Section[], alerts: string[], warnings: string[]): void {
  const needsHttp = ['forwardfor', 'http-server-close', 'httpclose', 'httplog', 'http-keep-alive'];
  for (const section of found) {
    if (!['frontend', 'backend', 'listen'].includes(section.kind)) continue;
    const what = section.kind === 'listen' ? 'proxy' : section.kind;
    if (section.backend !== undefined && !found.some((one) => ['backend', 'listen'].includes(one.kind) && one.name === section.backend))
      alerts.push(`Proxy '${section.name}': unable to find required default_backend: '${section.backend}'.`);
    if (section.mode === 'tcp') {
      if (section.options.includes('forwardfor'))
        warnings.push(`'option forwardfor' ignored for ${what} '${section.name}' as it requires HTTP mode.`);
      for (const option of section.options.filter((one) => needsHttp.includes(one) && one !== 'forwardfor' && one === 'httplog'))
        warnings.push(`'option ${option}' not usable with ${what} '${section.name}' (needs 'mode http'). Falling back to 'option tcplog'.`);
    }
    const wanted =
      section.kind === 'frontend' ? ['client'] : section.kind === 'backend' ? ['connect', 'server'] : ['client', 'connect', 'server'];
    if (wanted.some((timeout) => !section.timeouts.has(timeout)))
      warnings.push(
        `missing timeouts for ${what} '${section.name}'.\n   | While not properly invalid, you will certainly encounter various problems\n   | with such a configuration. To fix this, please ensure that all following\n   | timeouts are set to a non-zero value: 'client', 'connect', 'server'.`,
      );
  }
}

function frontendsOf(found: readonly Section[]): Frontend[] {
  return found.flatMap((section) => {
    const behind = section.servers.length > 0 ? section : found.find((one) => one.kind === 'backend' && one.name === section.backend);
    return section.binds.map(({ address, port }) => ({ address, port, servers: behind?.servers ?? [] }));
  });
}

/** The known word that one or two letters turn into this one. */
function nearest(word: string, known: readonly string[]): string | undefined {
  const distance = (a: string, b: string): number => {
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++)
        next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1));
      row = next;
    }
    return row[b.length] ?? 0;
  };
  const scored = known.map((one) => ({ one, far: distance(word, one) })).sort((a, b) => a.far - b.far);
  return scored[0] && scored[0].far <= 2 ? scored[0].one : undefined;
}
