#!/usr/bin/env bash
# node-pg-migrate 9.0.0 against PostgreSQL 18 (PGlite 0.5.14): a constraint of two checks, a list as its types allow.
# Expected: one constraint of both, or two names. Seen: two constraints of one name, which PostgreSQL refuses:
#   ALTER TABLE "films" ADD CONSTRAINT "sane" CHECK (width > 0), ADD CONSTRAINT "sane" CHECK (height > 0);
#   constraint "sane" for relation "films" already exists
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

builder.addConstraint("films", "sane", { check: ["width > 0", "height > 0"] });
const sql = builder.getSql().trim().replace(/\s+/g, " ");
console.log(sql);
await database.exec("create table films (width int, height int)");
console.log(await database.exec(sql).then(() => "added", (error) => error.message));
await database.close();
JS
seen=$(node seen.mjs)
expected='ALTER TABLE "films" ADD CONSTRAINT "sane" CHECK (width > 0), ADD CONSTRAINT "sane" CHECK (height > 0);
constraint "sane" for relation "films" already exists'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
