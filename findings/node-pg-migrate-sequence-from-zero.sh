#!/usr/bin/env bash
# node-pg-migrate 9.0.0 against PostgreSQL 18 (PGlite 0.5.14): a sequence that begins at zero.
# Expected: MINVALUE 0 START WITH 0. Seen: both are left out, and no word about it; the sequence begins at one:
#   CREATE SEQUENCE "places" ;
#   first value: 1
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node-pg-migrate@9.0.0 @electric-sql/pglite@0.5.14
cat >seen.mjs <<'JS'
import { PGlite } from "@electric-sql/pglite";
import { MigrationBuilder } from "node-pg-migrate";
const database = await PGlite.create();
const quiet = { info() {}, warn() {}, error() {} };
const builder = new MigrationBuilder({ query: () => {}, select: () => {} }, undefined, false, quiet);

builder.createSequence("places", { minvalue: 0, start: 0 });
const sql = builder.getSql().trim().replace(/\s+/g, " ");
console.log(sql);
await database.exec(sql);
const { rows } = await database.query("select nextval('places') as first");
console.log(`first value: ${rows[0].first}`);
await database.close();
JS
seen=$(node seen.mjs)
expected='CREATE SEQUENCE "places" ;
first value: 1'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
