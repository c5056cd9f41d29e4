# Sourced by run.sh, test.sh and the scripts here: where the repository is, how to speak, and what to install.
# shellcheck shell=bash

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
shared=${DATAMESH_SHARED:-$repository/../shared}

say() { echo "==> $*"; }
fail() { echo "error: $*" >&2; exit 1; }

command -v dotnet >/dev/null || fail "no dotnet on PATH: install the .NET SDK that global.json names"

# want COMMAND PACKAGE: makes a command available from Debian's packages where that is allowed (as root); else answers 1.
apt_is_fresh=
want() {
  command -v "$1" >/dev/null && return
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    say "no $1 on PATH (Debian: apt-get install $2)"
    return 1
  fi
  say "installing $2 for $1"
  [ -n "$apt_is_fresh" ] || apt-get update -qq >&2 || true
  apt_is_fresh=1
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null || return 1
}

# program PROJECT: builds a project of the repository and prints the path of its program. DATAMESH_NO_BUILD=1 takes what was built before.
program() {
  local project=$repository/$1 configuration=${CONFIGURATION:-Release}
  if [ "${DATAMESH_NO_BUILD:-}" != 1 ]; then
    dotnet build "$project" -c "$configuration" -v q -nologo >&2 || fail "the build of $1 failed"
  fi
  echo "$project/bin/$configuration/net10.0/${1##*/}"
}
