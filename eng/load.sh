#!/usr/bin/env bash
# How long it takes to load and check 1,000 definitions that refer to each other: `datamesh vet` as a native program against
# the real `cue vet`, whole processes with their start, taken in turns. Prints the medians of RUNS (21) of each and their ratio.
#
#   eng/load.sh
#
# ORACLE names the program that answers `cue ...` (default: tools/oracle/oracle in ../shared or $DATAMESH_SHARED).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
cd "$repository"
oracle=${ORACLE:-$shared/tools/oracle/oracle}
[ -x "$oracle" ] || fail "no $oracle: there is nothing to compare with"
runs=${RUNS:-21}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

say "publishing datamesh as a native program"
eng/native.sh "$folder/bin" >&2

awk 'BEGIN {
  print "package load\n\n#Base: {\n\tid:      string\n\tversion: *1 | int\n\t...\n}\n"
  for (i = 0; i < 1000; i++) {
    previous = i % 10 ? "#T" (i - 1) : "#Base"
    print "#T" i ": {\n\t#Base\n\tkind:     \"t" i "\"\n\tname:     string & =~\"^[a-z]+$\"\n\tage?:     int & >=0 & <=" (100 + i)
    print "\tlevel:    *\"low\" | \"mid\" | \"high\"\n\ttags:     [...string]\n\tlabels: [string]: string"
    print "\taddress!: {\n\t\tstreet: string\n\t\tzip:    =~\"^[0-9]{5}$\"\n\t}\n\tnext?: " previous "\n\tif level == \"high\" {\n\t\tapprover: string\n\t}\n}\n"
  }
}' >"$folder/load.cue"

# milliseconds COMMAND...: how long it took.
milliseconds() {
  local start=$EPOCHREALTIME end
  "$@" >/dev/null
  end=$EPOCHREALTIME
  echo $(((${end/./} - ${start/./}) / 10)) | sed 's/..$/.&/'
}
median() { sort -n "$1" | sed -n "$(((runs + 1) / 2))p"; }

for ((i = 0; i < runs; i++)); do
  milliseconds "$oracle" cue vet "$folder/load.cue" >>"$folder/cue"
  milliseconds "$folder/bin/datamesh" vet "$folder/load.cue" >>"$folder/datamesh"
done
cue=$(median "$folder/cue") ours=$(median "$folder/datamesh")
echo "1,000 definitions: cue vet $cue ms, datamesh vet $ours ms, cue / datamesh = $(awk "BEGIN { printf \"%.2f\", $cue / $ours }")"
