#!/usr/bin/env bash
# How many codes a second `tongma verify -` judges over all cores, from text to JSON verdict.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
count=${1:-20000}
"$TONGMA_BIN" authority init "$folder/authority" >/dev/null
"$TONGMA_BIN" key new "$folder/key" >/dev/null
printf '{"colour":"green","region":"360000","name":"甲乙丙","valid_for_s":604800}' > "$folder/claims.json"
"$TONGMA_BIN" issue --authority "$folder/authority" --claims "$folder/claims.json" --holder-key "$folder/key" > "$folder/credential"
"$TONGMA_BIN" present --credential "$folder/credential" --holder-key "$folder/key" > "$folder/text"
yes "$(cat "$folder/text")" | head -n "$count" > "$folder/lines" || true
started=$(date +%s%N)
passed=$("$TONGMA_BIN" verify --bundle "$folder/authority/public/bundle.cbor" --status "$folder/authority/public/status/0.cbor" - < "$folder/lines" | grep -c '"outcome":"pass"')
ended=$(date +%s%N)
printf '%s codes, %s passed, %s a second on %s cores\n' "$count" "$passed" $((count * 1000000000 / (ended - started))) "$(nproc)"
