#!/bin/sh
# build.sh [TAG]: builds the image from the unpacked archive that this file lies in, or from the one that Maven made.
# BASE=IMAGE names another base image, DOLMEN_TAR=FILE another archive.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(dirname -- "$(dirname -- "$here")")
tar=${DOLMEN_TAR:-$root/target/dolmen.tar.gz}
context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT
if [ -z "${DOLMEN_TAR:-}" ] && [ -x "$root/bin/dolmen" ]; then
    mkdir "$context/dolmen"
    cp -r "$root/bin" "$root/lib" "$root/config" "$context/dolmen"
elif [ -f "$tar" ]; then
    tar -xf "$tar" -C "$context"
else
    echo "there is no $tar" >&2
    echo "HINT: make it: mvn -q -DskipTests package" >&2
    exit 2
fi
cp "$here/Dockerfile" "$context"
docker build -q -t "${1:-dolmen}" ${BASE:+--build-arg "BASE=$BASE"} "$context"
