#!/usr/bin/env bash
# Installs the packages where they are missing or older than the lock file. Works with an empty HOME.
set -eu
cd "$(dirname "$0")/.."
if [ -z "${HOME:-}" ] || [ ! -w "${HOME:-/nonexistent}" ]; then
  HOME=$(mktemp -d)
  export HOME
fi
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund
fi
