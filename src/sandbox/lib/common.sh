# Shared by the sandbox's scripts: messages, folders, the stamp that tells whether something must be built again.
# shellcheck shell=bash

SANDBOX=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
PROJECT=$(cd "$SANDBOX/../.." && pwd)
SANDBOX_HOME=${SANDBOX_HOME:-$PROJECT/target/sandbox}
[[ $SANDBOX_HOME == /* ]] || SANDBOX_HOME=$PROJECT/$SANDBOX_HOME
SANDBOX_BUILD=${SANDBOX_BUILD:-$PROJECT/target/sandbox-build}
[[ $SANDBOX_BUILD == /* ]] || SANDBOX_BUILD=$PROJECT/$SANDBOX_BUILD

say() { printf '[%3ds] %s\n' "$SECONDS" "$*" >&2; }

# die MESSAGE [WHAT TO DO]
die() {
  printf 'ERROR: %s\n' "$1" >&2
  [[ -z ${2:-} ]] || printf 'HINT: %s\n' "$2" >&2
  exit 1
}

# mmdebstrap_there: makes sure that mmdebstrap, which makes an image of Debian, is installed.
mmdebstrap_there() {
  ! have mmdebstrap || return 0
  if [[ $(id -u) != 0 ]] || ! have apt-get; then die "mmdebstrap is not installed" "apt-get install mmdebstrap"; fi
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends mmdebstrap; } >&2
}

have() { command -v "$1" >/dev/null 2>&1; }

# until_true SECONDS COMMAND...: repeats the command, quietly, until it succeeds; fails when the time is up.
until_true() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < end)) || return 1
    sleep 0.3
  done
}

# start_time PID: when the process was started, in ticks; fails when it has ended. A zombie has ended: where the first process
# reaps no children, as in many containers, it stays in the list for good. While it has other threads it holds its ports.
start_time() {
  local pid=$1 stat threads
  stat=$(cat "/proc/$pid/stat" 2>/dev/null) || return 1
  # shellcheck disable=SC2086
  set -- ${stat##*) }
  threads=$(find "/proc/$pid/task" -mindepth 1 -maxdepth 1 2>/dev/null | wc -l)
  [[ $1 != [ZXx] || $threads -gt 1 ]] && echo "${20}"
}

# hash_of FILE...: one short hash over names and contents (folders are walked).
hash_of() {
  (cd "$SANDBOX" && find "$@" -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
}

# jars: Druid's jars and the drivers, from Maven Central into $SANDBOX_BUILD; nothing to do when they are there.
jars() {
  local stamp
  stamp=$SANDBOX_BUILD/jars.$(hash_of druid/pom.xml)
  [[ ! -e $stamp ]] || return 0
  have mvn || die "mvn is not installed" "install Maven 3.8 or later (Debian: apt-get install maven)"
  say "fetching Druid's jars from Maven Central (125 MB when the local repository is empty)"
  mvn -B -q -f "$SANDBOX/druid/pom.xml" prepare-package -Dout="$SANDBOX_BUILD" \
    || die "Maven could not fetch the jars" "is Maven Central (or the mirror in ~/.m2/settings.xml) reachable?"
  touch "$stamp"
}

# compiled FOLDER SOURCE [CLASS PATH]: compiles one Java file into $SANDBOX_BUILD/FOLDER unless that is done already.
compiled() {
  local out=$SANDBOX_BUILD/$1 stamp
  stamp=$out/.$(basename "$2").$(hash_of "$2")
  [[ ! -e $stamp ]] || return 0
  have javac || die "javac is not installed" "install a JDK 17 or later (Debian: apt-get install openjdk-17-jdk-headless)"
  mkdir -p "$out"
  javac --release 17 -cp "${3:-$out}" -d "$out" "$SANDBOX/$2"
  touch "$stamp"
}
