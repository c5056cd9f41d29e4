#!/usr/bin/env bash
# Builds the streaming platform and starts it on http://localhost:8181. Arguments go to it as they are:
#
#   ./run.sh                           in-process channel
#   ./run.sh --kafka localhost:9092    a Kafka cluster
#   ./run.sh --schema any.cue          another schema than the article's, read at the start
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/eng/setup.sh"

librdkafka=detect
for argument in "$@"; do
  case $argument in --kafka | --kafka=*) librdkafka=build ;; esac
done
"$repository/eng/librdkafka.sh" "$librdkafka"

say "building samples/StreamingPlatform"
dotnet build "$repository/samples/StreamingPlatform" -c Release -v q -nologo
exec "$repository/samples/StreamingPlatform/bin/Release/net10.0/StreamingPlatform" "$@"
