#!/usr/bin/env bash
# Validates every document of the corpus conformance/vet with the JSON Schema that `datamesh export --out jsonschema` makes of its
# schema, and compares with the verdict of `cue vet`. Fails when a verdict differs for a reason that is not JSON Schema's own.
#
#   eng/jsonschema.sh
#
# Needs python3 with the packages jsonschema and regex.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
corpus=$shared/conformance/vet/vet.jsonl
[ -f "$corpus" ] || fail "no $corpus: there is nothing to compare with"
python3 -c 'import jsonschema, regex' 2>/dev/null || fail "python3 with the packages jsonschema and regex is needed"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
say "publishing datamesh as a native program"
"$repository/eng/native.sh" "$folder/bin" >&2
python3 "$repository/eng/jsonschema/verdicts.py" "$folder/bin/datamesh" "$corpus"
