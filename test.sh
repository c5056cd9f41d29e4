#!/usr/bin/env bash
# Builds the solution and runs every test suite. Ends with the sum of all of them, `N passed, N failed, N skipped`, and
# fails when a test failed, a suite ended abnormally, or a suite ran no test.
#
#   ./test.sh            every suite
#   ./test.sh Kafka Cue  the suites DataMesh.Kafka.Tests and DataMesh.Cue.Tests
#
# What lies outside the repository (../shared or $DATAMESH_SHARED: corpora, a Kafka broker, peers) is used where it is
# there; the suites skip what needs it elsewhere, and say so. With CI=true its absence is a failure.
# CONFIGURATION (Release), SUITE_MINUTES (30) and DATAMESH_TEST_KAFKA (a broker to use) may be set.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/eng/setup.sh"
. "$repository/eng/broker.sh"
cd "$repository" || exit 1
configuration=${CONFIGURATION:-Release}

if [ -d "$shared" ]; then
  DATAMESH_SHARED=$(cd "$shared" && pwd)
  export DATAMESH_SHARED
  want java default-jre-headless
  want kcat kcat
elif [ "${CI:-}" = true ]; then
  fail "CI needs ../shared (corpora, broker, peers) beside the repository"
else
  say "no ../shared beside the repository: what needs it is skipped"
fi

if [ -z "${DATAMESH_BROKERS:-}" ]; then
  DATAMESH_BROKERS=$(mktemp -d)
  export DATAMESH_BROKERS
  trap stop_brokers EXIT
  trap 'exit 130' INT TERM
fi

eng/librdkafka.sh build || exit 1
say "building the solution ($configuration)"
dotnet build DataMesh.Generators.sln -c "$configuration" -v q -nologo || fail "the build failed"

logs=artifacts/tests
rm -rf "$logs" && mkdir -p "$logs"
passed=0 failed=0 skipped=0 broken=()
count() { sed -n "s/^  $2: \([0-9]*\)$/\1/p" "$1" | tail -1; }

run_suite() {
  local name=$1 log=$logs/$1.log code ok bad skip
  say "$name"
  timeout --kill-after=30 "${SUITE_MINUTES:-30}m" "tests/$name/bin/$configuration/net10.0/$name" \
    --no-ansi --no-progress --results-directory "$logs/$name" </dev/null >"$log" 2>&1
  code=$?
  ok=$(count "$log" succeeded) bad=$(count "$log" failed) skip=$(count "$log" skipped)
  passed=$((passed + ${ok:-0})) failed=$((failed + ${bad:-0})) skipped=$((skipped + ${skip:-0}))
  if [ $code = 0 ] && [ "${ok:-0}" -gt 0 ]; then
    grep -A1 '^skipped ' "$log" | sed -n 's/^  //p' | sort | uniq -c | sed 's/^ *\([0-9]*\) /    skipped \1: /'
  else
    sed 's/^/    /' "$log" | tail -400
    case $code in
      8) echo "    $name ran no test" ;;
      124 | 137) echo "    $name did not end in ${SUITE_MINUTES:-30} minutes" ;;
    esac
    broken+=("$name")
    # A suite that ended without naming a failed test (no test, a crash, a timeout) counts as one.
    [ "${bad:-0}" -gt 0 ] || failed=$((failed + 1))
  fi
  echo "    ${ok:-0} passed, ${bad:-0} failed, ${skip:-0} skipped"
}

chosen=" $* "
for project in tests/*/; do
  name=$(basename "$project")
  case $name in *.Tests | DataMesh.Conformance) ;; *) continue ;; esac
  short=${name#DataMesh.} short=${short%.Tests}
  [ $# = 0 ] || [[ $chosen == *" $short "* ]] || continue
  run_suite "$name"
done

[ ${#broken[@]} = 0 ] || say "failed: ${broken[*]} (logs in $logs)"
[ $((passed + failed + skipped)) -gt 0 ] || { say "no suite ran"; failed=1; }
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
