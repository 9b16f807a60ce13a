#!/bin/sh
# Holds one test host's disk and runs its boots. Process 1 of an own process namespace with private mounts, so that all of it
# goes when this ends; and it ends when its stdin does, which a killed test runner cannot keep open.
#   rack.sh FOLDER MACHINE_SCRIPT SIZE      reads lines `boot` and `kill`; writes lines `up` and `down`
set -eu
x=$1 machine=$2 size=$3
mkdir -p "$x/m"
mount -t tmpfs -o "size=$size,mode=755" tmpfs "$x/m"
trap 'umount -l "$x/m" && rm -rf --one-file-system "$x"' EXIT

boot() {
  while :; do
    rm -f "$x/m/u/.reboot" "$x/m/r/.reboot"
    unshare --mount --uts --pid --fork --kill-child --propagation private sh "$machine" "$x" </dev/null >&2 &
    echo $! >"$x/m/boot"
    echo up
    wait $! || :
    [ -e "$x/m/u/.reboot" ] || [ -e "$x/m/r/.reboot" ] || break
  done
  echo down
}

while read -r what; do
  case $what in
    boot) boot & ;;
    # Its process 1, not the unshare before it: that one ends only when every process of the host is gone.
    kill) u=$(cat "$x/m/boot") && first=$(cat "/proc/$u/task/$u/children") && kill -s KILL $first ;;
  esac
done
