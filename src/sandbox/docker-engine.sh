#!/usr/bin/env bash
# docker-engine.sh: makes sure that a Docker engine and a compose command answer. Where none does, on Debian or Ubuntu
# and as root, it installs docker.io and docker-compose and starts the engine in the background.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

engine_answers() { docker info >/dev/null 2>&1; }
compose_answers() { have docker-compose || docker compose version >/dev/null 2>&1; }
engine_answers && compose_answers && exit 0

by_hand="install and start Docker by hand (https://docs.docker.com/engine/install/), or use the form that needs none: sandbox.sh native"
[[ $(id -u) == 0 ]] \
  || die "no Docker engine answers this user, and only root may start one" "if one runs, join the group docker; else $by_hand"

missing=()
have dockerd || missing+=(docker.io)
compose_answers || missing+=(docker-compose)
have mmdebstrap || missing+=(mmdebstrap)
if ((${#missing[@]})); then
  have apt-get || die "not installed: ${missing[*]}" "$by_hand"
  say "installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -q && apt-get install -y -q --no-install-recommends "${missing[@]}"; } >&2 \
    || die "apt-get could not install ${missing[*]}" "$by_hand"
fi

# The lock keeps two callers from starting two engines; an engine that somebody else is starting shows by its pid file.
exec 9>/run/dolmen-sandbox-docker.lock
flock -w 120 9 || die "another start of the Docker engine does not come to its end" "see /var/log/dolmen-sandbox-dockerd.log"
log=/var/log/dolmen-sandbox-dockerd.log
if ! engine_answers; then
  if [[ -s /var/run/docker.pid ]] && start_time "$(</var/run/docker.pid)" >/dev/null; then
    say "a Docker engine runs already (pid $(</var/run/docker.pid)); waiting for it to answer"
  else
    say "starting dockerd (log: $log)"
    setsid nohup dockerd >"$log" 2>&1 9>&- </dev/null &
  fi
  until_true 60 docker info || {
    tail -5 "$log" >&2 || true
    die "the Docker engine did not answer within 60 s" "$by_hand"
  }
fi
say "Docker engine $(docker info -f '{{.ServerVersion}}') answers"
