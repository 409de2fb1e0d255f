#!/usr/bin/env bash
# Prints the path of LibreOffice for the tests of documents; its own tools (poppler's pdftotext, pdffonts, pdftoppm) and the
# Liberation fonts must be there too. Installs Debian's packages as root where something is missing, else fails.
# With --look: installs nothing, and prints one line of what is missing, or nothing.
set -eu
# version 1 of the Liberation fonts has no Vietnamese letters; Debian 12 keeps version 2 in a package of its own
LIBERATION=$(apt-cache show fonts-liberation2 > /dev/null 2>&1 && echo fonts-liberation2 || echo fonts-liberation)
PACKAGES="libreoffice-writer poppler-utils fontconfig $LIBERATION"
find_office() { for candidate in "${SOFFICE:-}" soffice libreoffice /Applications/LibreOffice.app/Contents/MacOS/soffice; do [ -n "$candidate" ] && command -v "$candidate" && return; done; return 1; }
has_all() { find_office > /dev/null && command -v pdftotext pdffonts pdftoppm > /dev/null && fc-list :lang=vi family 2> /dev/null | grep -qi 'liberation serif\|times new roman'; }
can_install() { [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; }
if [ "${1:-}" = --look ]; then
  if has_all; then exit 0; fi
  echo "LibreOffice Writer, poppler-utils, fontconfig and Liberation Serif (up to 160 MB to download, 540 MB installed)"
  if can_install; then echo "  will be installed with apt-get: $PACKAGES"; else
    echo "  install them as root (Debian, Ubuntu: apt-get install $PACKAGES),"
    echo "  or leave their checks out: npm test -- --without-office"
  fi
  exit 0
fi
if ! has_all; then
  if ! can_install; then
    echo 'LibreOffice Writer, poppler-utils, fontconfig and Liberation Serif are needed' >&2
    exit 1
  fi
  # shellcheck disable=SC2086
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $PACKAGES; } >&2
fi
find_office
