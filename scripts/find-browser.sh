#!/usr/bin/env bash
# Prints the path of a Chromium for the e2e tests, or nothing where Playwright has its own. Installs one where there is
# none: Debian's package as root, else Playwright's, into the user's own folders.
# With --look: installs nothing, and prints one line of what is missing, or nothing.
set -eu
cd "$(dirname "$0")/.."
BROWSERS='chromium chromium-browser google-chrome google-chrome-stable brave-browser microsoft-edge'
find_browser() {
  for candidate in "${CHROMIUM:-}" $BROWSERS '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome' \
    '/Applications/Chromium.app/Contents/MacOS/Chromium' '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'; do
    [ -n "$candidate" ] && command -v "$candidate" && return
  done
  return 1
}
has_own() { node -e "process.exit(require('fs').existsSync(require('@playwright/test').chromium.executablePath()) ? 0 : 1)" 2> /dev/null; }
can_install() { [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; }
if [ "${1:-}" = --look ]; then
  if find_browser > /dev/null || has_own; then exit 0; fi
  echo 'a Chromium (about 81 MB to download, 290 MB installed as the Debian package)'
  if can_install; then echo '  will be installed with apt-get: chromium'; else
    echo '  will be installed by Playwright for this user, about 170 MB (npx playwright install chromium);'
    echo '  its system libraries need root once (npx playwright install-deps chromium), or name a browser: CHROMIUM=/path'
  fi
  exit 0
fi
if has_own; then exit 0; fi
if find_browser; then exit 0; fi
if can_install; then
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >&2
  find_browser
else
  npx --no-install playwright install chromium >&2
fi
