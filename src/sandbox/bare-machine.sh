#!/usr/bin/env bash
# bare-machine.sh [--maven-cache] root|user [demo|verify]...: the README's commands, by default both, on a newcomer's machine. It
# is a container of Debian 12 with a JDK 17, Maven and git, and nothing else: no Docker, no PostgreSQL, and a first process
# that reaps no children. There root or an ordinary user has a clean clone of what is committed. Needs a Docker engine.
# With --maven-cache the newcomer starts with a copy of this user's local Maven repository, which saves time and traffic.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

usage() { die "usage: bare-machine.sh [--maven-cache] root|user [demo|verify]..."; }

cache=
[[ ${1:-} != --maven-cache ]] || { cache=$HOME/.m2/repository; shift; }
case ${1:-} in
  root) user=root home=/root ;;
  user) user=newcomer home=/home/newcomer ;;
  *) usage ;;
esac
shift
(($#)) || set -- demo verify
for command; do [[ $command == demo || $command == verify ]] || usage; done

# The machine reaches the package repositories as this one does: by its certificates, proxies and Maven settings. Where other
# containers need the processors, it waits.
start_machine() {
  local options=(--cpu-shares 256 -e http_proxy -e https_proxy -e no_proxy)
  [[ ! -e /etc/ssl/certs/java/cacerts ]] || options+=(-v /etc/ssl/certs:/etc/ssl/certs:ro)
  [[ -z $cache ]] || options+=(-v "$cache:/maven-cache:ro")
  machine=$(docker run -d "${options[@]}" "$image" sleep infinity)
  trap 'docker rm -f "$machine" >/dev/null' EXIT
  # Root may read what its owner keeps to himself.
  [[ -z $cache ]] || docker exec -w "$home" "$machine" \
    sh -c "mkdir -p .m2 && cp -r /maven-cache .m2/repository && chown -R $user .m2"
  [[ ! -e $HOME/.m2/settings.xml ]] || in_machine sh -c 'mkdir -p .m2; cat >.m2/settings.xml' <"$HOME/.m2/settings.xml"
  git -C "$PROJECT" bundle create -q - HEAD | in_machine sh -c 'cat >bundle'
  in_machine sh -c 'git -c advice.detachedHead=false clone -q bundle dolmen; rm bundle'
}

in_machine() {
  docker exec -i -u "$user" -e HOME="$home" -e PATH=/usr/local/bin:/usr/bin:/bin -w "$home" "$machine" "$@"
}

"$SANDBOX/docker-engine.sh"
image=dolmen-sandbox/bare:$(hash_of containers/bare-image.sh)
docker image inspect "$image" >/dev/null 2>&1 || "$SANDBOX/containers/bare-image.sh" "$image"
start_machine
worst=0
for command; do
  case $command in
    demo) program=(src/sandbox/demo.sh) ;;
    verify) program=(mvn -B -ntp verify) ;;
  esac
  say "as $user on a bare machine: ${program[*]}"
  status=0
  in_machine sh -c 'cd dolmen && exec "$@"' - "${program[@]}" || status=$?
  say "as $user on a bare machine: ${program[*]} ended with status $status"
  ((status == 0)) || worst=$status
done
exit "$worst"
