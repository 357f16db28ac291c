import { vpcEgressAddress } from "../../../../src/digitalocean/apps/deployments/jobs.ts";
import { visitorAddress } from "../../../../src/digitalocean/databases/servers/addresses.ts";
import { aCluster, aSpec, textAt, closeAccounts } from "../../support.ts";
import {
  aRealAccount,
  connectPostgres,
  connectValkey,
  connectionAt,
  loopback,
  testWith,
  closeConnections,
} from "./support/real-databases.ts";

afterEach(closeConnections);

afterEach(closeAccounts);

const isLinux = process.platform === "linux";
const testPostgres = isLinux
  ? testWith("postgres")
  : (name: string, play: () => Promise<void>) => {
      test.skip(`${name} [not run: this system has one loopback address only]`, play);
    };

async function aPrivateCluster() {
  const account = await aRealAccount();
  const reply = await account.post("/v2/vpcs", {
    name: "mam",
    region: "nyc1",
    ip_range: "10.120.0.0/24",
  });
  const vpc = textAt(reply, "vpc.id");
  const { path } = await aCluster(account, { private_network_uuid: vpc });
  const inside = await connectionAt(account, path, "database.private_connection");
  const outside = await connectionAt(account, path, "database.connection");
  const trust = (...values: string[]) =>
    account.put(`${path}/firewall`, { rules: values.map((value) => ({ type: "ip_addr", value })) });
  return { account, path, inside, outside, trust, vpc };
}

const app = loopback("10.120.0.5");

testPostgres("a private host is an address of the cluster's network", async () => {
  const { account, inside } = await aPrivateCluster();
  const place = account.cloud.databases!.privateAddresses()[`${inside.host}:25060`];
  expect(place).toMatch(/^127\.120\.0\.254:\d+$/);
});

testPostgres(
  "from the network it is reached, from elsewhere on this machine it is not",
  async () => {
    const { account, inside, vpc } = await aPrivateCluster();
    const spec = aSpec({ vpc: { id: vpc } }) as Parameters<typeof vpcEgressAddress>[1];
    const source = loopback(vpcEgressAddress(account.cloud.store, spec)!);
    expect(source).toBe(app);
    await connectPostgres(account, inside, { source });
    await expect(connectPostgres(account, inside)).rejects.toThrow();
    await expect(connectPostgres(account, inside, { source: "127.121.0.5" })).rejects.toThrow();
  },
);

testPostgres("trusted sources are asked at each connection, on both sides", async () => {
  const { account, inside, outside, trust } = await aPrivateCluster();
  await connectPostgres(account, outside);
  await trust("10.120.0.0/24");
  await connectPostgres(account, inside, { source: app });
  await expect(connectPostgres(account, outside)).rejects.toThrow();
  await trust("10.120.0.7");
  await expect(connectPostgres(account, inside, { source: app })).rejects.toThrow();
  await trust(visitorAddress);
  await connectPostgres(account, outside);
});

testPostgres("a cluster that moves to another network is reached from there", async () => {
  const { account, path, inside } = await aPrivateCluster();
  await account.put(`${path}/migrate`, { region: "fra1" });
  await account.pass(1201);
  await account.get(path);
  const place = account.cloud.databases!.privateAddresses()[`${inside.host}:25060`]!;
  expect(place).not.toMatch(/^127\.120\./);
  await expect(connectPostgres(account, inside, { source: app })).rejects.toThrow();
  const neighbour = place.replace(/\.\d+:\d+$/, ".9");
  await connectPostgres(account, inside, { source: neighbour });
});

testWith("postgres", "valkey")("two clusters of a network have two addresses", async () => {
  const { account, vpc } = await aPrivateCluster();
  const fields = { name: "mam-valkey", engine: "valkey", version: "8", size: "db-s-1vcpu-1gb" };
  const { path } = await aCluster(account, { ...fields, private_network_uuid: vpc });
  const inside = await connectionAt(account, path, "database.private_connection");
  const client = await connectValkey(account, inside, { source: app });
  expect(await client.ping()).toBe("PONG");
  const places = Object.values(account.cloud.databases!.privateAddresses());
  expect(new Set(places.map((place) => place.split(":")[0])).size).toBe(isLinux ? 2 : 1);
});
