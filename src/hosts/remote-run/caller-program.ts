/** What handrail asks of attempts that were started: their output from a byte on, how they stand, their end, and to be forgotten. */
export const callerProgram: string = String.raw`
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
      absent)
        # Its supervisor is about to begin. One that does not is kept from beginning later, when nobody counts on it.
        [ -n "$hr_launched" ] || [ -e "$hr_d/pid" ] || break
        [ "$hr_naps" -lt 50 ] || hr_claim go fenced
        ;;
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
  for hr_n in 1 2 3 4; do
    hr_place "$hr_n"
    hr_own "$hr_base" || continue
    for hr_d in "$hr_base/$1".*; do
      if [ -d "$hr_d" ]; then hr_do_forget; fi
    done
  done
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
