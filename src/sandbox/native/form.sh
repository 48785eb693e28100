# The form without Docker: PostgreSQL, one JVM with ZooKeeper and all of Druid's roles, the Metabase stand-in.
# shellcheck shell=bash disable=SC2034 # sandbox.sh reads these
. "$SANDBOX/lib/postgres.sh"
. "$SANDBOX/lib/requirements.sh"

SERVICES="postgres druid metabase"
DRUID_SERVICES="druid"
DRUID_WRITERS="druid"
DRUID_HOLDERS="druid"
BROKER="druid"
LOGS="$SANDBOX_HOME/run/*.log"

POSTGRES_PORT=${SANDBOX_POSTGRES_PORT:-25432}
ZOOKEEPER_PORT=${SANDBOX_ZOOKEEPER_PORT:-22181}
METABASE_PORT=${SANDBOX_METABASE_PORT:-23000}
COORDINATOR_PORT=${SANDBOX_COORDINATOR_PORT:-8081}
BROKER_PORT=${SANDBOX_BROKER_PORT:-8082}
HISTORICAL_PORT=${SANDBOX_HISTORICAL_PORT:-8083}
MIDDLEMANAGER_PORT=${SANDBOX_MIDDLEMANAGER_PORT:-8091}
ROUTER_PORT=${SANDBOX_ROUTER_PORT:-8888}
export COORDINATOR_URL=http://127.0.0.1:$COORDINATOR_PORT
export BROKER_URL=http://127.0.0.1:$BROKER_PORT
export ROUTER_URL=http://127.0.0.1:$ROUTER_PORT
export METABASE_URL=http://127.0.0.1:$METABASE_PORT

# ---------------------------------------------------------------------------------------------- processes by pid file

process_runs() {
  local pid started
  read -r pid started 2>/dev/null <"$SANDBOX_HOME/run/$1.pid" && [[ -n $started && $(start_time "$pid") == "$started" ]]
}

process_ended() { ! process_runs "$1"; }

is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# ports_are_free PORT...: a stack of somebody else must not be taken for this one.
ports_are_free() {
  local port
  for port; do
    until_true 5 is_free "$port" \
      || die "port $port is taken" "stop what listens there, or set SANDBOX_..._PORT (README.md lists them)"
  done
}

# start_process SERVICE COMMAND...
start_process() {
  local service=$1 pid
  shift
  mkdir -p "$SANDBOX_HOME/run"
  setsid nohup "$@" >>"$SANDBOX_HOME/run/$service.log" 2>&1 </dev/null &
  pid=$!
  echo "$pid $(start_time $pid)" >"$SANDBOX_HOME/run/$service.pid"
}

stop_process() {
  local pid
  process_runs "$1" || return 0
  read -r pid _ <"$SANDBOX_HOME/run/$1.pid"
  kill "$pid"
  until_true 30 process_ended "$1" || kill -9 "$pid"
  until_true 10 process_ended "$1" || die "process $pid ($1) does not end"
}

# ---------------------------------------------------------------------------------------------- PostgreSQL

find_postgres_home() {
  postgres_home=$(folder_for_postgres "$SANDBOX_HOME/postgres")
  [[ $(id -u) != 0 ]] || chown "$(postgres_user)" "$postgres_home"
}

# postgres_program NAME: the file of a server or client program.
postgres_program() { echo "$("$SANDBOX/postgres-programs.sh")/$1"; }

start_postgres() {
  local data=$postgres_home/data
  ! service_runs postgres || return 0
  if [[ ! -s $data/PG_VERSION ]]; then
    printf '%s\n' FoolishPassword >"$postgres_home/password"
    [[ $(id -u) != 0 ]] || chown "$(postgres_user)" "$postgres_home/password"
    as_postgres "$(postgres_program initdb)" -D "$data" -U druid --pwfile="$postgres_home/password" \
      --auth=scram-sha-256 --encoding=UTF8 --locale=C --no-sync >/dev/null
    rm "$postgres_home/password"
    echo 'CREATE DATABASE druid' | as_postgres "$(postgres_program postgres)" --single -D "$data" postgres >/dev/null 2>&1
  fi
  ports_are_free "$POSTGRES_PORT"
  as_postgres "$(postgres_program pg_ctl)" -D "$data" -w -t 60 -l "$postgres_home/postgres.log" \
    -o "-p $POSTGRES_PORT -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c jit=off" start >/dev/null \
    || die "PostgreSQL did not start" "see $postgres_home/postgres.log"
}

postgres() {
  local program=$1
  shift
  PGPASSWORD=FoolishPassword PGCONNECT_TIMEOUT=5 "$(postgres_program "$program")" -h 127.0.0.1 -p "$POSTGRES_PORT" -U druid "$@"
}

# ---------------------------------------------------------------------------------------------- Druid and Metabase

