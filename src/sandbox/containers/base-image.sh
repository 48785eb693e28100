#!/usr/bin/env bash
# base-image.sh TAG: makes the one image that the sandbox's three images start from: Debian 12 with a Java runtime,
# PostgreSQL 15, tini, curl. It is bootstrapped from Debian's packages, so no image has to be pulled.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"

mmdebstrap_there

log=$SANDBOX_BUILD/base-image.log
mkdir -p "$SANDBOX_BUILD"
# shellcheck disable=SC2016,SC2054 # mmdebstrap's own shell expands $1; its lists have commas
options=(
  --variant=minbase
  --include=openjdk-17-jre-headless,postgresql-15,tini,curl,procps
  --dpkgopt=force-unsafe-io
  --dpkgopt='path-exclude=/usr/share/doc/*'
  --dpkgopt='path-exclude=/usr/share/man/*'
  --dpkgopt='path-exclude=/usr/share/locale/*'
  # PostgreSQL's just-in-time compiler: 150 MB; the server runs with jit=off.
  --dpkgopt='path-exclude=/usr/lib/*/libLLVM*'
  --dpkgopt='path-exclude=/usr/lib/*/libz3*'
  --dpkgopt='path-exclude=/usr/lib/postgresql/*/lib/bitcode/*'
  # Java's package wants to put links there.
  --setup-hook='mkdir -p "$1/usr/share/man/man1"'
  --customize-hook='rm -rf "$1"/var/lib/postgresql/15 "$1"/etc/postgresql/15 "$1"/var/cache/apt/*'
)
mmdebstrap "${options[@]}" bookworm - ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} 2>"$log" | docker import - "$1-unfinished" >/dev/null \
  || { docker rmi "$1-unfinished" >/dev/null 2>&1 || true
       tail -5 "$log" >&2
       die "the base image could not be made (log: $log)" "is deb.debian.org reachable? DEBIAN_MIRROR=URL names another mirror"; }
docker tag "$1-unfinished" "$1"
docker rmi "$1-unfinished" >/dev/null
