#!/usr/bin/env bash
# node-pg-migrate 9.0.0 against PostgreSQL 18 (PGlite 0.5.14): a column of text[] of which the default is an empty array.
# Expected: an empty array of the column's type. Seen: one of no type, which PostgreSQL refuses:
#   CREATE TABLE "films" ( "tags" text[] DEFAULT ARRAY[] );
#   cannot determine type of empty array
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

builder.createTable("films", { tags: { type: "text[]", default: [] } });
const sql = builder.getSql().trim().replace(/\s+/g, " ");
console.log(sql);
console.log(await database.exec(sql).then(() => "created", (error) => error.message));
await database.close();
JS
seen=$(node seen.mjs)
expected='CREATE TABLE "films" ( "tags" text[] DEFAULT ARRAY[] );
cannot determine type of empty array'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
