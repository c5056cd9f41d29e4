#!/usr/bin/env bash
# Publishes the command `datamesh` as one native program for this machine.
#
#   eng/native.sh FOLDER
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
[ $# = 1 ] || fail "usage: eng/native.sh FOLDER"
want gcc gcc || want clang clang || fail "a native program needs a C toolchain to link with"
dotnet publish "$repository/generator/DataMesh.Tool" -c Release --use-current-runtime -p:NativeTool=true -o "$1" -v q -nologo
