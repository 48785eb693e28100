#!/bin/bash
# Does what the official image's entry point does with POSTGRES_USER, POSTGRES_PASSWORD and POSTGRES_DB:
# makes the cluster and the database at the first start, then runs the server as the user postgres.
set -euo pipefail
if [[ $(id -u) == 0 ]]; then
  chown postgres:postgres "$PGDATA"
  chmod 700 "$PGDATA"
  exec setpriv --reuid postgres --regid postgres --init-groups "$0" "$@"
fi

user=${POSTGRES_USER:-postgres} database=${POSTGRES_DB:-${POSTGRES_USER:-postgres}}
if [[ ! -s $PGDATA/PG_VERSION ]]; then
  initdb -D "$PGDATA" -U "$user" --pwfile=<(echo "$POSTGRES_PASSWORD") --auth-local=trust --auth-host=scram-sha-256 \
    --encoding=UTF8 --no-sync >/dev/null
  printf "%s\n" "listen_addresses = '*'" "jit = off" "fsync = off" "max_connections = 100" >>"$PGDATA/postgresql.conf"
  echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
  if [[ $database != postgres ]]; then
    echo "CREATE DATABASE \"$database\"" | postgres --single -D "$PGDATA" postgres >/dev/null
  fi
fi
exec postgres -D "$PGDATA" "$@"
