#!/usr/bin/env bash
# To be sourced: goes on with a Node.js that fits, and installs the packages where they are missing or older than the lock
# file. Works with an empty HOME.
set -eu
cd "$(dirname "$0")/.."
. scripts/node.sh
use_home
use_node || exit 1
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  # every package brings its binaries (.npmrc: ignore-scripts), so nothing is compiled and nothing else is fetched
  npm ci --no-audit --no-fund
fi
