#!/usr/bin/env bash
# Takes mutated sources of the corpora (characters, tokens, spliced, repeated, nested) through the whole of the CUE library:
# no crash, no hang. Findings are shrunk, shown with their seed, and saved; exit code 1 if there was one.
#
#   eng/fuzz.sh DIR [--seed N] [--count N] [--minutes N] [--limit SECONDS] [--findings FOLDER]
#
# A seed gives the same source always. DATAMESH_NO_BUILD=1 runs what was built before.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
program=$(program tests/DataMesh.Conformance)
exec nice -n 19 "$program" fuzz "$@"
