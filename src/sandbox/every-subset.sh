#!/usr/bin/env bash
# every-subset.sh native|containers [SERVICE,SERVICE...]...: restores a backup while services are down, each time others, and
# requires that all run afterwards and that the counts are the loaded ones. Without a list: every subset of the native
# form's three services; of the containers each one, all, all of Druid's, all but PostgreSQL, and all created anew.
# Takes half a minute a subset.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. src/sandbox/lib/common.sh
. src/sandbox/lib/settings.sh

form=${1:?"native or containers"}
shift
subsets=("$@")
sandbox=("$SANDBOX/sandbox.sh" "$form")
home=$PROJECT/target/every-subset/$form
dolmen=("$PROJECT/target/dolmen/bin/dolmen" --config "$home/dolmen.properties")
export SANDBOX_HOME=$home/sandbox

case $form in
  native)
    services=(postgres druid metabase)
    ((${#subsets[@]})) || subsets=(none postgres druid metabase postgres,druid postgres,metabase druid,metabase postgres,druid,metabase)
    ;;
  containers)
    services=(postgres zookeeper coordinator historical middlemanager broker router metabase)
    druid=coordinator,historical,middlemanager,broker,router
    ((${#subsets[@]})) || subsets=(none "${services[@]}" "$druid" "postgres,$druid" "zookeeper,$druid,metabase"
      "postgres,zookeeper,$druid,metabase" created)
    ;;
  *) die "no such form: $form" "native or containers" ;;
esac

settings() {
  common_settings "$home"
  if [[ $form == containers ]]; then
    printf '%s\n' dolmen.stack.project=dolmen-sandbox dolmen.druid.url=http://127.0.0.1:18888
    return
  fi
  native_settings "$home"
  printf '%s\n' dolmen.metabase.kind=h2 "dolmen.metabase.file=$SANDBOX_HOME/metabase/metabase.db"
}

take_down() {
  local status=$?
  "${sandbox[@]}" wipe || true
  exit "$status"
}

down() {
  local service
  [[ $1 != none ]] || return 0
  if [[ $1 == created ]]; then
    "${sandbox[@]}" down
    "${sandbox[@]}" create
    return
  fi
  for service in ${1//,/ }; do "${sandbox[@]}" stop "$service"; done
}

all_run() {
  local service
  for service in "${services[@]}"; do
    "${sandbox[@]}" running "$service" >/dev/null || die "$service does not run after the restore"
  done
}

mvn -B -q -DskipTests package
trap take_down EXIT
"${sandbox[@]}" wipe
rm -rf "$home"
(umask 077 && mkdir -p "$home" && settings >"$home/dolmen.properties")
{ "${sandbox[@]}" up && "${sandbox[@]}" ingest; } 2>"$home/sandbox.log"
"${sandbox[@]}" counts >"$home/before.txt" 2>>"$home/sandbox.log"
"${dolmen[@]}" backup >"$home/backup.log" 2>&1 || die "the backup failed" "see $home/backup.log"

for subset in "${subsets[@]}"; do
  begun=$SECONDS
  down "$subset" 2>>"$home/sandbox.log"
  "${dolmen[@]}" restore --yes >"$home/restore.log" 2>&1 || die "down: $subset: the restore failed" "see $home/restore.log"
  all_run 2>>"$home/sandbox.log"
  "${sandbox[@]}" counts 2>>"$home/sandbox.log" | diff "$home/before.txt" - || die "down: $subset: the counts differ"
  echo "down: $subset: restored in $((SECONDS - begun)) s, counts equal; $(grep -o 'started what was down: .*' "$home/restore.log" | tail -1)"
done
