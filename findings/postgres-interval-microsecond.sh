#!/usr/bin/env bash
# postgres-interval 4.1.0 beside 1.2.0: an interval of 1.001 s as PostgreSQL writes it, read and written again.
# Expected: the same; intervals are kept to the microsecond (PostgreSQL's documentation, Table 8.9), and 1.2.0 does it.
# Seen: one microsecond less, as of 978 of the 60000 whole milliseconds of a minute; what was stored is found no more by `=`:
#   1.2.0: 1.001 seconds, P0Y0M0DT0H0M1.001S, of a minute 0 differ
#   4.1.0: 1.000999 seconds, P0Y0M0DT0H0M1.000999S, of a minute 978 differ
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund one@npm:postgres-interval@1.2.0 four@npm:postgres-interval@4.1.0
cat >seen.mjs <<'JS'
import four from "four";
import one from "one";
const clock = (milliseconds) => `00:00:${(milliseconds / 1000).toFixed(3).padStart(6, "0")}`;
const whole = Array.from({ length: 60_000 }, (_, milliseconds) => milliseconds).filter((milliseconds) => milliseconds > 0);
for (const [version, read] of Object.entries({ "1.2.0": one, "4.1.0": four })) {
  const differ = whole.filter((milliseconds) => parseFloat(read(clock(milliseconds)).toPostgres()) !== milliseconds / 1000);
  const interval = read(clock(1001));
  console.log(`${version}: ${interval.toPostgres()}, ${interval.toISOString()}, of a minute ${differ.length} differ`);
}
JS
seen=$(node seen.mjs)
expected='1.2.0: 1.001 seconds, P0Y0M0DT0H0M1.001S, of a minute 0 differ
4.1.0: 1.000999 seconds, P0Y0M0DT0H0M1.000999S, of a minute 978 differ'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
