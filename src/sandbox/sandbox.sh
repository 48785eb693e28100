#!/usr/bin/env bash
# sandbox.sh FORM COMMAND: a small real Druid stack for demonstrations and tests. README.md tells the rest.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

usage() {
  cat <<'TEXT'
usage: sandbox.sh FORM COMMAND [SERVICE]
FORM
  containers    eight containers, built here from Debian packages and Maven artifacts
  native        plain processes: all of Druid in one, PostgreSQL, the Metabase stand-in
COMMAND
  up            build what is missing, start everything, wait until it works
  create        create the containers without starting them (containers only)
  wait          wait until everything works
  ingest        load the three datasources, set up Metabase, save
  more          load a fifth day of wiki
  compact       compact the first day of clicks
  counts        one line per datasource: name, rows, sum(cnt), sum(bytes), segments
  save          keep a copy of the present state
  reset         go back to the copy that `save` or `ingest` kept
  wipe-metadata give Druid an empty metadata store
  wipe-segments remove every segment from deep storage and from the historical's cache
  start SERVICE, stop SERVICE, running SERVICE
  down          stop and remove what runs, keep the data
  wipe          down, and remove the data (the copy of `save` stays)
TEXT
}

form=${1:-} command=${2:-}
# shellcheck disable=SC1090 # one of the two forms
case $form in
  containers | native) . "$SANDBOX/$form/form.sh" ;;
  -h | --help | help) usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
esac
saved=$SANDBOX_HOME/saved/$form
if [[ ${SANDBOX_AUTH:-0} == 1 ]]; then
  export DRUID_USER=admin DRUID_PASSWORD=adminpw
  saved+=-auth # users and passwords are part of the metadata
fi
. "$SANDBOX/lib/saved-state.sh"

# A form provides: build, create_all, start_all, remove_all, remove_data, start_service, stop_service, service_runs,
# postgres PROGRAM ARGS (a PostgreSQL client program, connected), with_files SCRIPT (a shell script that finds $SHARED,
# $SEGMENT_CACHE and $METABASE), the URLs that the client reads, and lists of services: SERVICES, DRUID_SERVICES,
# DRUID_WRITERS (of metadata), DRUID_HOLDERS (of segments), BROKER, and LOGS for a hint.

client() {
  compiled client client/SandboxClient.java
  java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$SANDBOX_BUILD/client" SandboxClient "$@"
}

sql() { postgres psql -X -q -v ON_ERROR_STOP=1 "$@"; }

wait_for_postgres() {
  until_true 60 sql -d "${1:-postgres}" -c 'SELECT 1' \
    || die "PostgreSQL did not answer within 60 s" "see its log"
}

wait_until_ready() {
  wait_for_postgres druid
  client ready || die "the sandbox did not become ready" "see the logs of the services ($LOGS)"
}

new_database() {
  sql -d postgres -c "SET client_min_messages = warning" -c "DROP DATABASE IF EXISTS $1 WITH (FORCE)" -c "CREATE DATABASE $1 OWNER druid"
}

# with_stopped SERVICES COMMAND: stops those of the services that run, runs the command, starts them again.
with_stopped() {
  local services=() service
  for service in $1; do ! service_runs "$service" || services+=("$service"); done
  stop_service "${services[@]}"
  "$2"
  start_service "${services[@]}"
  if ((${#services[@]})); then wait_until_ready; fi
}

remove_segments() {
  # shellcheck disable=SC2016
  with_files 'for dir in "$SHARED/segments" "$SEGMENT_CACHE"; do [ ! -d "$dir" ] || find "$dir" -mindepth 1 -delete; done' </dev/null
}

must_run() { service_runs "$1" || die "$1 does not run" "sandbox.sh $form up"; }

known_service() {
  [[ " $SERVICES " == *" ${1:-} "* ]] || die "no such service: ${1:-(none given)}" "one of: $SERVICES"
}

case $command in
  up)
    build
    start_all
    wait_until_ready
    ;;
  create)
    [[ $form == containers ]] || die "only containers can be created without being started" "use: sandbox.sh native up"
    build
    create_all
    ;;
  wait) wait_until_ready ;;
  ingest)
    must_run "$BROKER"
    client ingest
    save_state
    ;;
  more | compact)
    must_run "$BROKER"
    client "$command"
    ;;
  counts)
    must_run "$BROKER"
    client counts
    exit
    ;;
  save)
    must_run "$BROKER"
    save_state
    ;;
  reset) reset_state ;;
  wipe-metadata)
    wait_for_postgres
    wipe_druid_database() { new_database druid; }
    with_stopped "$DRUID_WRITERS" wipe_druid_database
    ! service_runs "${DRUID_WRITERS%% *}" || client forgotten
    ;;
  wipe-segments) with_stopped "$DRUID_HOLDERS" remove_segments ;;
  start | stop)
    known_service "${3:-}"
    "${command}_service" "$3"
    ;;
  running)
    known_service "${3:-}"
    if service_runs "$3"; then echo yes; exit 0; else echo no; exit 1; fi
    ;;
  down) remove_all ;;
  wipe)
    remove_all
    remove_data
    ;;
  *) usage >&2; exit 2 ;;
esac
say "$form $command${3:+ $3}: done in $SECONDS s"
