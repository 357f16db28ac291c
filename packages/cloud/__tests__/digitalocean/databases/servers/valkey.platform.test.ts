import { aCluster, textAt, valkey, closeAccounts } from "../../support.ts";
import {
  aRealAccount,
  connectValkey,
  connectionAt,
  testWith,
  closeConnections,
} from "./support/real-databases.ts";

afterEach(closeConnections);

afterEach(closeAccounts);

const testValkey = testWith("valkey");

async function aCache() {
  const account = await aRealAccount();
  const { path } = await aCluster(account, valkey);
  return { account, path, connection: await connectionAt(account, path, "database.connection") };
}

const setting = async (client: Awaited<ReturnType<typeof connectValkey>>, name: string) =>
  ((await client.config("GET", name)) as string[])[1];

testValkey("a cluster answers over TLS with the policy and the memory of its plan", async () => {
  const { account, connection } = await aCache();
  const client = await connectValkey(account, connection);
  expect(await client.ping()).toBe("PONG");
  expect(await setting(client, "maxmemory-policy")).toBe("noeviction");
  expect(await setting(client, "maxmemory")).toBe(String(0.75 * 1024 ** 3));
});

testValkey(
  "the eviction policy changes while clients are connected, by either of its addresses",
  async () => {
    const { account, connection, path } = await aCache();
    const client = await connectValkey(account, connection);
    await account.put(`${path}/eviction_policy`, { eviction_policy: "allkeys_lru" });
    expect(await setting(client, "maxmemory-policy")).toBe("allkeys-lru");
    await account.call("PATCH", `${path}/config`, {
      config: { valkey_maxmemory_policy: "volatile-ttl", valkey_timeout: 0 },
    });
    expect(await setting(client, "maxmemory-policy")).toBe("volatile-ttl");
    expect(await setting(client, "timeout")).toBe("0");
  },
);

testValkey("a new password of the user default holds at once, and keys stay", async () => {
  const { account, connection, path } = await aCache();
  await (await connectValkey(account, connection)).set("job", "1");
  const reply = await account.post(`${path}/users/default/reset_auth`, {});
  const refused = await connectValkey(account, connection)
    .then(
      (client) => client.get("job"),
      (error: unknown) => Promise.reject(error as Error),
    )
    .catch(() => "refused");
  expect(refused).toBe("refused");
  const next = { ...connection, password: textAt(reply, "user.password") };
  expect(await (await connectValkey(account, next)).get("job")).toBe("1");
});

testValkey("a larger plan has more memory, and keys stay", async () => {
  const { account, connection, path } = await aCache();
  const client = await connectValkey(account, connection);
  await client.set("job", "1");
  await account.put(`${path}/resize`, { size: "db-s-1vcpu-2gb", num_nodes: 1 });
  await account.pass(601);
  await account.get(path);
  expect(await setting(client, "maxmemory")).toBe(String(1.5 * 1024 ** 3));
  expect(await client.get("job")).toBe("1");
});

testValkey("its certificate is signed by another authority than PostgreSQL's", async () => {
  const { account, path } = await aCache();
  const { postgres, valkey: own } = account.cloud.databases!.authorities;
  const certificate = textAt(await account.get(`${path}/ca`), "ca.certificate");
  expect(Buffer.from(certificate, "base64").toString()).toBe(own);
  expect(own).not.toBe(postgres);
});
