#!/usr/bin/env bash
# upload-against-rclone.sh [PAIRS] [MIB] [PART_MIB]: the upload of a backup with an archive of MIB MiB (heap 256 MiB) against
# rclone, in turn, to one S3 server in a process of its own; both send four parts at a time.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
pairs=${1:-5} mib=${2:-1024} part_mib=${3:-16}
work=$PROJECT/target/bench-upload
installed rclone
classes
rm -rf "$work" && mkdir -p "$work"
coproc SERVER { program 1g BucketServer "$work/s3"; }
server=$SERVER_PID input=${SERVER[1]}
trap 'exec {input}>&-; wait "$server"; rm -rf "$work"' EXIT
read -r endpoint access secret <&"${SERVER[0]}"
program 256m UploadBench "$work/catalog" "$mib"
label=$(ls "$work/catalog")

export RCLONE_CONFIG_PEER_TYPE=s3 RCLONE_CONFIG_PEER_PROVIDER=Other RCLONE_CONFIG_PEER_ENDPOINT=$endpoint
export RCLONE_CONFIG_PEER_ACCESS_KEY_ID=$access RCLONE_CONFIG_PEER_SECRET_ACCESS_KEY=$secret
export RCLONE_CONFIG=$work/rclone.conf
: >"$RCLONE_CONFIG"
unset AWS_CA_BUNDLE # Debian's rclone ends when it is set

rclone_copy() {
  rclone copy "$work/catalog/$label" peer:backups/rclone --s3-no-check-bucket \
    --s3-upload-cutoff "${part_mib}M" --s3-chunk-size "${part_mib}M" --s3-upload-concurrency 4
}

rclone_check() { rclone -q check --download "$work/catalog/$label" peer:backups/rclone; }

for pair in $(seq 0 "$pairs"); do
  sync
  read -r sent whole < <(program 256m UploadBench "$work/catalog" "$part_mib" "$endpoint")
  note "$pair" send "$sent"
  note "$pair" send-and-read-back "$whole"
  rm -rf "$work"/s3/backups/*
  sync
  copied=$(seconds rclone_copy)
  note "$pair" rclone-copy "$copied"
  checked=$(seconds rclone_check)
  note "$pair" rclone-copy-and-check "$(awk "BEGIN { print $copied + $checked }")"
  rm -rf "$work"/s3/backups/*
done
faster send rclone-copy
faster send-and-read-back rclone-copy-and-check
