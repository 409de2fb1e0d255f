#!/usr/bin/env bash
# npm run demo: installs, builds where something changed, and serves the synthetic province on loopback.
set -eu
cd "$(dirname "$0")/.."
. scripts/install.sh
if [ ! -e build/server/main.js ] || [ -n "$(find app db public package-lock.json vite.config.ts -newer build/server/main.js -print -quit)" ]; then
  npm run --silent build
fi
export DEMO=1 DATA_DIR="${DATA_DIR:-./data}"
# what the demo keeps is for this user alone
umask 077
mkdir -p "$DATA_DIR"
# the demo's people are invented, so its key may lie beside its database; production reads its key from the environment
[ -e "$DATA_DIR/demo.env" ] || node build/server/command.js keys:create > "$DATA_DIR/demo.env" 2>/dev/null
set -a
. "$DATA_DIR/demo.env"
set +a
export LOG_LEVEL="${LOG_LEVEL:-warn}" NODE_ENV=production
exec node build/server/main.js
