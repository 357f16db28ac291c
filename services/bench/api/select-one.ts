import { fastify } from "fastify";
import { pino } from "pino";

import { createPool } from "../../api/src/database/pool.ts";

const { POSTGRES_URL: url = "", POSTGRES_CA_CERT: certificateAuthority = "", PORT } = process.env;

/**
 * What the API is compared with: a fastify without any plugin, log or schema that answers each request with `select 1`,
 * through the API's own pool of connections.
 */
const database = createPool({ url, certificateAuthority }, pino({ level: "silent" }));
const server = fastify();
server.get("/", async () => {
  const { rows } = await database.query("select 1 as one");
  return rows[0] as object;
});
await server.listen({ port: Number(PORT), host: "127.0.0.1" });
process.once("SIGTERM", () => process.exit(0));
