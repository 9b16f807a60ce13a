/**
 * Starts an attempt at most once, and is its supervisor: the parent of the command and of what keeps its output (see `attemptProgram`).
 */
export const supervisorProgram: string = String.raw`
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
`.replaceAll('\\${', '${');
