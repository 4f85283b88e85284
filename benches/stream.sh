#!/usr/bin/env bash
# How many codes a second `tongma verify -` judges over all cores, from text to JSON verdict, each of another person. Further builds of
# the program are measured in turn with it: stream.sh [COUNT] [OTHER_BINARY …]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
count=${1:-20000}
"$TONGMA_BIN" authority init "$folder/authority" >/dev/null
cargo bench --quiet --profile dev --bench codes -- "$folder/authority" "$count" > "$folder/lines"
# The clock says what other work on the machine leaves over, the processors' time what a code costs.
TIMEFORMAT='%R %U %S'
for round in 1 2 3; do
  for program in "$TONGMA_BIN" "${@:2}"; do
    { time "$program" verify --bundle "$folder/authority/public/bundle.cbor" --status "$folder/authority/public/status/0.cbor" - \
      < "$folder/lines" > "$folder/verdicts"; } 2> "$folder/time"
    passed=$(grep -c '"outcome":"pass"' "$folder/verdicts")
    awk -v name="$(basename "$program")" -v round="$round" -v codes="$count" -v passed="$passed" -v cores="$(nproc)" \
      '{ printf "%s: round %d, %d codes, %d passed, %d a second on %d cores, %d µs of processor time each\n", name, round, codes, passed, codes / $1, cores, ($2 + $3) * 1e6 / codes }' \
      "$folder/time"
  done
done
