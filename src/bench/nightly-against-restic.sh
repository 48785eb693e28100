#!/usr/bin/env bash
# nightly-against-restic.sh [SEGMENTS] [LEAST] [MOST] [random|mixed] [FIRST_RUNS] [FOLDER]: nightly runs of one Dolmen process
# (heap 512 MiB) against restic on the same tree and disk: first runs, each into an empty catalog and an empty repository,
# nothing new twice, one percent new. The segments are generated: a row in a real PostgreSQL and a file of LEAST to MOST
# bytes each; Druid's API is a stand-in that knows just these.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
segments=${1:-10000} least=${2:-512} most=${3:-$least} content=${4:-random} firsts=${5:-1}
work=${6:-$PROJECT/target/bench-nightly}
installed restic
classes
rm -rf "$work" && mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
export RESTIC_PASSWORD=bench RESTIC_REPOSITORY=$work/restic RESTIC_CACHE_DIR=$work/cache
program 512m NightlyBench "$work/stack" "$segments" "$least" "$most" "$content" "$firsts" \
  'rm -rf "$RESTIC_REPOSITORY" "$RESTIC_CACHE_DIR" && restic -q init' 'restic -q backup "$PEER_SOURCE"' \
  | grep -E 'dolmen|^  ' | tee "$work/lines"
sed -n 's/^full .* ratio \([0-9.]*\);.*/\1/p' "$work/lines" | sort -n \
  | awk '{ v[NR] = $1 } END { printf "first run: median ratio %.2f (%.2f to %.2f, %d runs)\n", v[int((NR + 1) / 2)], v[1], v[NR], NR }'
