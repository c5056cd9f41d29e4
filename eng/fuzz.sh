#!/usr/bin/env bash
# Takes mutated sources of the corpora (characters, tokens, spliced, repeated, nested) through the whole of the CUE library:
# no crash, no hang. Findings are shrunk, shown with their seed, and saved; exit code 1 if there was one.
#
#   eng/fuzz.sh DIR [--seed N] [--count N] [--minutes N] [--limit SECONDS] [--findings FOLDER]
#
# A seed gives the same source always. DATAMESH_NO_BUILD=1 runs what was built before.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
project=$root/tests/DataMesh.Conformance
configuration=${CONFIGURATION:-Release}
if [ "${DATAMESH_NO_BUILD:-}" != 1 ]; then
  dotnet build "$project" -c "$configuration" -v q -nologo >&2
fi
exec nice -n 19 "$project/bin/$configuration/net10.0/DataMesh.Conformance" fuzz "$@"
