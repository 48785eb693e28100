#!/usr/bin/env bash
# bare-image.sh TAG: makes the image of a newcomer's machine: Debian 12 with a JDK 17, Maven and git, and an ordinary user.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"

mmdebstrap_there
log=$SANDBOX_BUILD/bare-image.log
mkdir -p "$SANDBOX_BUILD"
say "making a bare Debian 12 (a minute)"
# shellcheck disable=SC2016,SC2054 # mmdebstrap's own shell expands $1; its lists have commas
options=(
  --variant=minbase
  --include=openjdk-17-jdk-headless,maven,git,ca-certificates
  --dpkgopt=force-unsafe-io
  # Java's package wants to put links there.
  --setup-hook='mkdir -p "$1/usr/share/man/man1"'
  --customize-hook='chroot "$1" useradd -m newcomer'
)
mmdebstrap "${options[@]}" bookworm - ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} 2>"$log" | docker import - "$1-unfinished" >/dev/null \
  || { tail -5 "$log" >&2
       die "the bare machine could not be made (log: $log)" "is deb.debian.org reachable? DEBIAN_MIRROR=URL names another mirror"; }
docker tag "$1-unfinished" "$1"
docker rmi "$1-unfinished" >/dev/null
