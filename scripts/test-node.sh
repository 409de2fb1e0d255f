#!/usr/bin/env bash
# npm run test:node [-- --versions "22 24 26"] [-- --unit PATH…]: types, unit tests, build, start and one sign-in under
# each line of Node.js that the README names, each from npm. After --unit stand the unit tests to run, in place of all.
set -u
cd "$(dirname "$0")/.."
. scripts/install.sh || exit 1
set +e
declare -A EXACT=([22]=22.23.3 [24]=$LTS_NODE [26]=26.10.0)
versions='22 24 26'
unit=()
while [ $# -gt 0 ]; do
  case $1 in
    --versions) versions=$2; shift 2 ;;
    --unit) shift; unit=("$@"); break ;;
    *) echo "unknown option $1; known: --versions, --unit" >&2; exit 2 ;;
  esac
done
port=${PORT:-3189}
failed=0
passed=0
step() {
  local name=$1
  shift
  if "$@" > "$log" 2>&1; then passed=$((passed + 1)); echo "  ok      $name"; else
    failed=$((failed + 1)); echo "  FAILED  $name"; tail -n 30 "$log"; fi
}

# Serves the demo from a folder of its own, waits until its people are there, and signs one official in.
sign_in() {
  local folder server code=1 tries
  folder=$(mktemp -d)
  DEMO=1 NODE_ENV=production PORT=$port DATA_DIR=$folder LOG_LEVEL=warn \
    MASTER_KEY=$(node -p "Buffer.alloc(32, 7).toString('base64')") node build/server/main.js > "$folder/said" 2>&1 &
  server=$!
  # five minutes
  for ((tries = 0; tries < 300; tries++)); do
    if grep -q 'Mật khẩu chung' "$folder/said" || ! kill -0 "$server" 2> /dev/null; then break; fi
    sleep 1
  done
  node --input-type=module -e '
    const at = process.argv[1]
    const answer = await fetch(at + "/dang-nhap", {
      method: "POST",
      redirect: "manual",
      headers: { Origin: at },
      body: new URLSearchParams({ login: "canbo", password: "demo-4phu" }),
    })
    const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? ""
    const home = await fetch(at + "/", { headers: { cookie }, redirect: "manual" })
    console.log("sign-in", answer.status, "home", home.status)
    process.exit(answer.status === 302 && home.status === 200 ? 0 : 1)
  ' "http://127.0.0.1:$port" && code=0
  kill -TERM "$server"
  wait "$server" || code=1
  tr '\r' '\n' < "$folder/said" | grep -v '░\|█' | head -n 20
  rm -rf "$folder"
  return $code
}

log=$(mktemp)
path=$PATH
for version in $versions; do
  found=$(bring_node "${EXACT[$version]:-$version}") || { echo "Node.js $version cannot be had"; failed=$((failed + 1)); continue; }
  export PATH="$found:$path"
  echo "== Node.js $(node -v)"
  step types npx --no-install tsc --noEmit
  step "unit tests" env NODE_ENV=test NO_COLOR=1 npx --no-install vitest run ${unit[@]+"${unit[@]}"}
  grep -E '^ *Tests ' "$log" || true
  step build env NODE_ENV=production npx --no-install remix vite:build --logLevel error
  step "start and sign-in" sign_in
done
rm -f "$log"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
