#!/usr/bin/env bash
# The whole of Dolmen on a real stack, with no Docker: build, bring up Druid, load data, back it up, lose it, restore it
# by a dropped trigger file, and compare. Exit status 0 only when the counts before and after are equal.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. src/sandbox/lib/common.sh
. "$SANDBOX/lib/requirements.sh"

export SANDBOX_HOME=${SANDBOX_HOME:-$PROJECT/target/demo/sandbox}
demo=$PROJECT/target/demo
sandbox=("$SANDBOX/sandbox.sh" native)
dolmen=("$PROJECT/target/dolmen/bin/dolmen" --config "$demo/dolmen.properties")
daemon=

part() {
  echo
  echo "== $* (at $SECONDS s)"
}

take_down() {
  local status=$?
  if [[ -n $daemon ]] && kill "$daemon" 2>/dev/null; then wait "$daemon" || true; fi
  part "taking everything down"
  "${sandbox[@]}" wipe || true
  ((status == 0)) || echo "The demonstration FAILED; the logs are in $demo." >&2
  exit "$status"
}

settings() {
  printf '%s' FoolishPassword >"$demo/metadata-password"
  cat <<PROPERTIES
dolmen.catalog.path=$demo/backup
dolmen.inbox.path=$demo/inbox
dolmen.dead-letter.path=$demo/dead-letter
dolmen.state.path=$demo/state
dolmen.stack.kind=local
dolmen.stack.services=druid
dolmen.stack.stop-command=$SANDBOX/sandbox.sh native stop {service}
dolmen.stack.start-command=$SANDBOX/sandbox.sh native start {service}
dolmen.stack.running-command=$SANDBOX/sandbox.sh native running {service}
dolmen.metadata.host=127.0.0.1
dolmen.metadata.port=25432
dolmen.metadata.user=druid
dolmen.metadata.password-file=$demo/metadata-password
dolmen.segments.service=druid
dolmen.segments.path=$SANDBOX_HOME/shared
dolmen.segments.caches=druid:$SANDBOX_HOME/druid/segment-cache
dolmen.metabase.kind=h2
dolmen.metabase.file=$SANDBOX_HOME/metabase/metabase.db
dolmen.schedule.full=off
dolmen.schedule.incremental=off
PROPERTIES
}

# The report of the trigger that was dropped under this name, once there is one.
report_of() { find "$demo/inbox/done" "$demo/inbox/failed" -name "*-$1.report.txt" 2>/dev/null | grep .; }

check_requirements
programs=$("$SANDBOX/postgres-programs.sh")
export PATH=$programs:$PATH
part "building Dolmen"
mvn -B -q -DskipTests package
trap take_down EXIT
"${sandbox[@]}" wipe
rm -rf "$demo"
(umask 077 && mkdir -p "$demo" && settings >"$demo/dolmen.properties")

part "bringing up a real Druid, PostgreSQL and the Metabase stand-in"
"${sandbox[@]}" up
part "loading three datasources"
"${sandbox[@]}" ingest
"${sandbox[@]}" counts | tee "$demo/before.txt"

part "starting dolmen run, which watches the inbox"
"${dolmen[@]}" run >"$demo/dolmen.log" 2>&1 &
daemon=$!
until_true 60 test -d "$demo/inbox/running" || die "dolmen run did not come up" "see $demo/dolmen.log"

part "taking a backup"
"${dolmen[@]}" backup
"${dolmen[@]}" list
"${dolmen[@]}" show

part "losing everything: the metadata and the segments"
"${sandbox[@]}" wipe-metadata
"${sandbox[@]}" wipe-segments
echo "what Druid still knows:"
"${sandbox[@]}" counts | grep . || echo "nothing"

part "dropping a trigger file into the inbox"
touch "$demo/inbox/bring-it-back.restore"
until_true 300 report_of bring-it-back.restore || die "no report within 300 s" "see $demo/dolmen.log"
cat "$(report_of bring-it-back.restore)"
until_true 30 test ! -e "$demo/inbox/bring-it-back.restore"

part "comparing"
"${sandbox[@]}" counts >"$demo/after.txt"
echo "before:"
cat "$demo/before.txt"
echo "after:"
cat "$demo/after.txt"
diff "$demo/before.txt" "$demo/after.txt" || die "the counts differ"
part "the counts before and after are equal"
