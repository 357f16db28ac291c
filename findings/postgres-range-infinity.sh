#!/usr/bin/env bash
# postgres-range 1.1.4 against PostgreSQL 18 (PGlite 0.5.14): a range of time that ends at the timestamp "infinity", which is
# not one without an end (PostgreSQL's documentation, 8.17.4); read and written again as it is.
# Expected: an equal range. Seen: one without an end, which `=` does not find in the table, and of which upper_inf says the
# opposite; and what is that timestamp alone becomes all of time:
#   ["2026-01-01 00:00:00",infinity) -> ["2026-01-01 00:00:00",): equal false, upper_inf false -> true
#   [infinity,infinity] -> (,): equal false, upper_inf false -> true
#   ["2026-01-01 00:00:00",) -> ["2026-01-01 00:00:00",): equal true, upper_inf true -> true
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund postgres-range@1.1.4 @electric-sql/pglite@0.5.14
cat >seen.mjs <<'JS'
import { PGlite } from "@electric-sql/pglite";
import { parse, serialize } from "postgres-range";
const database = await PGlite.create();
const compare = `select $1::tsrange = $2::tsrange as equal, upper_inf($1::tsrange) as before, upper_inf($2::tsrange) as after`;
for (const range of ["[2026-01-01,infinity)", "[infinity,infinity]", "[2026-01-01,)"]) {
  const { rows: [{ stored }] } = await database.query("select $1::tsrange::text as stored", [range]);
  const written = serialize(parse(stored));
  const { rows: [{ equal, before, after }] } = await database.query(compare, [stored, written]);
  console.log(`${stored} -> ${written}: equal ${equal}, upper_inf ${before} -> ${after}`);
}
await database.close();
JS
seen=$(node seen.mjs)
expected='["2026-01-01 00:00:00",infinity) -> ["2026-01-01 00:00:00",): equal false, upper_inf false -> true
[infinity,infinity] -> (,): equal false, upper_inf false -> true
["2026-01-01 00:00:00",) -> ["2026-01-01 00:00:00",): equal true, upper_inf true -> true'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
