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
export const supervisorProgram: string = String.raw`
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

hr_places() { hr_user=\${LOGNAME:-\${USER:-$(id -un)}}; hr_places="\${HOME:-/nonexistent}/.handrail
/var/tmp/handrail-$hr_user
/tmp/handrail-$hr_user
/dev/shm/handrail-$hr_user"; }
hr_own() { [ -d "$1" ] && [ ! -h "$1" ] && [ -O "$1" ]; }
hr_find() { # ID: sets hr_base, hr_d
  hr_id_ok "$1" || return 1
  hr_places
  while IFS= read -r hr_base; do
    hr_d=$hr_base/$1
    if hr_own "$hr_base" && [ -d "$hr_d" ]; then return 0; fi
  done <<.
$hr_places
.
  return 1
}
hr_make() { # ID: the same, and makes it in the first place that can be written
  hr_find "$1" && return 0
  hr_id_ok "$1" || return 1
  while IFS= read -r hr_base; do
    [ -d "$hr_base" ] || mkdir -m 700 "$hr_base" 2>/dev/null
    hr_own "$hr_base" || continue
    hr_d=$hr_base/$1
    if mkdir -m 700 "$hr_d" 2>/dev/null || [ -d "$hr_d" ]; then return 0; fi
  done <<.
$hr_places
.
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

# Sends are told apart by a token, so that a second one never writes into what the first one runs.
hr_start() { # HOW ID TOKEN BASE DATA ENV SCRIPT AS SHELL STREAMS LIMIT PATH CWD   (DATA ENV SCRIPT: their lengths)
  exec 7>&2 2>/dev/null
  IFS= read -r hr_nonce || exit 96
  hr_password=
  case $1 in password | terminal) IFS= read -r hr_password || hr_fail upload ;; esac
  if [ "$1" != terminal ]; then hr_receive "$@"
  elif ! hr_find "$2"; then hr_fail folder; fi
  if [ -e "$hr_d/pid" ] || [ -e "$hr_d/go" ]; then hr_say was-started
  elif [ "$1" = lay ]; then hr_say laid; return
  else hr_launch "$@"; fi
  hr_follow 0 0
}
hr_receive() {
  IFS= read -r hr_env && IFS= read -r hr_script || hr_fail upload
  [ "\${#hr_env}" -eq "$6" ] && [ "\${#hr_script}" -eq "$7" ] || hr_fail upload
  hr_make "$2" || hr_fail folder
  case $4 in - | "$hr_base") ;; *) hr_fail moved "$hr_base" ;; esac
  hr_say folder "$hr_base"
  if [ -e "$hr_d/pid" ] || [ -e "$hr_d/go" ]; then return; fi
  umask 077
  { printf '%b' "$hr_env" >"$hr_d/env.$3" && printf '%b' "$hr_script" >"$hr_d/script.$3" && : >>"$hr_d/out" && : >>"$hr_d/err"; } ||
    hr_fail disk "$hr_base"
  if [ "$5" != - ]; then
    cat >"$hr_d/data.$3" || hr_fail disk "$hr_base"
    [ "$(wc -c <"$hr_d/data.$3")" -eq "$5" ] || hr_fail upload
  fi
  [ -s "$hr_base/$hr_file" ] && return
  { printf '%s\n' "$hr_shared" "$hr_program" 'hr_"$@"' >"$hr_base/$hr_file.$3" && mv "$hr_base/$hr_file.$3" "$hr_base/$hr_file"; } ||
    hr_fail disk "$hr_base"
}
hr_launch() {
  trap hr_woken=1 USR1
  hr_stat self
  hr_how=$1
  set -- "\${12}" "$hr_d" "$3" "$8" "$9" "\${10}" "\${11}" "$hr_proc" "$hr_born" "$hr_clock" "$hr_user" "\${13}"
  case $hr_how in
    direct) hr_detach "$hr_base/$hr_file" "$HOME" "$@" 7>&- ;;
    free) LC_ALL=C sudo -n -- sh "$hr_base/$hr_file" detach "$hr_base/$hr_file" "$HOME" "$@" 2>&7 || hr_fail sudo ;;
    *) printf '%s\n' "$hr_password" |
      LC_ALL=C sudo -S -k -p '' -- sh "$hr_base/$hr_file" detach "$hr_base/$hr_file" "$HOME" "$@" 2>&7 || hr_fail sudo ;;
  esac
  hr_password= hr_launched=1
}
hr_detach() { # PROGRAM HOME PATH …: the supervisor, in a session of its own, with nothing of this one's environment or descriptors
  hr_setsid=setsid
  command -v setsid >/dev/null 2>&1 || hr_setsid=
  hr_program_file=$1 hr_home=$2 hr_path=$3
  shift 3
  env -i "PATH=$hr_path" "HOME=$hr_home" $hr_setsid sh "$hr_program_file" run "$hr_setsid" "$@" </dev/null >/dev/null 2>&1 7>&- &
}

# The supervisor itself.
hr_run() { # SETSID DIR TOKEN AS SHELL STREAMS LIMIT STARTER STARTER_BORN CLOCK USER CWD
  trap : HUP INT TERM PIPE
  cd /
  umask 022
  hr_setsid=$1 hr_d=$2 hr_token=$3 hr_as=$4 hr_shell=$5 hr_streams=$6 hr_limit=$7 hr_starter=$8 hr_starter_born=$9
  hr_clock=\${10} hr_user=\${11} hr_cwd=\${12}
  hr_stat self
  hr_boot_id
  hr_claim pid "$hr_proc $hr_born $hr_boot $hr_clock" || exit 0
  [ ! -e "$hr_d/data.$hr_token" ] || mv "$hr_d/data.$hr_token" "$hr_d/data" || exit 1
  if [ "$hr_streams" = two ]; then
    # By exec, since a shell that undoes a redirection later keeps the pipe open until then.
    { { { exec 2>&3 3>&-; hr_command; } | { exec 3>&-; hr_keep out; }; } 3>&1 | hr_keep err; } &
  else
    hr_put err.end closed
    hr_command 2>&1 | hr_keep out &
  fi
  # A trapped signal ends a wait before its time.
  hr_pipeline=$!
  while kill -s 0 "$hr_pipeline" 2>/dev/null; do wait "$hr_pipeline"; done
}
hr_wake() { hr_alive "$hr_starter" "$hr_starter_born" && kill -s USR1 "$hr_starter" 2>/dev/null; }
hr_command() {
  trap : HUP INT TERM PIPE
  ( hr_enter ) </dev/null
  hr_status=$?
  exec >/dev/null 2>&1
  hr_get go || return
  case $hr_line in run*) ;; *) return ;; esac
  hr_uptime
  hr_put code "$hr_status $hr_up"
  hr_close &
}
# A daemon that the command left holds the pipe open: a second later the output counts as whole.
hr_close() {
  for hr_naps in 1 2 3 4 5 6 7 8 9 10; do
    hr_nap 0.1
    hr_end
    [ -z "$hr_out_end" ] || [ -z "$hr_err_end" ] || return
  done
  for hr_name in out err; do
    [ -e "$hr_d/$hr_name.end" ] || ! hr_get "$hr_name.pid" || kill -s TERM "$hr_line"
  done
}
hr_enter() {
  trap - HUP INT TERM PIPE
  hr_stat self
  hr_uptime
  hr_claim go "run $hr_proc $hr_born $hr_up" || exit 96
  hr_wake
  hr_run_as
}
hr_run_as() {
  case $hr_as in
    login) hr_home=$HOME ;;
    root) hr_user=root; eval "hr_home=~root" ;;
    *) hr_enter_as "$hr_as" ;;
  esac
  hr_exec "$hr_user" "$hr_home" "$hr_d" "$hr_d/env.$hr_token" "$hr_d/script.$hr_token" "$hr_shell" "$hr_setsid" "$hr_cwd"
}
hr_exec() { # USER HOME FOLDER ENV SCRIPT SHELL SETSID CWD
  USER=$1 LOGNAME=$1 HOME=$2 LC_ALL=C HANDRAIL_ATTEMPT=$3
  export HOME USER LOGNAME LC_ALL PATH HANDRAIL_ATTEMPT
  if [ "$8" = - ]; then cd "$HOME" 2>/dev/null || cd /; else cd "$8" || exit 97; fi
  unset OLDPWD
  hr_env=$4
  if [ "$6" = bash ]; then set -- $7 bash -euo pipefail "$5"; else set -- $7 sh -eu "$5"; fi
  . "$hr_env"
  exec "$@"
}
hr_exec_as() { # USER FOLDER ENV SCRIPT SHELL SETSID: that user's own process
  umask 022
  eval "hr_home=~$1"
  hr_exec "$1" "$hr_home" "$2" "$3" "$4" "$5" "$6" -
}
# Another user cannot look into the login user's folder: root gives it one of its own.
hr_enter_as() {
  for hr_other in /var/lib/handrail /var/tmp/handrail-others; do
    [ -d "$hr_other" ] || mkdir -m 711 "$hr_other" 2>/dev/null
    hr_own "$hr_other" && mkdir -m 700 "$hr_other/\${hr_d##*/}" && break
    hr_other=
  done
  [ -n "$hr_other" ] || exit 97
  hr_other=$hr_other/\${hr_d##*/}
  cp "$hr_d/env.$hr_token" "$hr_other/env" && cp "$hr_d/script.$hr_token" "$hr_other/script" && cp "$0" "$hr_other/supervisor.sh" || exit 97
  [ ! -e "$hr_d/data" ] || cp "$hr_d/data" "$hr_other/data" || exit 97
  chown -R "$1" "$hr_other" || exit 97
  hr_as_user "$1" env -i "PATH=$PATH" "TERM=\${TERM:-dumb}" sh "$hr_other/supervisor.sh" exec_as "$1" "$hr_other" "$hr_other/env" "$hr_other/script" "$hr_shell" "$hr_setsid"
}
# An interactive part: on the terminal, in no session of its own, and gone with it.
hr_interactive() { # DIR TOKEN AS SHELL CWD
  hr_d=$1 hr_token=$2 hr_as=$3 hr_shell=$4 hr_setsid= hr_cwd=$5 hr_user=\${USER:-root}
  umask 022
  ( hr_run_as )
  hr_status=$?
  rm -rf -- "$hr_d" "/var/lib/handrail/\${hr_d##*/}" "/var/tmp/handrail-others/\${hr_d##*/}"
  exit "$hr_status"
}
# The logger: after its limit, or on a full disk, it goes on reading, so that the command never waits nor sees an error.
hr_keep() { # NAME
  exec >/dev/null 2>&1
  ( hr_stat self; printf '%s\n' "$hr_proc" >"$hr_d/$1.pid"; ulimit -f "$hr_limit"; exec cat >>"$hr_d/$1" )
  hr_status=$?
  if [ "$hr_status" = 0 ]; then hr_put "$1.end" closed
  elif [ "$hr_status" = 143 ]; then hr_put "$1.end" open
  else
    hr_dropped=$(hr_stat self; printf '%s\n' "$hr_proc" >"$hr_d/$1.pid"; exec wc -c)
    hr_put "$1.end" "dropped:$((\${hr_dropped:-0}))"
  fi
  hr_wake
  [ "$hr_status" = 0 ] || cat
}

# Ends at its time, or when woken.
hr_nap() {
  sleep "$1" </dev/null >/dev/null 2>&1 7>&- &
  [ -n "$hr_woken" ] || wait $!
}
hr_skip() { [ "$1" = 0 ] || dd bs=1 skip="$1" count=0 >/dev/null 2>&1; }
hr_follow() { # OUT ERR: the bytes from there on, and how it ended
  if [ ! -f "$hr_d/out" ] || [ ! -f "$hr_d/err" ]; then hr_state; hr_tell; return; fi
  exec 5<"$hr_d/out" 6<"$hr_d/err"
  hr_skip "$1" <&5
  hr_skip "$2" <&6
  hr_told= hr_naps=0
  while :; do
    hr_woken=
    hr_state
    if [ -z "$hr_told" ] && [ -n "$hr_go" ]; then hr_told=1; hr_say started; fi
    if [ -n "$hr_told" ] && [ "$hr_how" = terminal ]; then return; fi
    if [ -s "$hr_d/out" ]; then cat <&5 || exit 98; fi
    if [ -s "$hr_d/err" ]; then cat <&6 >&7 || exit 98; fi
    case $hr_is in
      running | hidden) ;;
      absent) [ -n "$hr_launched" ] && [ "$hr_naps" -lt 100 ] || break ;;
      *) break ;;
    esac
    hr_naps=$((hr_naps + 1))
    if [ "$hr_naps" -lt 5 ]; then hr_nap 0.05; elif [ "$hr_naps" -lt 25 ]; then hr_nap 0.1; else hr_nap 0.2; fi
    # Whoever no longer listens is found out by writing to him.
    [ $((hr_naps % 25)) != 0 ] || hr_say .
  done
  hr_tell
}
hr_attach() { # ID OUT ERR
  exec 7>&2 2>/dev/null
  IFS= read -r hr_nonce || exit 96
  if hr_find "$1"; then hr_say folder "$hr_base"; hr_follow "$2" "$3"; else hr_say absent; fi
}
hr_call() { # WHAT ID
  exec 7>&2 2>/dev/null
  IFS= read -r hr_nonce || exit 96
  if [ "$1" = fence ]; then
    hr_make "$2" || hr_fail folder
    hr_claim go fenced
    hr_do_look
  elif hr_find "$2"; then "hr_do_$1"; else hr_say absent; fi
}
hr_as_root() { # HOW WHAT DIR: the same for what only root can see or end
  exec 7>&2 2>/dev/null
  IFS= read -r hr_nonce || exit 96
  set -- "$1" env -i "PATH=$PATH" sh -c "$hr_shared$hr_program"'
    exec 7>&2 2>/dev/null
    hr_d=$1 hr_nonce=$2
    "hr_do_$3"' sh "$3" "$hr_nonce" "$2"
  hr_how=$1
  shift
  if [ "$hr_how" = free ]; then LC_ALL=C sudo -n -- "$@" 2>&7 || hr_fail sudo
  else LC_ALL=C sudo -S -k -p '' -- "$@" 2>&7 || hr_fail sudo; fi
}
hr_do_look() {
  hr_state
  if [ "$hr_is" = hidden ]; then hr_say root "$hr_d"; return; fi
  if [ "$hr_is" = ended ]; then hr_say sizes $(wc -c <"$hr_d/out") $(wc -c <"$hr_d/err"); fi
  hr_tell
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
  for hr_f in $(grep -l -F "HANDRAIL_ATTEMPT=" /proc/[0-9]*/environ 2>/dev/null); do
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
hr_do_stop() {
  hr_claim go fenced
  hr_state
  hr_naps=0 hr_asked=
  while hr_members; [ -n "$hr_list" ]; do
    for hr_pid in $hr_list; do
      case " $hr_asked " in *" $hr_pid "*) ;; *)
        hr_asked="$hr_asked $hr_pid"
        if ! kill -s TERM "$hr_pid" && hr_stat "$hr_pid"; then hr_say root "$hr_d"; return; fi
        kill -s CONT "$hr_pid" ;;
      esac
      [ "$hr_naps" -lt 100 ] || kill -s KILL "$hr_pid"
    done
    hr_nap 0.1
    hr_naps=$((hr_naps + 1))
    [ $((hr_naps % 25)) != 0 ] || hr_say .
  done
  hr_naps=0
  while hr_state; [ "$hr_is" = running ] && [ "$hr_naps" -lt 50 ]; do hr_nap 0.05; hr_naps=$((hr_naps + 1)); done
  if [ "$hr_is" = hidden ]; then hr_say root "$hr_d"; else hr_say gone; fi
}
hr_forget() { # RUN: what still runs is left
  exec 7>&2 2>/dev/null
  IFS= read -r hr_nonce || exit 96
  hr_id_ok "$1" || hr_fail folder
  hr_places
  while IFS= read -r hr_base; do
    hr_own "$hr_base" || continue
    for hr_d in "$hr_base/$1".*; do
      if [ -d "$hr_d" ]; then hr_do_forget; fi
    done
  done <<.
$hr_places
.
  hr_say forgotten
}
hr_do_forget() {
  hr_state
  if [ "$hr_is" = running ]; then hr_say kept "$hr_d"; return; fi
  if [ "$hr_is" = hidden ]; then hr_say root "$hr_d"; return; fi
  for hr_other in "/var/lib/handrail/\${hr_d##*/}" "/var/tmp/handrail-others/\${hr_d##*/}"; do
    [ ! -e "$hr_other" ] || rm -rf -- "$hr_other" || { hr_say root "$hr_d"; return; }
  done
  rm -rf -- "$hr_d" || hr_say root "$hr_d"
}
`.replaceAll('\\${', '${');
