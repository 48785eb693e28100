#!/usr/bin/env bash
# kill-rounds.sh SEED OPERATION=ROUNDS...: kills Dolmen with signal 9 at random moments while it works on the native sandbox, and
# requires after `dolmen recover` that nothing is lost: OPERATION is backup, datasources (a restore of one), restore or undo. The
# same seed gives the same moments, as parts of the time that the operation takes without a kill. Prints a line a round.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. src/sandbox/lib/common.sh
. src/sandbox/lib/settings.sh

seed=${1:?"a seed"}
shift
RANDOM=$seed
home=$PROJECT/target/kill-rounds/$seed
export SANDBOX_HOME=$home/sandbox
sandbox=("$SANDBOX/sandbox.sh" native)
dolmen=("$PROJECT/target/dolmen/bin/dolmen" --config "$home/dolmen.properties")
export DOLMEN_OPTS="-Xmx256m -XX:TieredStopAtLevel=1"
wanted="min(id) FROM druid_segments WHERE datasource = 'clicks'"

sql() {
  PGPASSWORD=FoolishPassword "$("$SANDBOX/postgres-programs.sh")/psql" -XAtq -v ON_ERROR_STOP=1 -h 127.0.0.1 \
    -p "${SANDBOX_POSTGRES_PORT:-25432}" -U druid -d druid -c "$1"
}

# The rows of the metadata, and the files with their hashes.
stack() {
  sql "SELECT md5(string_agg(id || used || md5(payload), ',' ORDER BY id)), count(*) FILTER (WHERE used),
    (SELECT max(convert_from(payload, 'UTF8')) FROM druid_config WHERE name = 'round'),
    (SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'dolmen%') FROM druid_segments"
  (cd "$SANDBOX_HOME/shared" && find segments -type f -exec sha256sum {} + | sort | sha256sum | cut -c1-16)
}

unmark() {
  sql "DELETE FROM druid_config WHERE name = 'round'"
  rm -f "$SANDBOX_HOME/shared/segments/round"
}

# mark ROUND: makes the stack another one than the backup, in its metadata and in its files.
mark() {
  unmark
  sql "INSERT INTO druid_config (name, payload) VALUES ('round', '$1')"
  echo "$1" >"$SANDBOX_HOME/shared/segments/round"
}

# loss WHAT: keeps everything as it is, to be looked at.
loss() {
  trap - EXIT
  die "LOSS: $*" "the stack still runs; see $home"
}

# whole COMMAND...: it ends well, and `took` is the tenths of a second that it took.
whole() {
  local begun=${EPOCHREALTIME/./}
  "${dolmen[@]}" "$@" >"$home/whole.log" 2>&1 || loss "$* failed: see $home/whole.log"
  took=$(((${EPOCHREALTIME/./} - begun) / 100000))
}

# killed TENTHS COMMAND...: kills the process, none of its children, within so many tenths of a second and a third more, then
# recovers; says in `at` where it was.
killed() {
  local tenths=$((RANDOM * ($1 * 13 / 10 + 10) / 32768)) status=0
  shift
  timeout --foreground -s KILL "$((tenths / 10)).$((tenths % 10))1" "${dolmen[@]}" "$@" >"$home/killed.log" 2>&1 || status=$?
  # 124: it ended by itself in the moment of the kill.
  [[ $status == 0 || $status == 137 || $status == 124 ]] || loss "$* ended with $status: see $home/killed.log"
  at="$([[ $status == 137 ]] && echo killed after || echo ended before) $((tenths / 10)).$((tenths % 10)) s"
  "${dolmen[@]}" recover >"$home/recover.log" 2>&1 || loss "recover failed: see $home/recover.log"
  at+="; $(grep -E '^[0-9]{8}-|^removed' "$home/recover.log" | sed 's/^[0-9-]*//' | paste -sd' ' || true)"
  at=${at%; }
  "${sandbox[@]}" running druid >/dev/null 2>&1 || loss "druid does not run"
  now=$(stack)
}

