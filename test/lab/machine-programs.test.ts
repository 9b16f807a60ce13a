import { describe, expect, test } from 'vitest';
import { memoryLab } from './memory-lab.ts';
import { haproxyText, initCommand, machines, ok, preparedLab, prepareNode } from './steps.ts';
import { comparable, transcript } from './transcript.ts';

const check = 'haproxy -c -f /etc/haproxy/haproxy.cfg';

function balancer() {
  const lab = memoryLab(machines);
  ok(lab, 'lb', 'apt-get update');
  ok(lab, 'lb', 'apt-get install -y haproxy');
  lab.write('lb', '/etc/haproxy/haproxy.cfg', haproxyText);
  return lab;
}

describe('haproxy -c', () => {
  test('finds the guide’s file valid', () => {
    expect(balancer().run('lb', check)).toMatchObject({ code: 0, out: 'Configuration file is valid\n', err: '' });
  });

  test.each([
    [
      'default_backend kube-apiserver',
      'default_backnd kube-apiserver',
      "13] : unknown keyword 'default_backnd' in 'frontend' section; did you mean 'default_backend' maybe ?",
    ],
    ['mode tcp', 'mode tpc', "6] : unknown proxy mode 'tpc'."],
    ['timeout connect 5s', 'timeout conect 5s', "7] : unknown timeout 'conect': supports 'check', 'client',"],
    [
      'check check-ssl verify none',
      'check chek-ssl verify none',
      "18] : 'server cp1' : unknown keyword 'chek-ssl'; did you mean 'check-ssl' maybe ?.",
    ],
    ['option httpchk GET /readyz', 'option httpchek GET /readyz', "17] : unknown option 'httpchek'; did you mean 'httpchk' maybe ?"],
    ['bind *:6443', 'bind *', "12] : 'bind' : missing port number in '*'"],
  ])('names the line of %s when it is %s', (right, wrong, message) => {
    const lab = balancer();
    lab.write('lb', '/etc/haproxy/haproxy.cfg', haproxyText.replace(right, wrong));
    const result = lab.run('lb', check);
    expect(result).toMatchObject({ code: 1, out: '' });
    expect(result.err).toMatch(/^\[NOTICE\] {3}\(\d+\) : haproxy version is 2\.6\.12-1\+deb12u3$/m);
    expect(result.err).toContain(`config : parsing [/etc/haproxy/haproxy.cfg:${message}`);
    expect(result.err).toMatch(/\[ALERT\] {4}\(\d+\) : config : Fatal errors found in configuration\.\n$/);
  });

  test('finds a backend that is not there, and a last line that is cut off', () => {
    const lab = balancer();
    lab.write('lb', '/etc/haproxy/haproxy.cfg', haproxyText.replace('backend kube-apiserver\n  balance', 'backend other\n  balance'));
    expect(lab.run('lb', check).err).toContain("Proxy 'kube-apiserver-6443': unable to find required default_backend: 'kube-apiserver'.");
    lab.write('lb', '/etc/haproxy/haproxy.cfg', haproxyText.trimEnd());
    expect(lab.run('lb', check).err).toContain('Missing LF on last line, file might have been truncated');
  });

  test('warns of http options in tcp mode, and calls the file valid', () => {
    const lab = balancer();
    lab.write('lb', '/etc/haproxy/haproxy.cfg', haproxyText.replace('mode tcp\n', 'mode tcp\n  option forwardfor\n'));
    const result = lab.run('lb', check);
    expect(result).toMatchObject({ code: 0, out: 'Warnings were found.\nConfiguration file is valid\n' });
    expect(result.err).toContain("'option forwardfor' ignored for frontend 'kube-apiserver-6443' as it requires HTTP mode.");
  });
});

