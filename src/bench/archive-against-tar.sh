#!/usr/bin/env bash
# archive-against-tar.sh [PAIRS] [MIB]: the archive step of a full backup against the backup script's tar, in turn, on the
# sandbox's containers with MIB MiB of random files more in deep storage. Prints each pair, the ratio, and the medians.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. src/sandbox/lib/common.sh
pairs=${1:-5} mib=${2:-2048}
work=$PROJECT/target/bench
image=dolmen-sandbox/druid:25.0.0

median() { sort -n | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

seconds_of() { # STEP: of the report on stdin
  sed -n "s/^ *$1 *\([0-9.]*\) s.*/\1/p" | head -n 1
}

src/sandbox/sandbox.sh containers wipe
src/sandbox/sandbox.sh containers up
trap 'src/sandbox/sandbox.sh containers wipe; rm -rf "$work"' EXIT
src/sandbox/sandbox.sh containers ingest
rm -rf "$work" && mkdir -p "$work"
docker run --rm --network none --user 0 --volumes-from historical --entrypoint sh "$image" -c "
  mkdir -p /opt/shared/segments/bulk && cd /opt/shared/segments/bulk
  for i in \$(seq $((mib / 32))); do head -c 32M /dev/urandom >\$i.bin; done; sync"

cat >"$work/dolmen.properties" <<PROPERTIES
dolmen.catalog.path=$work/backup
dolmen.state.path=$work/state
dolmen.druid.url=http://127.0.0.1:18888
PROPERTIES

: >"$work/dolmen" && : >"$work/tar" && : >"$work/whole" && : >"$work/ratio"
for pair in $(seq 0 "$pairs"); do
  rm -rf "$work/backup" "$work/x.tar"
  sync
  report=$(DOLMEN_OPTS=-Xmx256m target/dolmen/bin/dolmen --config "$work/dolmen.properties" backup 2>/dev/null)
  ours=$(seconds_of archive-segments <<<"$report")
  whole=$(sed -n 's/.*took \([0-9.]*\) s/\1/p' <<<"$report" | head -n 1)
  rm -rf "$work/backup"
  sync
  began=$(date +%s.%N)
  docker run --rm --volumes-from historical -v "$work:/a" --user 0 --entrypoint tar "$image" cf /a/x.tar /opt/shared 2>/dev/null
  theirs=$(awk -v began="$began" -v ended="$(date +%s.%N)" 'BEGIN { printf "%.1f", ended - began }')
  if ((pair == 0)); then
    echo "warm-up: archive step $ours s, docker run tar $theirs s"
    continue
  fi
  ratio=$(awk -v ours="$ours" -v theirs="$theirs" 'BEGIN { printf "%.2f", ours / theirs }')
  echo "pair $pair: archive step $ours s, docker run tar $theirs s, ratio $ratio; whole backup $whole s"
  echo "$ours" >>"$work/dolmen" && echo "$theirs" >>"$work/tar" && echo "$whole" >>"$work/whole" && echo "$ratio" >>"$work/ratio"
done
echo "medians: archive step $(median <"$work/dolmen") s, docker run tar $(median <"$work/tar") s," \
  "ratio $(median <"$work/ratio"); whole backup $(median <"$work/whole") s"
