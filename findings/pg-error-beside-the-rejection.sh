#!/usr/bin/env bash
# pg 8.23.1 against PostgreSQL 18 (PGlite 0.5.14): the connection of a client that a pool lent ends during a query.
# Expected: the query is rejected, and that is all: "the client ... will catch and forward errors ... to the respective
# client.query promises" (documentation of client.on("error")). Seen: it is rejected, and the client emits an error too.
# A lent client has no listener, and the pool's is not asked, so that a process that handles the rejection ends here:
#   uncaught: Connection terminated unexpectedly
#   query: rejected, Connection terminated unexpectedly
#   listeners of the client: 0
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --legacy-peer-deps pg@8.23.1 @electric-sql/pglite@0.5.14 @electric-sql/pglite-socket@0.2.17
cat >seen.mjs <<'JS'
import { connect, createServer } from "node:net";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import pg from "pg";
process.on("uncaughtException", (error) => console.log(`uncaught: ${error.message}`));
const database = await PGlite.create();
const server = new PGLiteSocketServer({ db: database, host: "127.0.0.1", port: 0 });
await server.start();
const [host, port] = server.getServerConn().split(":");
/** The connections of what lies between the client and the database, as a proxy or a load balancer does. */
const connections = [];
const between = createServer((near) => {
  const far = connect({ host, port: Number(port) });
  far.pipe(near.on("data", (chunk) => far.write(chunk)), { end: false });
  connections.push({ near, far });
});
await new Promise((resolve) => between.listen(0, host, resolve));
const pool = new pg.Pool({ host, port: between.address().port, user: "postgres", password: "postgres", database: "postgres" });
pool.on("error", (error) => console.log(`pool: ${error.message}`));
const client = await pool.connect();
await client.query("begin");
const query = client.query("select 1").catch((error) => `rejected, ${error.message}`);
for (const { near, far } of connections) {
  far.unpipe(near).destroy();
  near.removeAllListeners("data").resume().end();
}
console.log(`query: ${await query}`);
console.log(`listeners of the client: ${client.listenerCount("error")}`);
client.release(true);
await pool.end();
between.close();
await server.stop();
await database.close();
JS
seen=$(node seen.mjs)
expected='uncaught: Connection terminated unexpectedly
query: rejected, Connection terminated unexpectedly
listeners of the client: 0'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
