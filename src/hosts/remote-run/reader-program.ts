/**
 * The program that runs what only reads: the script comes on standard input and is kept nowhere, and what it started ends with it, with
 * its time, and with the connection. While it runs, a word is written now and then: once nobody takes it the connection is gone.
 */
export const readerProgram: string = String.raw`
hr_say() { printf '\n%s %s\n' "$hr_nonce" "$*" >&7; }
hr_as_user() { # USER COMMAND…: as root
  hr_other_user=$1
  shift
  if command -v runuser >/dev/null 2>&1; then exec runuser -u "$hr_other_user" -- "$@"; fi
  if command -v sudo >/dev/null 2>&1; then exec sudo -n -u "$hr_other_user" -- "$@"; fi
  exec su -s /bin/sh "$hr_other_user" -c 'exec "$0" "$@"' "$@"
}
hr_read() { # HOW AS SHELL SECONDS INPUT MARK PATH CWD
  exec 7>&2
  IFS= read -r hr_nonce || exit 96
  hr_how=$1
  shift
  set -- "$@" "$hr_nonce" "\${LOGNAME:-\${USER:-}}"
  case $hr_how in
    direct) hr_here "$@" ;;
    free) LC_ALL=C sudo -n -- env -i "PATH=$PATH" sh -c "$hr_shared"'hr_here "$@"' sh "$@" ;;
    *) LC_ALL=C sudo -S -k -p '' -- env -i "PATH=$PATH" sh -c "$hr_shared"'hr_here "$@"' sh "$@" ;;
  esac
}
hr_here() { # AS SHELL SECONDS INPUT MARK PATH CWD NONCE USER
  exec 3<&0 7>&2
  PATH=$6
  export PATH
  hr_as=$1 hr_seconds=$3 hr_mark=$5 hr_nonce=$8 hr_user=$1
  if [ "$1" = login ]; then hr_user=$9 hr_home=$HOME; else eval "hr_home=~$1"; fi
  if [ "$7" = - ]; then cd "$hr_home" 2>/dev/null || cd /; else cd "$7" || exit 97; fi
  umask 022
  hr_load='IFS= read -r hr_e; IFS= read -r hr_s; eval "$(printf %b "$hr_e")"; '
  [ "$4" = input ] || hr_load="$hr_load"'exec </dev/null; '
  hr_load="$hr_load"'eval "unset hr_e hr_s; $(printf %b "$hr_s")"'
  # Without --norc bash reads one where its input is a socket, as if rshd had started it.
  if [ "$2" = bash ]; then set -- bash --norc -euo pipefail -c "$hr_load" bash; else set -- sh -eu -c "$hr_load" sh; fi
  if command -v setsid >/dev/null 2>&1; then set -- setsid "$@"; fi
  set -- env -i "HOME=$hr_home" "USER=$hr_user" "LOGNAME=$hr_user" "PATH=$PATH" LC_ALL=C "HANDRAIL_READING=$hr_mark" "$@"
  case $hr_as in
    login | root) "$@" <&3 3<&- 7>&- & ;;
    *) hr_as_user "$hr_as" "$@" <&3 3<&- 7>&- & ;;
  esac
  hr_reading=$!
  exec 3<&-
  hr_watch >/dev/null 2>&1 &
  hr_watcher=$!
  wait "$hr_reading"
  hr_status=$?
  # A watcher that is ending what was read does not heed this, and is waited for.
  { kill -s TERM "$hr_watcher"; wait "$hr_watcher"; kill -s KILL -- "-$hr_reading"; } 2>/dev/null
  hr_say code "$hr_status"
}
hr_watch() {
  trap '' PIPE
  while [ "$hr_seconds" -gt 0 ]; do
    sleep 1 </dev/null 7>&-
    hr_seconds=$((hr_seconds - 1))
    hr_say . || break
  done
  trap '' TERM
  [ "$hr_seconds" -gt 0 ] || hr_say timeout
  for hr_signal in TERM KILL; do
    kill -s "$hr_signal" -- "-$hr_reading"
    for hr_f in $(grep -l -F "HANDRAIL_READING=$hr_mark" /proc/[0-9]*/environ); do
      hr_f=\${hr_f#/proc/}
      kill -s "$hr_signal" "\${hr_f%/environ}"
    done
    [ "$hr_signal" = KILL ] || sleep 2 </dev/null 7>&-
  done
}
`.replaceAll('\\${', '${');
