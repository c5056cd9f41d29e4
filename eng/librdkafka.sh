#!/usr/bin/env bash
# The native library under Confluent.Kafka. Normally the NuGet package librdkafka.redist brings it and nothing is done
# here. Where the package feed lacks that package, the library is built once, from the source that Confluent ships
# in an npm package, into artifacts/librdkafka, and the build takes the version of Confluent.Kafka that goes with it.
#
#   eng/librdkafka.sh detect    settles which of the two it is (before the first restore); instant when the package is there
#   eng/librdkafka.sh build     detect, and build the library if it is needed and not there yet (before Kafka is used)
#
# LIBRDKAFKA=package or LIBRDKAFKA=source overrides what detect finds.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

cache=$repository/artifacts/librdkafka
version_of() { sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" "$repository/eng/Librdkafka.props"; }
package_version=$(version_of LibrdkafkaPackageVersion)
source_version=$(version_of LibrdkafkaSourceVersion)
npm_package=@confluentinc/kafka-javascript@1.10.1

has_package() {
  case ${LIBRDKAFKA:-} in
    package) return 0 ;;
    source) return 1 ;;
    '') ;;
    *) fail "LIBRDKAFKA is 'package' or 'source', not '$LIBRDKAFKA'" ;;
  esac
  [ -e "${NUGET_PACKAGES:-$HOME/.nuget/packages}/librdkafka.redist/$package_version/.nupkg.metadata" ] && return
  local log
  log=$(dotnet restore "$repository/eng/librdkafka/Probe.csproj" -v q -nologo 2>&1) && return
  # Only "there is no such version" means the fallback: a feed that does not answer is an error of its own.
  grep -qE 'NU1101|NU1102|NU1103' <<<"$log" || { echo "$log" >&2; fail "the package feed could not be asked for librdkafka.redist"; }
  return 1
}

detect() {
  mkdir -p "$cache"
  if has_package; then
    rm -f "$cache/from-source"
  elif [ ! -e "$cache/from-source" ]; then
    say "the package feed lacks librdkafka.redist $package_version: taking librdkafka $source_version built from source"
    touch "$cache/from-source"
  fi
}

build() {
  local target=$cache/$source_version/librdkafka.so work tool
  [ -e "$cache/from-source" ] && [ ! -e "$target" ] || return 0
  [ "$(uname -s)" = Linux ] || fail "building librdkafka from source is scripted for Linux only"
  want gcc gcc && want make make && want npm npm || fail "building librdkafka needs gcc, make and npm"
  for tool in zlib.h:zlib1g-dev openssl/ssl.h:libssl-dev; do
    echo "#include <${tool%%:*}>" | gcc -E - >/dev/null 2>&1 && continue
    [ "$(id -u)" = 0 ] && apt-get update -qq >&2 && apt-get install -y -qq "${tool##*:}" >/dev/null || fail "building librdkafka needs ${tool##*:}"
  done
  work=$(mktemp -d)
  trap "rm -rf '$work'" EXIT
  say "building librdkafka $source_version from $npm_package (about a minute, once)"
  (cd "$work" && npm pack --silent "$npm_package" >/dev/null && tar xzf ./*.tgz) || fail "npm could not fetch $npm_package"
  cd "$work/package/deps/librdkafka"
  { ./configure --disable-gssapi --disable-lz4-ext && make -C src -j"$(nproc)" librdkafka.so.1; } >"$work/build.log" 2>&1 \
    || { tail -30 "$work/build.log" >&2; fail "building librdkafka failed"; }
  mkdir -p "$(dirname "$target")"
  # Copied under another name first, so that an interrupted copy is never taken for the library.
  cp src/librdkafka.so.1 "$target.part" && mv "$target.part" "$target"
}

case ${1:-} in
  detect) detect ;;
  build) detect; build ;;
  *) sed -n '2,9p' "${BASH_SOURCE[0]}" | sed 's/^# \{0,1\}//' >&2; exit 2 ;;
esac
