#!/usr/bin/env bash
# npm run check: types, lint, unused code, and the unit tests of what changed since the last commit on main.
set -eu
cd "$(dirname "$0")/.."
. scripts/install.sh
npx --no-install tsc --noEmit
npx --no-install biome check --error-on-warnings .
npx --no-install knip
# once more without the tests: what only they use is not in use, unless it is marked @internal
npx --no-install knip --production --include exports
npx --no-install vitest run --changed "${1:-HEAD}" --passWithNoTests
