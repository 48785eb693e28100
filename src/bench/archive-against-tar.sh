#!/usr/bin/env bash
# archive-against-tar.sh [PAIRS] [MIB] [FILE_MIB]: the archive step of a full backup (heap 256 MiB), read from the mount and
# through the Docker API, against tar and docker cp of the same folder, in turn: a volume of MIB MiB in random files of
# FILE_MIB MiB each. As root, for the volume's folder.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
pairs=${1:-5} mib=${2:-2048} file_mib=${3:-8}
work=$PROJECT/target/bench-archive
container=dolmen-bench-$$
image=dolmen-sandbox/druid:25.0.0

docker image inspect "$image" >/dev/null 2>&1 || src/sandbox/containers/build.sh
classes
rm -rf "$work" && mkdir -p "$work"
trap 'docker rm -f "$container" >/dev/null; docker volume rm "$container" >/dev/null; rm -rf "$work"' EXIT
docker run -d --name "$container" --network none --user 0 -v "$container:/opt/shared" --entrypoint sleep "$image" infinity
docker exec "$container" sh -c "
  mkdir -p /opt/shared/segments/bulk && cd /opt/shared/segments/bulk
  for i in \$(seq $((mib / file_mib))); do mkdir \$i && head -c ${file_mib}M /dev/urandom >\$i/index.zip; done"
shared=$(docker volume inspect -f '{{.Mountpoint}}' "$container")

plain_tar() { tar cf "$work/x.tar" -C "$shared" .; }

script_tar() {
  docker run --rm --volumes-from "$container" -v "$work:/a" --user 0 --entrypoint tar "$image" \
    cf /a/x.tar /opt/shared 2>/dev/null
}

docker_cp() { docker cp "$container:/opt/shared" - >"$work/x.tar"; }

and_sync() { "$1" && sync "$work/x.tar"; }

clear() {
  rm -rf "$work/x.tar" "$work/staging"
  mkdir "$work/staging"
  sync
}

measure() { # PAIR NAME COMMAND...
  clear
  local took
  took=$("${@:3}")
  note "$1" "$2" "$took"
}

for pair in $(seq 0 "$pairs"); do
  measure "$pair" mount program 256m ArchiveBench "$container" mount "$work/staging"
  measure "$pair" script-tar seconds script_tar
  measure "$pair" tar seconds plain_tar
  measure "$pair" tar-and-sync seconds and_sync plain_tar
  measure "$pair" api program 256m ArchiveBench "$container" api "$work/staging"
  measure "$pair" docker-cp seconds docker_cp
  measure "$pair" docker-cp-and-sync seconds and_sync docker_cp
done
for peer in script-tar tar tar-and-sync; do faster mount "$peer"; done
for peer in docker-cp docker-cp-and-sync; do faster api "$peer"; done
