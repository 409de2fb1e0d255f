#!/usr/bin/env bash
# npm test: everything that must hold before a change lands. Ends with one line: N passed, N failed, and N skipped where
# checks were left out by name: --without-office leaves out those that open documents in LibreOffice.
set -u
cd "$(dirname "$0")/.."
without_office=
for option in "$@"; do
  case $option in
    --without-office) without_office=1 ;;
    *) echo "unknown option $option; known: --without-office" >&2; exit 2 ;;
  esac
done
# what is missing is said at once, not after the first ten minutes
missing=$( { [ -n "$without_office" ] || bash scripts/find-office.sh --look; bash scripts/find-browser.sh --look; } )
if [ -n "$missing" ]; then printf 'Missing on this machine:\n%s\n' "$missing"; fi
. scripts/install.sh || exit 1
export NODE_ENV=test
OFFICE_TESTS=(tests/documents/papers.test.ts tests/documents/formulas.test.ts)
passed=0
failed=0
skipped=0
step() {
  echo "== $1"
  shift
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "-- failed: $*"; broken+=("$*"); fi
}
count() { node -e "const r=JSON.parse(require('fs').readFileSync('$1'));console.log($2)" 2>/dev/null || echo "$3"; }
reports=$(mktemp -d)
# what failed, named once more beside the last line: what stands thousands of lines above is not found
broken=()
step types npx --no-install tsc --noEmit
step lint npx --no-install biome check --error-on-warnings .
step unused npx --no-install knip
step unused-but-tested npx --no-install knip --production --include exports
step database-document npx --no-install tsx scripts/database-doc.ts --check
if command -v promtool > /dev/null; then step alerts npm run --silent test:alerts
else echo "== alerts: left out, promtool is not there (Debian: apt install prometheus)"; fi
echo "== unit tests"
left_out=()
if [ -n "$without_office" ]; then
  for file in "${OFFICE_TESTS[@]}"; do left_out+=(--exclude "$file"); done
  npx --no-install vitest list "${OFFICE_TESTS[@]}" --json="$reports/office.json" > /dev/null || true
  skipped=$(count "$reports/office.json" r.length "${#OFFICE_TESTS[@]}")
fi
npx --no-install vitest run --reporter=default --reporter=json --outputFile.json="$reports/unit.json" ${left_out[@]+"${left_out[@]}"} || true
passed=$((passed + $(count "$reports/unit.json" r.numPassedTests 0)))
failed=$((failed + $(count "$reports/unit.json" 'r.numFailedTests + r.testResults.filter(t => t.status === "failed" && t.assertionResults.length === 0).length' 1)))
step build env NODE_ENV=production npx --no-install remix vite:build --logLevel warn
echo "== e2e"
CHROMIUM=$(scripts/find-browser.sh) || failed=$((failed + 1))
export CHROMIUM
# Two halves at the same time, each with a server and a province of its own: one that is alone leaves half of a machine
# idle. What begins with the end of the campaign follows the second half, on a third province.
journeys() {
  local name=$1 port=$2
  shift 2
  E2E_PORT=$port PLAYWRIGHT_JSON_OUTPUT_NAME="$reports/$name.json" \
    npx --no-install playwright test --reporter=list,json --output="test-results/$name" "$@" || true
}
port=${E2E_PORT:-3187}
later() {
  journeys second $((port + 20)) --project=campaign 'e2e/[^a-o]'
  journeys after $((port + 40)) --project=after-close --project=rounds --no-deps
}
# a journey in the background would not hear an interrupt
trap 'trap - INT TERM; kill 0' INT TERM
later > "$reports/later.log" 2>&1 &
journeys first "$port" --project=campaign 'e2e/[a-o]'
wait $!
cat "$reports/later.log"
for name in first second after; do
  passed=$((passed + $(count "$reports/$name.json" r.stats.expected 0)))
  failed=$((failed + $(count "$reports/$name.json" 'r.stats.unexpected + r.stats.flaky + r.errors.length' 1)))
done
if [ "$failed" -gt 0 ]; then
  echo "== failed"
  printf '%s\n' ${broken[@]+"${broken[@]}"}
  npx --no-install tsx scripts/failures.ts "$reports/unit.json" "$reports"/{first,second,after}.json
fi
rm -rf "$reports"
if [ "$skipped" -gt 0 ]; then echo "$passed passed, $failed failed, $skipped skipped"; else echo "$passed passed, $failed failed"; fi
[ "$failed" -eq 0 ]
