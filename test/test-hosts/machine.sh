#!/bin/sh
# One boot of a test host: process 1 of its own namespaces, which becomes sshd.   machine.sh FOLDER
# The root file system is this machine's own under a writable layer; the layer is the host's disk and outlives a boot.
set -eu
m=$1/m r=$1/m/r config=$1/config
name=$(cat "$config/name") address=$(cat "$config/address") port=$(cat "$config/port")
mkdir -p "$m/u" "$m/w" "$r"

# Where / cannot lie under an overlay: a plain folder with the programs bound read-only and the rest copied.
without_overlay() {
  for d in bin sbin lib lib32 lib64 libx32; do
    if [ -L "/$d" ]; then ln -sfn "$(readlink "/$d")" "$r/$d"; elif [ -d "/$d" ]; then mkdir -p "$r/$d"; mount --bind "/$d" "$r/$d"; fi
  done
  mkdir -p "$r/usr" "$r/var/log" "$r/var/tmp" "$r/var/lib" "$r/home" "$r/root" "$r/opt" "$r/srv" "$r/proc" "$r/sys" "$r/dev" "$r/run" "$r/tmp" "$m/local"
  chmod 1777 "$r/var/tmp"; chmod 700 "$r/root"
  [ -e "$r/etc" ] || cp -a /etc "$r/etc"
  mount --bind /usr "$r/usr"; mount -o remount,bind,ro "$r/usr"
  mkdir -p "$m/local/bin" "$m/local/sbin" "$m/local/lib"; mount --bind "$m/local" "$r/usr/local"
}
[ ! -e "$config/no-overlay" ] || : >"$m/no-overlay"
[ -e "$m/no-overlay" ] || mount -t overlay overlay -o "lowerdir=/,upperdir=$m/u,workdir=$m/w" "$r" 2>/dev/null || : >"$m/no-overlay"
if [ -e "$m/no-overlay" ]; then without_overlay; fi

mount -t proc proc "$r/proc"
mount --bind "$r/proc/sys" "$r/proc/sys"
cat /proc/sys/kernel/random/uuid >"$m/boot_id"
mount --bind "$m/boot_id" "$r/proc/sys/kernel/random/boot_id"
mount -o remount,bind,ro "$r/proc/sys"
mount --bind /sys "$r/sys"; mount -o remount,bind,ro "$r/sys"
mount -t tmpfs -o mode=755 tmpfs "$r/dev"
for d in null zero full random urandom tty; do : >"$r/dev/$d"; mount --bind "/dev/$d" "$r/dev/$d"; done
mkdir "$r/dev/pts" "$r/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$r/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$r/dev/shm"
ln -s pts/ptmx "$r/dev/ptmx"; ln -s /proc/self/fd "$r/dev/fd"
for n in 0:stdin 1:stdout 2:stderr; do ln -s "/proc/self/fd/${n%:*}" "$r/dev/${n#*:}"; done
mount -t tmpfs -o mode=755 tmpfs "$r/run"
mount -t tmpfs -o mode=1777 tmpfs "$r/tmp"
mkdir -p "$r/run/sshd" "$r/run/lock"
hostname "$name"

while IFS='	' read -r from to access; do
  if [ -d "$from" ]; then mkdir -p "$r$to"; else mkdir -p "$r${to%/*}"; [ -e "$r$to" ] || : >"$r$to"; fi
  mount --bind "$from" "$r$to"
  [ "$access" = write ] || mount -o remount,bind,ro "$r$to"
done <"$config/mounts"

if [ ! -e "$m/made" ]; then
  echo "$name" >"$r/etc/hostname"
  tr -d - <"$config/machine-id" >"$r/etc/machine-id"
  printf '127.0.0.1 localhost\n%s %s\n' "$address" "$name" >"$r/etc/hosts" # without its own name sudo complains
  rm -f "$r"/etc/ssh/ssh_host_* "$r"/etc/ssh/sshd_config.d/* "$r"/etc/sudoers.d/*
  cp "$config"/ssh_host_* "$r/etc/ssh/"; chmod 600 "$r"/etc/ssh/ssh_host_*_key
  cp "$config/sshd_config" "$r/etc/ssh/sshd_config"
  install -m 440 "$config/sudoers" "$r/etc/sudoers"
  mkdir -p "$r/usr/local/sbin"
  install -m 755 "$config/reboot" "$r/usr/local/sbin/reboot"
  mkdir -m 700 "$r/run/set-up"; cp "$config/users.sh" "$config/set-up.sh" "$r/run/set-up/"
  chroot "$r" /bin/sh -eu /run/set-up/users.sh
  chroot "$r" /bin/sh -eu /run/set-up/set-up.sh
  rm -r "$r/run/set-up"
  : >"$m/made"
fi
exec chroot "$r" /usr/sbin/sshd -D -e -p "$port"
