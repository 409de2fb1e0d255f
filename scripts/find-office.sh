#!/usr/bin/env bash
# Prints the path of LibreOffice for the tests of documents; its own tools (poppler's pdftotext, pdffonts, pdftoppm) and the
# Liberation fonts must be there too. Installs Debian's packages as root where something is missing, else fails.
set -eu
find_office() { for candidate in "${SOFFICE:-}" soffice libreoffice; do [ -n "$candidate" ] && command -v "$candidate" && return; done; return 1; }
has_all() { find_office > /dev/null && command -v pdftotext pdffonts pdftoppm > /dev/null && fc-list 2> /dev/null | grep -qi 'liberation serif\|times new roman'; }
if ! has_all; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
    echo 'LibreOffice Writer, poppler-utils, fontconfig and Liberation Serif are needed' >&2
    exit 1
  fi
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    libreoffice-writer poppler-utils fontconfig fonts-liberation; } >&2
fi
find_office
