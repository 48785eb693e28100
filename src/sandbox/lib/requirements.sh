# What the native form and the demonstration need of a machine.
# shellcheck shell=bash

# check_requirements: names all that is missing, with the one line that installs it, before anything is built.
check_requirements() {
  local missing=() packages=()
  [[ $(javac -version 2>&1) =~ ^javac\ (1[7-9]|[2-9][0-9]) ]] || { missing+=("a JDK 17 or later"); packages+=(openjdk-17-jdk-headless); }
  have mvn || { missing+=("Maven"); packages+=(maven); }
  "$SANDBOX/postgres-programs.sh" --check || { missing+=("PostgreSQL"); packages+=(postgresql); }
  ((${#missing[@]} == 0)) || die "not installed: $(printf '%s, ' "${missing[@]}" | sed 's/, $//')" "apt-get install ${packages[*]}"
}
