# Shared by the scripts beside it; sourced, not run.
# shellcheck shell=bash
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"
# shellcheck source=versions
source "$ROOT/pkg-scripts/versions"
TOOLS="$ROOT/.tools"
# wasm-bindgen, as `setup build` builds it.
BINDGEN="$ROOT/target/module/tongma-bindgen"
export PATH="$TOOLS/bin:$PATH"

step() { printf '==> %s\n' "$*"; }
note() { printf '    %s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# A stamp remembers a hash of inputs, so that work already done is not done again.
hash_of() { cat "$@" 2>/dev/null | if have sha256sum; then sha256sum; else shasum -a 256; fi | cut -c1-64; }
hash_tree() { find "$@" -name node_modules -prune -o -type f -print0 2>/dev/null | sort -z | xargs -0 cat | hash_of /dev/stdin; }
fresh() { [ -f "$ROOT/.tools/stamps/$1" ] && [ "$(cat "$ROOT/.tools/stamps/$1")" = "$2" ]; }
stamp() { mkdir -p "$ROOT/.tools/stamps"; printf '%s' "$2" > "$ROOT/.tools/stamps/$1"; }

find_chrome() {
  local candidate
  for candidate in "${CHROME:-}" chromium chromium-browser google-chrome "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if [ -n "$candidate" ] && have "$candidate"; then command -v "$candidate"; return; fi
  done
  return 1
}
