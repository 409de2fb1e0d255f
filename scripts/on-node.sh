#!/usr/bin/env bash
# Runs a command of the packages under a Node.js that fits: the user's own, or the one that `npm run demo` or `npm test`
# has brought to .node/. Where there is neither it says so and ends with 1.
set -eu
cd "$(dirname "$0")/.."
. scripts/node.sh
if ! node_fits; then
  if [ ! -e ".node/$LTS_NODE" ]; then
    echo "Node.js $LEAST_NODE or later is needed, here is $(node -v 2> /dev/null || echo none): install Node.js 24 LTS (https://nodejs.org), or run 'npm run demo' or 'npm test', which bring it along." >&2
    exit 1
  fi
  use_node
fi
export PATH="$PWD/node_modules/.bin:$PATH"
exec "$@"
