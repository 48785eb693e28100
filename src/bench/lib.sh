# Shared by the benchmarks: the classes, the clock, and the ratios of what was measured in turn.
# shellcheck shell=bash

cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit
. src/sandbox/lib/common.sh

# installed PROGRAM: by apt when it is not there.
installed() {
  have "$1" || { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$1"; } >&2
}

classes() {
  mvn -B -ntp -q -DskipTests test-compile >&2
  mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
    -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test >&2
}

# program HEAP CLASS ARGUMENT...: one of dolmen.bench, in a JVM of its own.
program() {
  java "-Xmx$1" -Dlogback.configurationFile=src/test/resources/logback-test.xml \
    -cp "target/test-classes:target/classes:$(<target/test-classpath)" "dolmen.bench.$2" "${@:3}"
}

# seconds COMMAND...: how long it takes; what it prints goes to stderr.
seconds() {
  local began
  began=$(date +%s.%N)
  "$@" >&2 || return
  awk -v began="$began" -v ended="$(date +%s.%N)" 'BEGIN { printf "%.2f\n", ended - began }'
}

# note PAIR NAME SECONDS: pair 0 is to warm up and counts for nothing.
note() {
  echo "pair $1: $2 $3 s"
  [[ $1 == 0 ]] || echo "$3" >>"$work/$2.seconds"
}

# faster OURS THEIRS: the median, the least and the largest of the pairs' ratios.
faster() {
  paste "$work/$1.seconds" "$work/$2.seconds" | awk '{ print $2 / $1 }' | sort -n | awk -v ours="$1" -v theirs="$2" '
    { v[NR] = $1 }
    END {
      median = (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2
      printf "%s is %.2f times as fast as %s (%.2f to %.2f, %d pairs)\n", ours, median, theirs, v[1], v[NR], NR
    }'
}