describe('systemctl', () => {
  test('runs with the file as it was at the start, until a reload', () => {
    const lab = balancer();
    ok(lab, 'lb', 'systemctl restart haproxy');
    expect(ok(lab, 'lb', "ss -Hltn 'sport = :6443'").out).toContain('*:6443');
    lab.write('lb', '/etc/haproxy/haproxy.cfg', haproxyText.replace('*:6443', '*:7443'));
    expect(ok(lab, 'lb', "ss -Hltn 'sport = :7443'").out).toBe('');
    ok(lab, 'lb', 'systemctl reload-or-restart haproxy');
    expect(ok(lab, 'lb', "ss -Hltn 'sport = :7443'").out).not.toBe('');
  });

  test('refuses a reload with a bad file and leaves what runs; a restart ends it', () => {
    const lab = balancer();
    ok(lab, 'lb', 'systemctl restart haproxy');
    lab.write('lb', '/etc/haproxy/haproxy.cfg', 'nonsense\n');
    const reload = lab.run('lb', 'systemctl reload haproxy');
    expect(reload).toMatchObject({
      code: 1,
      err: expect.stringContaining('Job for haproxy.service failed because the control process exited with error code.'),
    });
    expect(lab.run('lb', 'systemctl is-active haproxy')).toMatchObject({ code: 0, out: 'active\n' });
    expect(lab.run('lb', 'systemctl restart haproxy').code).toBe(1);
    expect(lab.run('lb', 'systemctl is-active haproxy')).toMatchObject({ code: 3, out: 'failed\n' });
  });

  test('cannot start haproxy where an API server has its port', () => {
    const lab = preparedLab();
    ok(lab, 'cp1', initCommand());
    ok(lab, 'cp1', 'apt-get install -y haproxy');
    lab.write('cp1', '/etc/haproxy/haproxy.cfg', haproxyText);
    expect(lab.run('cp1', 'systemctl restart haproxy').code).toBe(1);
  });

  test('knows only the units that packages have brought', () => {
    const lab = memoryLab(machines);
    expect(lab.run('cp1', 'systemctl enable --now haproxy')).toMatchObject({
      code: 1,
      err: 'Failed to enable unit: Unit file haproxy.service does not exist.\n',
    });
    expect(lab.run('cp1', 'systemctl start haproxy')).toMatchObject({
      code: 5,
      err: 'Failed to start haproxy.service: Unit haproxy.service not found.\n',
    });
    expect(lab.run('cp1', 'systemctl status haproxy')).toMatchObject({ code: 4, err: 'Unit haproxy.service could not be found.\n' });
  });

  test('shows the kubelet that starts again and again before init, as it did', () => {
    const lab = memoryLab(machines);
    prepareNode(lab, 'cp1');
    const { code, out } = lab.run('cp1', 'systemctl status kubelet --no-pager');
    expect(code).toBe(3);
    const real = transcript('kubelet-before-init').filter((line) => !/Process:|Main PID:|Docs:/.test(line));
    const timeless = (line: string): string => line.replace(/since .*/, 'since …');
    expect(comparable(out).map(timeless)).toEqual(real.map(timeless));
    expect(lab.run('cp1', 'systemctl is-active kubelet')).toMatchObject({ code: 3, out: 'activating\n' });
  });
});

describe('apt', () => {
  test('does not know the packages of a repository before its list is read', () => {
    const lab = memoryLab(machines);
    expect(lab.run('cp1', 'apt-get install -y kubeadm')).toMatchObject({ code: 100, err: 'E: Unable to locate package kubeadm\n' });
  });

  test('installs the version asked for, makes its programs appear, and says so', () => {
    const lab = memoryLab(machines);
    prepareNode(lab, 'cp1', '1.34.9');
    expect(lab.world().machines['cp1']?.packages['kubeadm']).toEqual({ version: '1.34.9-1.1', isHeld: true });
    expect(lab.read('cp1', '/usr/bin/kubeadm')).toBe('kubeadm');
    expect(ok(lab, 'cp1', 'kubeadm version --output short').out).toBe('v1.34.9\n');
    expect(ok(lab, 'cp1', 'apt-mark showhold').out).toBe('kubeadm\nkubectl\nkubelet\n');
    expect(ok(lab, 'cp1', "dpkg-query -W -f='${Version} ${Status}\\n' kubelet").out).toBe('1.34.9-1.1 hold ok installed\n');
  });

  test('does not change a held package, nor one it does not have in that version', () => {
    const lab = memoryLab(machines);
    prepareNode(lab, 'cp1', '1.36.1');
    expect(lab.run('cp1', 'apt-get install -y kubeadm=1.36.2-*')).toMatchObject({
      code: 100,
      err: 'E: Held packages were changed and -y was used without --allow-change-held-packages.\n',
    });
    ok(lab, 'cp1', 'apt-mark unhold kubeadm');
    expect(ok(lab, 'cp1', 'apt-get install -y kubeadm=1.36.2-*').out).toContain('Unpacking kubeadm (1.36.2-1.1) over (1.36.1-1.1) ...\n');
    expect(lab.run('cp1', 'apt-get install -y kubeadm=1.36.99-*')).toMatchObject({
      code: 100,
      err: "E: Version '1.36.99-*' for 'kubeadm' was not found\n",
    });
    expect(lab.run('cp1', 'apt-get install -y kubeadm=1.36.1-*')).toMatchObject({
      code: 100,
      err: 'E: Packages were downgraded and -y was used without --allow-downgrades.\n',
    });
  });

  test('is satisfied the second time', () => {
    const lab = balancer();
    expect(ok(lab, 'lb', 'apt-get install -y haproxy').out).toContain(
      'haproxy is already the newest version (2.6.12-1+deb12u3).\n0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n',
    );
  });

  test('refuses a repository whose key is missing, and the old one that is gone', () => {
    const lab = memoryLab(machines);
    const list = '/etc/apt/sources.list.d/kubernetes.list';
    lab.write('cp1', list, 'deb [signed-by=/etc/apt/keyrings/none.gpg] https://pkgs.k8s.io/core:/stable:/v1.36/deb/ /\n');
    expect(lab.run('cp1', 'apt-get update')).toMatchObject({ code: 100, err: expect.stringContaining('NO_PUBKEY 234654DA9A296436') });
    lab.write('cp1', list, 'deb https://apt.kubernetes.io/ kubernetes-xenial main\n');
    expect(lab.run('cp1', 'apt-get update')).toMatchObject({
      code: 100,
      err: "E: The repository 'https://apt.kubernetes.io kubernetes-xenial Release' does not have a Release file.\n",
    });
  });

  test('is for root only', () => {
    expect(memoryLab(machines).run('cp1', 'apt-get install -y haproxy', { uid: 1000 })).toMatchObject({
      code: 100,
      err: expect.stringContaining('are you root?'),
    });
  });

  test('takes a package and its program away', () => {
    const lab = balancer();
    ok(lab, 'lb', 'apt-get remove -y haproxy');
    expect(lab.read('lb', '/usr/sbin/haproxy')).toBeUndefined();
    expect(lab.run('lb', 'systemctl is-active haproxy').code).toBe(3);
  });
});

