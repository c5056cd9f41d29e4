#!/usr/bin/env bash
# Measures, and prints one Markdown table in which every ratio is from this one run:
#
#   eng/bench.sh                everything: in process, publishing to Kafka, HTTP load; about eight minutes
#   eng/bench.sh message        one message in process only; needs nothing beside the SDK
#   eng/bench.sh publish|http   publishing to a real broker; the platform under HTTP load
#
# The broker and the peers come from ../shared; without it only `message` runs, and says so.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
. "$repository/eng/broker.sh"

only=${1:-}
case $only in '' | message | publish | http) ;; *) fail "what to measure: message, publish or http, not '$only'" ;; esac
arguments=()
[ -z "$only" ] || arguments+=(--only "$only")

{
  "$repository/eng/librdkafka.sh" build
  dotnet build "$repository/tests/DataMesh.Benchmarks" -c Release -v q -nologo
  if [ -d "$shared" ]; then
    DATAMESH_SHARED=$(cd "$shared" && pwd)
    export DATAMESH_SHARED
  fi
  if [ "$only" != message ]; then
    if [ ! -d "$shared" ]; then
      [ -z "$only" ] || fail "no ../shared to take a broker from"
      say "no ../shared beside the repository: no broker, no peers; measuring in process only"
    else
      dotnet build "$repository/samples/StreamingPlatform" -c Release -v q -nologo
      want wrk wrk || fail "the HTTP load needs wrk"
      start_broker
      trap stop_brokers EXIT
      arguments+=(--kafka "$DATAMESH_TEST_KAFKA" --platform "$repository/samples/StreamingPlatform/bin/Release/net10.0/StreamingPlatform")
    fi
  fi
} >&2

"$repository/tests/DataMesh.Benchmarks/bin/Release/net10.0/DataMesh.Benchmarks" "${arguments[@]}"
