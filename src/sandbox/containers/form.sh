# The container form: what sandbox.sh needs to know of it.
# shellcheck shell=bash disable=SC2034 # sandbox.sh reads these

SERVICES="postgres zookeeper coordinator historical middlemanager broker router metabase"
DRUID_SERVICES="coordinator historical middlemanager broker router"
DRUID_WRITERS="coordinator middlemanager"
DRUID_HOLDERS="historical"
BROKER="broker"
LOGS="docker logs NAME"

PROJECT_NAME=dolmen-sandbox
export COORDINATOR_URL=http://127.0.0.1:${SANDBOX_COORDINATOR_PORT:-18081}
export BROKER_URL=http://127.0.0.1:${SANDBOX_BROKER_PORT:-18082}
export ROUTER_URL=http://127.0.0.1:${SANDBOX_ROUTER_PORT:-18888}
export METABASE_URL=http://127.0.0.1:${SANDBOX_METABASE_PORT:-13000}

compose() {
  local files=(-f docker-compose.yml) program=(docker-compose)
  have docker-compose || program=(docker compose)
  [[ ${SANDBOX_AUTH:-0} != 1 ]] || files+=(-f docker-compose.auth.yml)
  local output
  output=$(cd "$SANDBOX/containers" && "${program[@]}" --ansi never -p "$PROJECT_NAME" "${files[@]}" "$@" 2>&1) \
    || die "docker-compose $*: $output"
}

build() { "$SANDBOX/containers/build.sh"; }

create_all() { compose up --no-start --no-build; }

start_all() {
  if [[ ${SANDBOX_METABASE:-h2} == postgres ]]; then
    compose up -d --no-build postgres
    wait_for_postgres druid
    [[ -n $(sql -d postgres -Atc "SELECT 1 FROM pg_database WHERE datname = 'metabase'") ]] || new_database metabase
  fi
  compose up -d --no-build
}

# ZooKeeper's data goes as well: nothing in it is of lasting use, and it would wait for the sessions of the last run to expire.
remove_all() {
  compose down --timeout 10
  docker volume rm "${PROJECT_NAME}_zookeeper_var" >/dev/null 2>&1 || true
}

remove_data() { compose down --timeout 10 --volumes; }

start_service() { (($# == 0)) || docker start "$@" >/dev/null; }

stop_service() { (($# == 0)) || docker stop --time 20 "$@" >/dev/null; }

# service_runs SERVICE...: do they all run?
service_runs() { [[ $(docker inspect -f '{{.State.Running}}' "$@" 2>/dev/null | sort -u) == true ]]; }

postgres() {
  local client=$1
  shift
  docker exec -i postgres "$client" -U druid "$@"
}

# The volumes are mounted into a container of its own, so it does not matter which services run.
with_files() {
  docker run --rm -i --network none --user 0 --entrypoint sh \
    -v "${PROJECT_NAME}_druid_shared:/opt/shared" \
    -v "${PROJECT_NAME}_historical_var:/opt/druid/var" \
    -v "${PROJECT_NAME}_metabase_data:/metabase-data" \
    -e SHARED=/opt/shared -e SEGMENT_CACHE=/opt/druid/var/segment-cache -e METABASE=/metabase-data \
    dolmen-sandbox/druid:25.0.0 -c "$1"
}
