#!/usr/bin/env bash
# build.sh: builds the images of the container form. An image that was built from the same inputs is left as it is.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
"$SANDBOX/docker-engine.sh"

base=dolmen-sandbox/base:$(hash_of containers/base-image.sh)
label=dolmen.sandbox.inputs
export DOCKER_BUILDKIT=0 # the classic builder: Debian's docker.io comes without buildx

# built IMAGE INPUTS-HASH
built() { [[ $(docker image inspect -f "{{index .Config.Labels \"$label\"}}" "$1" 2>/dev/null) == "$2" ]]; }

# build IMAGE INPUTS-HASH CONTEXT
build() {
  local old
  old=$(docker image inspect -f '{{.Id}}' "$1" 2>/dev/null || true)
  say "building $1"
  docker build -q -t "$1" --label "$label=$2" --build-arg "BASE=$base" "$3" >/dev/null 2>"$SANDBOX_BUILD/build.log" \
    || { cat "$SANDBOX_BUILD/build.log" >&2; die "$1 could not be built"; }
  [[ -z $old ]] || docker rmi "$old" >/dev/null 2>&1 || true # a container may still use it
}

# fresh_context NAME: an empty folder with what containers/images/NAME holds.
fresh_context() {
  rm -rf "$SANDBOX_BUILD/images/$1"
  mkdir -p "$SANDBOX_BUILD/images/$1"
  cp -a "$SANDBOX/containers/images/$1/." "$SANDBOX_BUILD/images/$1"
  echo "$SANDBOX_BUILD/images/$1"
}

base_image() {
  docker image inspect "$base" >/dev/null 2>&1 && return
  say "making the base image from Debian packages (two minutes)"
  "$SANDBOX/containers/base-image.sh" "$base"
}

postgres_image() {
  local image=dolmen-sandbox/postgres:15 inputs
  inputs=$(hash_of containers/base-image.sh containers/images/postgres)
  built "$image" "$inputs" && return
  base_image
  build "$image" "$inputs" "$(fresh_context postgres)"
}

druid_image() {
  local image=dolmen-sandbox/druid:25.0.0 inputs context
  inputs=$(hash_of containers/base-image.sh containers/images/druid druid)
  built "$image" "$inputs" && return
  jars
  base_image
  context=$(fresh_context druid)
  mkdir "$context/conf"
  cp "$SANDBOX"/druid/{log4j2.xml,jvm-options} "$context/conf"
  cp -al "$SANDBOX_BUILD"/druid/{lib,extensions} "$context"
  build "$image" "$inputs" "$context"
}

metabase_image() {
  local image=dolmen-sandbox/metabase-standin:1 inputs context
  inputs=$(hash_of containers/base-image.sh containers/images/metabase druid/pom.xml metabase-standin)
  built "$image" "$inputs" && return
  jars
  base_image
  compiled metabase-standin/classes metabase-standin/MetabaseStandIn.java
  context=$(fresh_context metabase)
  mkdir "$context/app"
  cp -al "$SANDBOX_BUILD"/metabase-standin/. "$context/app"
  build "$image" "$inputs" "$context"
}

mkdir -p "$SANDBOX_BUILD"
druid_image
postgres_image
metabase_image
