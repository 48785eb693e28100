# The commands save and reset: a copy of the metadata, of deep storage and of Metabase's database.
# shellcheck shell=bash disable=SC2016 # the scripts for with_files are expanded where they run
# shellcheck disable=SC2154,SC2086 # $saved is sandbox.sh's; lists of services are split into words

save_state() {
  rm -rf "$saved.part"
  mkdir -p "$saved.part"
  client counts >"$saved.part/counts"
  with_stopped metabase copy_state
  rm -rf "$saved"
  mv "$saved.part" "$saved"
}

copy_state() {
  local database
  for database in $(sql -d postgres -Atc "SELECT datname FROM pg_database WHERE datname IN ('druid', 'metabase')"); do
    postgres pg_dump -Fc -d "$database" >"$saved.part/$database.pgdump"
  done
  with_files 'tar -cPf - --numeric-owner "$SHARED" "$METABASE"' >"$saved.part/files.tar"
}

reset_state() {
  [[ -d $saved ]] || die "nothing was saved" "sandbox.sh $form ingest (or save) first"
  if service_runs $SERVICES && reset_running; then return; fi
  say "resetting with a restart of all services"
  build
  create_all
  stop_service $DRUID_SERVICES metabase
  start_service postgres
  wait_for_postgres
  local dump
  for dump in "$saved"/*.pgdump; do restore_database "$dump"; done
  put_files_back '"$SHARED" "$METABASE" "$SEGMENT_CACHE"'
  start_all
  wait_for_saved_state || die "the sandbox is not in the state that was saved"
}

# Without restarting Druid, which costs most of the time: first Druid must let go of every segment, so that the historical
# has nothing in its cache; then all metadata is replaced in one transaction, which the coordinator sees at its next poll.
reset_running() {
  say "resetting while Druid runs"
  sql -d druid -c 'TRUNCATE druid_segments' \
    && stop_service metabase \
    && client forgotten \
    && put_files_back '"$SHARED" "$METABASE"' \
    && { [[ ! -e $saved/metabase.pgdump ]] || restore_database "$saved/metabase.pgdump"; } \
    && replace_rows \
    && start_service metabase \
    && wait_for_saved_state
}

wait_for_saved_state() { client ready loaded counts | diff "$saved/counts" - >&2; }

restore_database() {
  local database
  database=$(basename "$1" .pgdump)
  new_database "$database"
  postgres pg_restore --exit-on-error -d "$database" <"$1"
}

replace_rows() {
  local tables
  tables=$(sql -d druid -Atc "SELECT string_agg(format('%I', tablename), ', ') FROM pg_tables WHERE schemaname = 'public'")
  {
    echo "TRUNCATE $tables;"
    postgres pg_restore --data-only -f - <"$saved/druid.pgdump"
  } | sql -d druid --single-transaction >/dev/null
}

put_files_back() {
  with_files "for dir in $1; do [ ! -d \"\$dir\" ] || find \"\$dir\" -mindepth 1 -delete; done
              tar -xpPf - --numeric-owner" <"$saved/files.tar"
}
