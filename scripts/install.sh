#!/usr/bin/env bash
# Installs the packages where they are missing or older than the lock file. Works with an empty HOME.
set -eu
cd "$(dirname "$0")/.."
if [ -z "${HOME:-}" ] || [ ! -w "${HOME:-/nonexistent}" ]; then
  HOME=$(mktemp -d)
  export HOME
fi
# a Node.js that brings its own headers needs no download of them to compile better-sqlite3
prefix=$(node -p "require('node:path').resolve(process.execPath, '../..')")
if [ -e "$prefix/include/node/node.h" ]; then
  export npm_config_nodedir=$prefix
fi
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund
fi
