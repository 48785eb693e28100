#!/usr/bin/env bash
# nightly-against-restic.sh [SEGMENTS] [FOLDER]: nightly runs of one Dolmen process (heap 512 MiB) against restic on the same
# tree: full, nothing new twice, one percent new. The segments are generated: a row in a real PostgreSQL and a file of 512
# bytes each; Druid's API is a stand-in that knows just these.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. src/sandbox/lib/common.sh
segments=${1:-10000} work=${2:-$PROJECT/target/bench-nightly}
have restic || { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends restic; } >&2
mvn -q -DskipTests test-compile >&2
mvn -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
  -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test >&2
rm -rf "$work" && mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
export RESTIC_PASSWORD=bench RESTIC_REPOSITORY=$work/restic RESTIC_CACHE_DIR=$work/cache
restic -q init
java -Xmx512m -Dlogback.configurationFile=src/test/resources/logback-test.xml \
  -cp "target/test-classes:target/classes:$(<target/test-classpath)" \
  dolmen.bench.NightlyBench "$work/stack" "$segments" 'restic -q backup "$PEER_SOURCE"' | grep -E 'dolmen|^  '