describe('the kernel', () => {
  test('has the bridge’s values only with its module', () => {
    const lab = memoryLab(machines);
    const set = 'sysctl -w net.bridge.bridge-nf-call-iptables=1';
    expect(lab.run('cp1', set)).toMatchObject({
      code: 1,
      err: 'sysctl: cannot stat /proc/sys/net/bridge/bridge-nf-call-iptables: No such file or directory\n',
    });
    ok(lab, 'cp1', 'modprobe br_netfilter');
    ok(lab, 'cp1', set);
    expect(ok(lab, 'cp1', 'sysctl -n net.bridge.bridge-nf-call-iptables').out).toBe('1\n');
    expect(ok(lab, 'cp1', 'lsmod').out).toMatch(/^br_netfilter +\d+ +0$/m);
  });

  test('takes the values of a file', () => {
    const lab = memoryLab(machines);
    lab.write('cp1', '/etc/sysctl.d/90-kubernetes.conf', 'net.ipv4.ip_forward = 1\n# a comment\n');
    expect(ok(lab, 'cp1', 'sysctl -p /etc/sysctl.d/90-kubernetes.conf').out).toBe('net.ipv4.ip_forward = 1\n');
    expect(ok(lab, 'cp1', 'sysctl net.ipv4.ip_forward').out).toBe('net.ipv4.ip_forward = 1\n');
  });

  test('swaps until it is told not to, and again after swapon -a where fstab still says so', () => {
    const lab = memoryLab(machines);
    expect(ok(lab, 'cp1', 'swapon --show --noheadings').out).not.toBe('');
    ok(lab, 'cp1', 'swapoff -a');
    expect(ok(lab, 'cp1', 'swapon --show --noheadings').out).toBe('');
    lab.write('cp1', '/etc/fstab', '#/swap.img none swap sw 0 0\n');
    ok(lab, 'cp1', 'swapon -a');
    expect(ok(lab, 'cp1', 'swapon --show').out).toBe('');
  });
});

describe('curl', () => {
  test('asks the API server through the balancer', () => {
    const lab = preparedLab();
    ok(lab, 'cp1', initCommand());
    expect(lab.run('w1', 'curl -sk https://api.example:6443/readyz')).toMatchObject({ code: 0, out: 'ok' });
    expect(lab.run('w1', 'curl -sk https://192.0.2.11:6443/healthz')).toMatchObject({ code: 0, out: 'ok' });
    expect(lab.run('w1', 'curl -fsSk https://192.0.2.12:6443/readyz')).toMatchObject({
      code: 7,
      err: expect.stringContaining('Failed to connect'),
    });
    expect(lab.run('w1', 'curl -fsS https://nowhere.example/')).toMatchObject({
      code: 6,
      err: 'curl: (6) Could not resolve host: nowhere.example\n',
    });
  });

  test('fetches a key that gpg knows by its fingerprint', () => {
    const lab = memoryLab(machines);
    ok(lab, 'cp1', 'curl -fsSL --retry 3 -o /tmp/key https://pkgs.k8s.io/core:/stable:/v1.36/deb/Release.key');
    expect(ok(lab, 'cp1', 'gpg --batch --show-keys --with-colons /tmp/key').out).toContain(
      'fpr:::::::::DE15B14486CD377B9E876E1A234654DA9A296436:\n',
    );
    expect(lab.run('cp1', 'curl -fsSL -o /tmp/none https://pkgs.k8s.io/core:/stable:/nothing')).toMatchObject({
      code: 22,
      err: expect.stringContaining('404'),
    });
  });
});
