// A service that asks its databases as the contract has it: the URLs of its environment, and PostgreSQL's authority.
import { createServer } from "node:http";

import { Redis } from "iovalkey";
import pg from "pg";

const { PORT, HOST, POSTGRES_URL, POSTGRES_CA_CERT, REDIS_URL } = process.env;

async function askPostgres(ssl) {
  const url = new URL(POSTGRES_URL);
  url.searchParams.delete("sslmode");
  const client = new pg.Client({ connectionString: url.href, ssl, connectionTimeoutMillis: 5000 });
  client.on("error", () => undefined);
  await client.connect();
  const { rows } = await client.query("SELECT current_user AS who");
  await client.end();
  return rows[0].who;
}

async function askValkey() {
  const client = new Redis(REDIS_URL, { lazyConnect: true, retryStrategy: () => null });
  client.on("error", () => undefined);
  await client.connect();
  const answer = await client.ping();
  client.disconnect();
  return answer;
}

const said = (promise) => promise.catch((error) => `${error.code ?? error.message}`);

createServer(async (request, response) => {
  if (request.url === "/health") return response.end();
  const [postgres, unverified, valkey] = await Promise.all([
    said(askPostgres({ ca: POSTGRES_CA_CERT })),
    said(askPostgres(true)),
    said(askValkey()),
  ]);
  return response.end(JSON.stringify({ postgres, unverified, valkey }));
}).listen(Number(PORT), HOST);