# Settings are those of the containers, with this form's addresses and folders laid over them.
druid_properties() {
  local druid=$SANDBOX_HOME/druid files=("$SANDBOX/containers/environment")
  [[ ${SANDBOX_AUTH:-0} != 1 ]] || files+=("$SANDBOX/containers/environment.auth")
  {
    grep -h '^druid_' "${files[@]}" | while IFS='=' read -r name value; do
      echo "${name//_/.}=$value"
    done
    cat <<PROPERTIES
druid.host=127.0.0.1
druid.extensions.directory=$SANDBOX_BUILD/druid/extensions
druid.zk.service.host=127.0.0.1:$ZOOKEEPER_PORT
druid.metadata.storage.connector.connectURI=jdbc:postgresql://127.0.0.1:$POSTGRES_PORT/druid
druid.storage.storageDirectory=$SANDBOX_HOME/shared/segments
druid.indexer.logs.directory=$SANDBOX_HOME/shared/indexing-logs
druid.serverview.type=http
druid.segmentCache.locations=[{"path":"$druid/segment-cache","maxSize":"1g"}]
coordinator:druid.plaintextPort=$COORDINATOR_PORT
broker:druid.plaintextPort=$BROKER_PORT
historical:druid.plaintextPort=$HISTORICAL_PORT
indexer:druid.plaintextPort=$MIDDLEMANAGER_PORT
router:druid.plaintextPort=$ROUTER_PORT
indexer:druid.segmentCache.locations=[{"path":"$druid/indexer-segment-cache","maxSize":"1g"}]
druid.indexer.task.baseTaskDir=$druid/task
PROPERTIES
  } | sed -e 's/[\\"]/\\&/g' -e 's/.*/"-D&"/' >"$druid/properties"
}

start_druid() {
  local druid=$SANDBOX_HOME/druid
  ! process_runs druid || return 0
  ports_are_free "$ZOOKEEPER_PORT" "$COORDINATOR_PORT" "$BROKER_PORT" "$HISTORICAL_PORT" "$MIDDLEMANAGER_PORT" "$ROUTER_PORT"
  # ZooKeeper holds nothing of lasting use, but would wait for the sessions of the last run to expire.
  rm -rf "$druid/zookeeper"
  mkdir -p "$druid/tmp" "$SANDBOX_HOME/shared"
  druid_properties
  start_process druid java @"$SANDBOX/druid/jvm-options" -Xmx700m -XX:MaxDirectMemorySize=400m -Djava.io.tmpdir="$druid/tmp" \
    -Dlog4j.configurationFile="$SANDBOX/druid/log4j2.xml" -Dzookeeper.admin.enableServer=false @"$druid/properties" \
    -cp "$SANDBOX_BUILD/native" AllRoles "$SANDBOX_BUILD/druid/lib" "$ZOOKEEPER_PORT" "$druid/zookeeper" \
    coordinator historical indexer broker router
}

start_metabase() {
  ! process_runs metabase || return 0
  ports_are_free "$METABASE_PORT"
  mkdir -p "$SANDBOX_HOME/metabase"
  if [[ ${SANDBOX_METABASE:-h2} == postgres ]]; then
    [[ -n $(sql -d postgres -Atc "SELECT 1 FROM pg_database WHERE datname = 'metabase'") ]] || new_database metabase
  fi
  start_process metabase env MB_DB_TYPE="${SANDBOX_METABASE:-h2}" MB_DB_FILE="$SANDBOX_HOME/metabase/metabase.db" \
    MB_DB_HOST=127.0.0.1 MB_DB_PORT="$POSTGRES_PORT" MB_DB_DBNAME=metabase MB_DB_USER=druid MB_DB_PASS=FoolishPassword \
    MB_JETTY_HOST=127.0.0.1 MB_JETTY_PORT="$METABASE_PORT" \
    java -Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    -cp "$SANDBOX_BUILD/metabase-standin/classes:$SANDBOX_BUILD/metabase-standin/*" MetabaseStandIn
}

# ---------------------------------------------------------------------------------------------- what sandbox.sh calls

build() {
  check_requirements
  "$SANDBOX/postgres-programs.sh" >/dev/null
  jars
  compiled native native/AllRoles.java
  compiled metabase-standin/classes metabase-standin/MetabaseStandIn.java
}

create_all() { :; }

start_service() {
  local service
  for service; do "start_$service"; done
}

start_all() { start_service postgres druid metabase; }

stop_service() {
  local service
  for service; do
    case $service in
      postgres) ! service_runs postgres || as_postgres "$(postgres_program pg_ctl)" -D "$postgres_home/data" -m fast -w stop >/dev/null ;;
      *) stop_process "$service" ;;
    esac
  done
}

# service_runs SERVICE...: do they all run?
service_runs() {
  local service
  for service; do
    case $service in
      postgres) as_postgres "$(postgres_program pg_ctl)" -D "$postgres_home/data" status >/dev/null 2>&1 ;;
      *) process_runs "$service" ;;
    esac || return 1
  done
}

remove_all() { stop_service metabase druid postgres; }

remove_data() {
  local folder
  for folder in druid shared metabase run; do rm -rf "${SANDBOX_HOME:?}/$folder"; done
  rm -rf "$postgres_home"
}

with_files() {
  SHARED=$SANDBOX_HOME/shared SEGMENT_CACHE=$SANDBOX_HOME/druid/segment-cache METABASE=$SANDBOX_HOME/metabase sh -c "$1"
}

find_postgres_home
