#!/usr/bin/env bash
# Judges every corpus (parse.jsonl, eval.jsonl, ...) found in a folder: one line each, "name: passed/total";
# the ids that fail, with the first difference, go to a file.
#
#   eng/conformance.sh DIR [--failures FILE] [--only TEXT-IN-ID] [--limit SECONDS] [--expect FOLDER] [--table FILE]
#
# --expect brings the lists of expected failures up to date, --table the table in the README.
# DATAMESH_NO_BUILD=1 runs what was built before.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
program=$(program tests/DataMesh.Conformance)
exec "$program" run "$@"
