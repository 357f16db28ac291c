#!/usr/bin/env bash
# pg-minify 1.8.0 with `compress`, against PostgreSQL 18 (PGlite 0.5.14): an update that takes a negative number away, with a
# space between the signs, for "--" begins a comment (PostgreSQL's documentation, 4.1.5).
# Expected: the space stays. Seen: it goes, and what stands behind it is a comment, for the script is one line now: the
# condition, so that every row changes, and each statement that follows. Nothing says so:
#   script:     update films set take = 7 - -1 where id = 1; update films set seen = true;
#   compressed: update films set take=7--1 where id=1;update films set seen=true;
#   script leaves 8 true, 2 true
#   compressed leaves 7 false, 7 false
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund pg-minify@1.8.0 @electric-sql/pglite@0.5.14
cat >seen.mjs <<'JS'
import { PGlite } from "@electric-sql/pglite";
import minify from "pg-minify";
const script = "update films set take = 7 - -1 where id = 1; update films set seen = true;";
const compressed = minify(script, { compress: true });
console.log(`script:     ${script}`);
console.log(`compressed: ${compressed}`);
const database = await PGlite.create();
for (const [name, sql] of Object.entries({ script, compressed })) {
  await database.exec("drop table if exists films; create table films (id int, take int, seen bool)");
  await database.exec("insert into films values (1, 2, false), (2, 2, false)");
  await database.exec(sql);
  const { rows } = await database.query("select take, seen from films order by id");
  console.log(`${name} leaves ${rows.map(({ take, seen }) => `${take} ${seen}`).join(", ")}`);
}
await database.close();
JS
seen=$(node seen.mjs)
expected='script:     update films set take = 7 - -1 where id = 1; update films set seen = true;
compressed: update films set take=7--1 where id=1;update films set seen=true;
script leaves 8 true, 2 true
compressed leaves 7 false, 7 false'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
