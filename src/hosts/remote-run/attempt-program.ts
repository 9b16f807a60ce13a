/**
 * The program that keeps a command running on a machine when its connection goes: functions in what POSIX names of `sh` (dash,
 * bash and busybox run it), and in tools that every system has. Of others it uses `setsid`, `sudo`, `runuser` and `/proc`, each where
 * there is one.
 *
 * An attempt has a folder: `script.T`, `env.T`, `data` as sent (T names the sending); `pid` (its supervisor: process, start time, boot),
 * created exclusively, is the claim; `go` (the command's process), created exclusively within sudo as the last thing before the command,
 * is the gate, and whoever fences creates it first; `out` and `err` hold what the command wrote; `code` its exit code; `out.end`,
 * `err.end` say that the output is whole. What is read as one line is written as one line, so a line without its end is not there yet.
 * On a full disk a link's text holds the line.
 *
 * Its standard output carries the command's bytes only. What it tells itself are records on standard error: a line feed, a word that only
 * this call and handrail know, a space, the text, a line feed.
 */
export const attemptProgram: string = String.raw`
hr_how= hr_launched= hr_woken=
hr_fail() { hr_say failed "$@"; exit 1; }
hr_id_ok() { case $1 in '' | */* | .*) return 1 ;; esac; }

# What a process is known by: its number alone is given to another one day.
hr_stat() { # PID: sets hr_born hr_sid hr_letter
  hr_born= hr_sid= hr_letter=
  if [ -r /proc/self/stat ]; then
    [ -r "/proc/$1/stat" ] || return 1
    IFS= read -r hr_line 2>/dev/null <"/proc/$1/stat" || return 1
    hr_proc=$1 hr_rest=$hr_line
    [ "$1" != self ] || hr_proc=\${hr_line%% *}
    set -- \${hr_rest##*) }
    hr_letter=$1 hr_sid=$4 hr_born=\${20}
  else
    hr_proc=$1
    [ "$1" != self ] || hr_proc=$(exec sh -c 'echo "$PPID"')
    hr_born=$(ps -o lstart= -p "$hr_proc" 2>/dev/null | tr -s ' ' _)
    [ -n "$hr_born" ]
  fi
}
hr_alive() { [ -n "$2" ] && hr_stat "$1" && [ "$hr_born" = "$2" ] && [ "$hr_letter" != Z ]; }
hr_boot_id() {
  hr_boot=none
  if [ -r /proc/sys/kernel/random/boot_id ]; then read -r hr_boot </proc/sys/kernel/random/boot_id
  else hr_boot=$(sysctl -n kern.boottime 2>/dev/null | tr -c '0-9\n' _) || hr_boot=none; fi
}
hr_uptime() { if [ -r /proc/uptime ]; then read -r hr_up hr_rest </proc/uptime; else hr_up=$(date +%s); fi; }

# One line of a file of the attempt, into hr_line.
hr_get() {
  hr_line=
  if [ -f "$hr_d/$1" ]; then IFS= read -r hr_line 2>/dev/null <"$hr_d/$1" && [ -n "$hr_line" ] && return 0; fi
  hr_line=
  [ -h "$hr_d/$1.l" ] && hr_line=$(readlink "$hr_d/$1.l")
}
# Creates a file of the attempt with one line; false where there is one, or no room.
hr_claim() {
  set -C
  if { printf '%s\n' "$2" >"$hr_d/$1"; } 2>/dev/null; then set +C; else set +C; return 1; fi
}
# The same for what only one process ever writes and must not be lost.
hr_put() { hr_claim "$1" "$2" || ln -s "$2" "$hr_d/$1.l" 2>/dev/null; }

# Where attempts may be kept, best first. (No here-document: bash before 5.1 makes a file of one, which a full disk refuses.)
hr_place() { # NUMBER: sets hr_base
  hr_user=\${LOGNAME:-\${USER:-$(id -un)}}
  case $1 in
    1) hr_base=\${HOME:-/nonexistent}/.handrail ;;
    2) hr_base=/var/tmp/handrail-$hr_user ;;
    3) hr_base=/tmp/handrail-$hr_user ;;
    4) hr_base=/dev/shm/handrail-$hr_user ;;
  esac
}
hr_own() { [ -d "$1" ] && [ ! -h "$1" ] && [ -O "$1" ]; }
hr_find() { # ID: sets hr_base, hr_d
  hr_id_ok "$1" || return 1
  for hr_n in 1 2 3 4; do
    hr_place "$hr_n"
    hr_d=$hr_base/$1
    if hr_own "$hr_base" && [ -d "$hr_d" ]; then return 0; fi
  done
  return 1
}
hr_make() { # ID: the same, and makes it in the first place that can be written
  hr_find "$1" && return 0
  hr_id_ok "$1" || return 1
  for hr_n in 1 2 3 4; do
    hr_place "$hr_n"
    [ -d "$hr_base" ] || mkdir -m 700 "$hr_base" 2>/dev/null
    hr_own "$hr_base" || continue
    hr_d=$hr_base/$1
    if mkdir -m 700 "$hr_d" 2>/dev/null || [ -d "$hr_d" ]; then return 0; fi
  done
  return 1
}

# Sets hr_is. The supervisor is looked for first and its traces are read after, so that one which ends meanwhile has left them.
hr_state() {
  hr_is=absent hr_go= hr_code= hr_clock_then='- -' hr_supervisor=none
  [ -d "$hr_d" ] || return 0
  hr_boot_id
  if hr_get pid; then
    set -- $hr_line
    hr_clock_then="$4 $5"
    if [ "$3" != "$hr_boot" ]; then hr_supervisor=rebooted
    elif hr_alive "$1" "$2"; then hr_supervisor=alive
    elif [ -r /proc/self/stat ] && [ ! -r /proc/1/stat ]; then hr_supervisor=hidden
    else hr_supervisor=gone; fi
  fi
  if hr_get go; then hr_go=$hr_line; fi
  if hr_get code; then
    hr_code=$hr_line
    hr_end
    if [ -n "$hr_out_end" ] && [ -n "$hr_err_end" ] || [ "$hr_supervisor" != alive ]; then hr_is=ended; else hr_is=running; fi
    return 0
  fi
  case $hr_supervisor:$hr_go in
    *:fenced) hr_is=not-started ;;
    none:*) hr_is=absent ;;
    alive:*) hr_is=running ;;
    hidden:*) hr_is=hidden ;;
    gone:run*) hr_is=lost ;;
    rebooted:run*) hr_is=rebooted ;;
    *) hr_claim go fenced; if hr_get go && [ "$hr_line" != fenced ]; then hr_go=$hr_line; hr_is=lost; else hr_is=not-started; fi ;;
  esac
}
hr_end() {
  hr_out_end= hr_err_end=
  if hr_get out.end; then hr_out_end=$hr_line; fi
  if hr_get err.end; then hr_err_end=$hr_line; fi
}
hr_tell() {
  case $hr_is in
    ended) set -- $hr_go; hr_say ended $hr_code \${4:--} $hr_clock_then "\${hr_out_end:-open}" "\${hr_err_end:-open}" ;;
    running | rebooted) set -- $hr_go; hr_say "$hr_is" \${4:--} $hr_clock_then ;;
    lost) hr_members; set -- $hr_go; hr_say lost \${4:--} $hr_clock_then "\${hr_list:+alive}" ;;
    *) hr_say "$hr_is" ;;
  esac
}
# What still runs of the attempt: its session, and what bears its name. Sets hr_list.
hr_members() {
  hr_list=
  set -- $hr_go
  [ "\${1-}" = run ] || return 0
  hr_leader=$2 hr_leader_born=$3
  if hr_stat "$hr_leader" && [ "$hr_born" != "$hr_leader_born" ]; then hr_leader=none; fi
  for hr_f in /proc/[0-9]*; do
    hr_pid=\${hr_f#/proc/}
    hr_stat "$hr_pid" && [ "$hr_letter" != Z ] || continue
    if [ "$hr_sid" = "$hr_leader" ] || [ "$hr_pid" = "$hr_leader" ]; then hr_list="$hr_list $hr_pid"; fi
  done
  # With -z: the grep of busybox ends a line at its first NUL.
  for hr_f in $(grep -l -z -F "HANDRAIL_ATTEMPT=" /proc/[0-9]*/environ 2>/dev/null); do
    hr_pid=\${hr_f#/proc/}
    hr_pid=\${hr_pid%/environ}
    case " $hr_list " in *" $hr_pid "*) continue ;; esac
    tr '\0' '\n' <"$hr_f" 2>/dev/null | grep -E '^HANDRAIL_ATTEMPT=' | while IFS= read -r hr_line; do
      [ "\${hr_line##*/}" = "\${hr_d##*/}" ] && exit 9
    done
    [ $? != 9 ] || hr_list="$hr_list $hr_pid"
  done
  if [ ! -r /proc/self/stat ] && hr_alive "$hr_leader" "$hr_leader_born"; then
    hr_list=$(ps -A -o pid= -o ppid= | awk -v top="$hr_leader" '
      { parent[$1] = $2 }
      END { for (p in parent) { q = p; while (q > 1 && q != top) q = parent[q]; if (q == top) printf " %s", p } }')
  fi
}
`.replaceAll('\\${', '${');