backup_round() {
  local old backup
  old=$(stack)
  killed "$window" backup
  [[ $now == "$old" ]] || loss "the backup changed the stack"
  verdict="not published"
  [[ -z $(ls -A "$home/backup/.staging" 2>/dev/null) ]] || loss "the staging is left"
  for backup in "$home"/backup/2*; do
    [[ ${backup##*/} != "$label" ]] || continue
    whole verify "${backup##*/}"
    verdict="published and whole"
    rm -rf "$backup"
  done
}

datasources_round() {
  local old
  sql "UPDATE druid_segments SET used = false WHERE id = (SELECT $wanted)"
  old=$(stack)
  killed "$window" restore "$label" --datasources clicks --yes
  swapped "$old"
  sql "UPDATE druid_segments SET used = true WHERE id = (SELECT $wanted)"
}

restore_round() {
  local old
  mark "$1"
  old=$(stack)
  killed "$window" restore "$label" --yes
  swapped "$old"
  unmark
}

# swapped OLD: all as it was, or all as in the backup (with what a restore of datasources keeps for its undo).
swapped() {
  if [[ $now == "$1" ]]; then
    verdict="wholly old"
  elif [[ $now == "$clean" || ${now/|1$'\n'/|0$'\n'} == "$clean" ]]; then
    verdict="wholly new"
  else
    loss "neither old nor new" "$now"
  fi
}

# Restores the backup; `run` is what an undo names.
restored() {
  whole restore "$label" --yes
  run=$(grep -o 'restore --undo [^ `]*' "$home/whole.log" | tail -1)
  run=${run##* }
}

undo_round() {
  if [[ $undoable != yes ]]; then
    mark "$1"
    old=$(stack)
    restored
    [[ $(stack) == "$clean" ]] || loss "the restore did not bring the backup"
  fi
  killed "$window" restore --undo "$run" --yes
  case $now in
    "$old") verdict="undone wholly" undoable=no ;;
    "$clean") verdict="not undone at all" undoable=yes ;;
    *) loss "neither undone nor as it was" "$now" ;;
  esac
}

# measure OPERATION: does it without a kill, so that `took` is its time.
measure() {
  case $1 in
    backup)
      whole backup
      find "$home/backup" -mindepth 1 -maxdepth 1 -name '2*' ! -name "$label" -exec rm -rf {} +
      ;;
    datasources) whole restore "$label" --datasources clicks --yes ;;
    restore) whole restore "$label" --yes ;;
    undo)
      restored
      whole restore --undo "$run" --yes
      ;;
    *) die "no such operation: $1" "backup, datasources, restore or undo" ;;
  esac
}

take_down() {
  local status=$?
  "${sandbox[@]}" wipe || true
  exit "$status"
}

mvn -B -q -DskipTests package
trap take_down EXIT
"${sandbox[@]}" wipe 2>/dev/null
rm -rf "$home"
(umask 077 && mkdir -p "$home" && {
  common_settings "$home"
  native_settings "$home"
  echo dolmen.metabase.kind=none
} >"$home/dolmen.properties")
{ "${sandbox[@]}" up && "${sandbox[@]}" ingest; } 2>"$home/sandbox.log"
whole backup
label=$(basename "$home"/backup/2*)
clean=$(stack)

for job; do
  operation=${job%=*} undoable=no old=''
  declare -A tally=()
  measure "$operation"
  window=$took
  echo "$operation: ${job#*=} rounds, seed $seed; without a kill it takes $((window / 10)).$((window % 10)) s"
  for ((round = 1; round <= ${job#*=}; round++)); do
    "${operation}_round" "$round"
    tally[$verdict]=$((${tally[$verdict]:-0} + 1))
    echo "$operation $round: $at: $verdict"
  done
  [[ $undoable != yes ]] || unmark
  summary=
  for verdict in "${!tally[@]}"; do summary+=", ${tally[$verdict]} $verdict"; done
  echo "$operation:${summary#,}, 0 losses"
done
