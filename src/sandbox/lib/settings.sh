# Settings for a Dolmen that has the sandbox as its stack.
# shellcheck shell=bash

# common_settings HOME: everything of Dolmen's lies in that folder.
common_settings() {
  cat <<PROPERTIES
dolmen.catalog.path=$1/backup
dolmen.inbox.path=$1/inbox
dolmen.dead-letter.path=$1/dead-letter
dolmen.state.path=$1/state
dolmen.schedule.full=off
dolmen.schedule.incremental=off
dolmen.druid.verify-limit=4m
PROPERTIES
}

# native_settings HOME: the native form, of SANDBOX_HOME and the ports of the environment.
native_settings() {
  printf '%s' FoolishPassword >"$1/metadata-password"
  cat <<PROPERTIES
dolmen.stack.kind=local
dolmen.stack.services=druid
dolmen.stack.stop-command=$SANDBOX/sandbox.sh native stop {service}
dolmen.stack.start-command=$SANDBOX/sandbox.sh native start {service}
dolmen.stack.running-command=$SANDBOX/sandbox.sh native running {service}
dolmen.druid.url=http://127.0.0.1:${SANDBOX_ROUTER_PORT:-8888}
dolmen.metadata.host=127.0.0.1
dolmen.metadata.port=${SANDBOX_POSTGRES_PORT:-25432}
dolmen.metadata.user=druid
dolmen.metadata.password-file=$1/metadata-password
dolmen.segments.service=druid
dolmen.segments.path=$SANDBOX_HOME/shared
dolmen.segments.caches=druid:$SANDBOX_HOME/druid/segment-cache
PROPERTIES
}
