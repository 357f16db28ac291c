import pg from "pg";

/** A connection as a service makes it: `sslmode` is taken out of the address, since it makes pg drop the authority. */
export async function connectTo(address: string, authority: string): Promise<pg.Client> {
  const url = new URL(address);
  url.searchParams.delete("sslmode");
  const client = new pg.Client({ connectionString: url.href, ssl: { ca: authority } });
  // Servers are closed under it; a query that fails says so itself.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** Runs one statement on a connection of its own. */
export async function once(address: string, authority: string, statement: string) {
  const client = await connectTo(address, authority);
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}
