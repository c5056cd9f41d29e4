#!/usr/bin/env bash
# Evaluates random packages here and with the real `cue`, shrinks what differs and shows each shape of difference once.
# Exit code 1 if there was one that tests/DataMesh.Differential/known-differences.txt does not name.
#
#   eng/differential.sh [--packages N] [--seed N] [--strict verdicts|paths|positions|messages] [--findings N] [--sources FILE]
#
# --sources takes packages that are not random: paragraphs of a file, with an empty line between two.
# A seed gives the same package always. ORACLE names the program that answers for `cue`
# (default: tools/oracle/oracle in ../shared or $DATAMESH_SHARED).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
oracle=${ORACLE:-$shared/tools/oracle/oracle}
[ -x "$oracle" ] || fail "no $oracle: there is nothing to compare with"
program=$(program tests/DataMesh.Differential)
exec "$program" "$oracle" "$@"
