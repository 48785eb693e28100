# Shared by what runs PostgreSQL's server: it refuses to run as root, and its user must be able to enter its folders.
# shellcheck shell=bash

postgres_user() { if id postgres >/dev/null 2>&1; then echo postgres; else echo nobody; fi; }

as_postgres() {
  if [[ $(id -u) != 0 ]]; then (cd / && "$@"); return; fi
  (cd / && setpriv --reuid "$(postgres_user)" --regid "$(id -g "$(postgres_user)")" --clear-groups "$@")
}

# folder_for_postgres FOLDER: makes the folder and prints its name. When PostgreSQL's user cannot enter it (a clone under
# /root), it is one below /var/tmp instead.
folder_for_postgres() {
  local folder=$1
  mkdir -p "$folder"
  if ! as_postgres test -x "$folder"; then
    folder=/var/tmp/dolmen-sandbox-postgres-$(echo "$folder" | cksum | cut -d' ' -f1)
    mkdir -p "$folder"
  fi
  echo "$folder"
}
