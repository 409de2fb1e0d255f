#!/usr/bin/env bash
# Prints the path of a Chromium for the e2e tests, or nothing where Playwright has its own. Installs one where there is
# none: Debian's package as root, else Playwright's.
set -eu
cd "$(dirname "$0")/.."
if node -e "process.exit(require('fs').existsSync(require('@playwright/test').chromium.executablePath()) ? 0 : 1)" 2>/dev/null; then exit 0; fi
for candidate in "${CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
  if [ -n "$candidate" ] && [ -x "$candidate" ]; then echo "$candidate"; exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >&2
  echo /usr/bin/chromium
else
  npx playwright install --with-deps chromium >&2
fi
