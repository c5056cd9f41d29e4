#!/usr/bin/env bash
# Evaluates random packages, or mutated ones of a corpus, here and with the real `cue`, shrinks what differs and shows each shape of difference once.
# Exit code 1 if there was one that tests/DataMesh.Differential/known-differences.txt does not name.
#
#   eng/differential.sh [--packages N] [--seed N] [--strict acceptance|verdicts|paths|positions|values|messages] [--findings N] [--sources FILE | --mutate DIR]
#
# --mutate takes the packages of the corpora (JSON Lines) in a folder, a part of one or of two, and changes them at random:
# other operands, values that become references, choices, embeddings, comprehensions, fields that become optional or hidden.
# What differs without the change too is counted, not shown.
# --sources takes packages that are not random: paragraphs of a file, with an empty line between two.
# Where cue answers as we do once the package says the same in other words, it contradicts itself: that is counted, not shown.
# A seed gives the same package always. ORACLE names the program that answers for `cue`
# (default: tools/oracle/oracle in ../shared or $DATAMESH_SHARED).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
oracle=${ORACLE:-$shared/tools/oracle/oracle}
[ -x "$oracle" ] || fail "no $oracle: there is nothing to compare with"
program=$(program tests/DataMesh.Differential)
exec "$program" "$oracle" "$@"
