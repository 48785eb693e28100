#!/usr/bin/env bash
# postgres-programs.sh: prints the folder of PostgreSQL's server and client programs. Where they are not installed, it has
# apt-get fetch the distribution's packages and unpacks them into the build folder: that needs no root and installs nothing.
# The link "postgres" in the build folder leads there, too. With --check it only tells, by its status, whether they are there or can be fetched.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
. "$SANDBOX/lib/postgres.sh"

complete() {
  local program
  for program in initdb pg_ctl postgres psql pg_dump pg_restore createdb; do [[ -x $1/$program ]] || return 1; done
}

# The newest that are installed; apart from Debian and its kin they are on the path, where the tests have our link, too.
installed() {
  local folder
  while read -r folder; do
    [[ ! ${folder%/*} -ef $SANDBOX_BUILD ]] || continue
    ! complete "$folder" || { echo "$folder"; return; }
  done < <(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV; tr : '\n' <<<"$PATH")
  return 1
}

# found FOLDER: prints and links it.
found() {
  local link=$SANDBOX_BUILD/postgres
  mkdir -p "$SANDBOX_BUILD"
  [[ $(readlink "$link") == "$1" ]] || { ln -sn "$1" "$link.$$" && mv -T "$link.$$" "$link"; }
  echo "$1"
}

can_fetch() { have apt-get && have dpkg; }

# apt FOLDER ARGUMENTS: apt-get with lists and archives of its own, so that it works for every user.
apt() {
  local state=$1
  shift
  mkdir -p "$state/lists/partial" "$state/cache/archives/partial"
  apt-get -q -y -o Dir::State::lists="$state/lists" -o Dir::Cache="$state/cache" -o Debug::NoLocking=1 \
    -o Acquire::Languages=none "$@"
}

# fetch FOLDER: fills it. The programs find their libraries by a small script of the same name.
fetch() {
  local folder=$1 state=$1/apt root=$1/root deb program libraries
  say "PostgreSQL is not installed: fetching its programs (70 MB)"
  rm -rf "${folder:?}"/*
  { apt "$state" update && apt "$state" --download-only --no-install-recommends install postgresql; } >"$folder/apt.log" 2>&1 \
    || die "apt-get could not fetch PostgreSQL's programs (see $folder/apt.log)" "apt-get install postgresql"
  for deb in "$state"/cache/archives/*.deb; do dpkg -x "$deb" "$root"; done
  libraries=$(find "$root" -name 'lib*.so*' -path '*-linux-gnu*/lib*' -printf '%h\n' | sort -u | paste -sd:)
  mkdir "$folder/bin"
  for program in "$root"/usr/lib/postgresql/*/bin/*; do
    printf '#!/bin/sh\nexec env LD_LIBRARY_PATH="%s" "%s" "$@"\n' "$libraries" "$program" >"$folder/bin/${program##*/}"
  done
  chmod +x "$folder"/bin/*
  rm -r "$state"
  complete "$folder/bin" || die "the packages of PostgreSQL do not hold all its programs" "apt-get install postgresql"
  echo "$folder" >"$folder/whole"
}

if [[ ${1:-} == --check ]]; then installed >/dev/null || can_fetch; exit; fi
if folder=$(installed); then found "$folder"; exit; fi
can_fetch || die "PostgreSQL's programs are not installed" "install PostgreSQL, server and clients, and put its programs on the path"
folder=$(folder_for_postgres "$SANDBOX_BUILD/postgres-programs")
[[ -O $folder ]] || die "$folder belongs to somebody else" "who made it?"
exec 9>"$folder.lock"
flock -w 600 9 || die "another fetching of PostgreSQL's programs does not come to its end" "who holds $folder.lock?"
[[ -e $folder/whole && $(<"$folder/whole") == "$folder" ]] || fetch "$folder" 9>&-
found "$folder/bin"
