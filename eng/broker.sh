# Sourced after setup.sh: a real Kafka broker from ../shared/kafka for as long as a script runs.
# shellcheck shell=bash

# start_broker: starts one node on free ports and names it in DATAMESH_TEST_KAFKA. Suites that need brokers of their own
# (to kill them, or secured ones) keep them in directories under DATAMESH_BROKERS, so that stop_brokers ends those too.
start_broker() {
  [ -x "$shared/kafka/kafka.sh" ] || fail "no $shared/kafka/kafka.sh to start a broker with"
  want java default-jre-headless || fail "the broker needs Java 17 or newer"
  DATAMESH_BROKERS=$(mktemp -d)
  export DATAMESH_BROKERS
  local attempt port
  for attempt in 1 2 3; do
    port=$(free_ports)
    if DATAMESH_TEST_KAFKA=$("$shared/kafka/kafka.sh" start "$DATAMESH_BROKERS/common-$attempt" --port "$port"); then
      export DATAMESH_TEST_KAFKA
      say "broker at $DATAMESH_TEST_KAFKA"
      return
    fi
  done
  stop_brokers
  fail "the broker did not start"
}

stop_brokers() {
  local directory
  for directory in "$DATAMESH_BROKERS"/*/; do
    [ -e "$directory/port" ] && "$shared/kafka/kafka.sh" stop "$directory" || true
  done
  rm -rf "$DATAMESH_BROKERS"
}

# free_ports: the first of three neighbouring ports that nothing listens on, below the range for outgoing connections.
free_ports() {
  local port
  while :; do
    port=$((12000 + RANDOM % 18000))
    grep -qiE "$(printf ':(%04X|%04X|%04X) ' $port $((port + 1)) $((port + 2)))" /proc/net/tcp /proc/net/tcp6 || { echo $port; return; }
  done
}
