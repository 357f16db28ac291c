import { anAccount, closeAccounts, messageOf, pick, textAt } from "../support.ts";
import type { TestAccount } from "../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
let network: string;
beforeEach(async () => {
  account = await anAccount();
  const vpc = { name: "mam", region: "tor1", ip_range: "10.120.0.0/20" };
  network = textAt(await account.post("/v2/vpcs", vpc), "vpc.id");
});

const asked = {
  name: "mam-gpu-1",
  region: "tor1",
  size: "gpu-4000adax1-20gb",
  image: "gpu-h100x1-base",
  ssh_keys: [],
  monitoring: true,
  tags: ["mam-gpu"],
  user_data: "#cloud-config\n# a word that nobody else may read",
};

const create = (change: object = {}) =>
  account.post("/v2/droplets", { ...asked, vpc_uuid: network, ...change });

const pathOf = (reply: Awaited<ReturnType<typeof create>>) =>
  `/v2/droplets/${String(pick(reply.body, "droplet.id"))}`;

test("a Droplet boots by itself, in its network, and nobody is shown its user data", async () => {
  const reply = await create();
  const path = pathOf(reply);

  expect(reply.status).toBe(202);
  expect(reply.body).toMatchObject({
    droplet: { status: "new", locked: true, size_slug: asked.size },
  });
  await account.pass(120);
  const booted = await account.get(path);
  expect(booted.body).toMatchObject({
    droplet: { status: "active", locked: false, vpc_uuid: network, tags: ["mam-gpu"] },
  });
  expect(textAt(booted, "droplet.networks.v4.0.ip_address")).toMatch(/^10\.120\./);
  expect(JSON.stringify([reply.body, booted.body])).not.toContain("nobody else may read");
  expect(account.cloud.store.droplets.map(({ user_data }) => user_data)).toEqual([asked.user_data]);
});

test.each([
  ["a size that the region does not have", { region: "nyc1", vpc_uuid: undefined }, "Size is not"],
  ["a size that there is not", { size: "gpu-5090x1" }, "invalid size"],
  ["an image that there is not", { image: "windows-11" }, "invalid image"],
  ["an image that has no driver", { image: "ubuntu-24-04-x64" }, "not compatible"],
  ["user data of more than 64 KiB", { user_data: "x".repeat(65 * 1024) }, "too large"],
  ["a region that there is not", { region: "tor9" }, "region"],
])("%s is refused", async (_what, change, reason) => {
  const reply = await create(change);

  expect([reply.status, messageOf(reply)]).toEqual([422, expect.stringContaining(reason)]);
  expect(account.cloud.store.droplets).toEqual([]);
});

test("a network elsewhere is refused", async () => {
  const elsewhere = await account.post("/v2/vpcs", { name: "far", region: "nyc1" });
  const reply = await create({ vpc_uuid: textAt(elsewhere, "vpc.id") });

  expect([reply.status, messageOf(reply)]).toEqual([422, expect.stringContaining("VPC")]);
});

test("a size that is sold out is refused, as one that the region does not have", async () => {
  account.cloud.store.withdrawn.push(asked.size);

  expect((await create()).status).toBe(422);
});

test("one that is shut down goes off in time, stands on, and goes with its destruction", async () => {
  const path = pathOf(await create());
  await account.pass(120);

  expect((await account.post(`${path}/actions`, { type: "shutdown" })).status).toBe(201);
  expect((await account.get(path)).body).toMatchObject({ droplet: { status: "active" } });
  await account.pass(30);
  expect((await account.get(path)).body).toMatchObject({ droplet: { status: "off" } });

  expect((await account.call("DELETE", path)).status).toBe(204);
  expect((await account.get(path)).status).toBe(404);
});

test("one that is destroyed while it boots is not there when it would have booted", async () => {
  const path = pathOf(await create());
  await account.call("DELETE", path);
  await account.pass(120);

  expect((await account.get(path)).status).toBe(404);
});

test("its tag is created, counts it, and finds it", async () => {
  await create();
  await create({ name: "other", tags: [] });

  const tag = await account.get("/v2/tags/mam-gpu");
  expect(tag.body).toMatchObject({ tag: { resources: { count: 1, droplets: { count: 1 } } } });
  const found = await account.get("/v2/droplets?tag_name=mam-gpu");
  expect(pick(found.body, "meta.total")).toBe(1);
  expect(textAt(found, "droplets.0.name")).toBe("mam-gpu-1");
});

test("those with a card are listed by their type, or by a tag, and not beside each other", async () => {
  await create();

  expect(pick((await account.get("/v2/droplets")).body, "meta.total")).toBe(0);
  expect(pick((await account.get("/v2/droplets?name=mam-gpu-1")).body, "meta.total")).toBe(0);
  const listed = await account.get("/v2/droplets?type=gpus&name=mam-gpu-1");
  expect(textAt(listed, "droplets.0.name")).toBe("mam-gpu-1");
  expect((await account.get("/v2/droplets?type=gpus&tag_name=mam-gpu")).status).toBe(422);
});

test("a network is not deleted while one stands in it", async () => {
  const path = pathOf(await create());

  expect((await account.call("DELETE", `/v2/vpcs/${network}`)).status).toBe(409);
  await account.call("DELETE", path);
  expect((await account.call("DELETE", `/v2/vpcs/${network}`)).status).toBe(204);
});

test("it is in a project until it is destroyed", async () => {
  const id = String(pick((await create()).body, "droplet.id"));
  const urn = `do:droplet:${id}`;
  const reply = await account.post("/v2/projects/default/resources", { resources: [urn] });

  expect(reply.body).toMatchObject({ resources: [{ urn, status: "already_assigned" }] });
  await account.call("DELETE", `/v2/droplets/${id}`);
  const members = await account.get("/v2/projects/default/resources");
  expect(JSON.stringify(members.body)).not.toContain(urn);
});

test("what is not played says so", async () => {
  const path = pathOf(await create());

  expect((await create({ backups: true })).status).toBe(501);
  expect((await create({ ssh_keys: [1] })).status).toBe(501);
  expect((await account.post(`${path}/actions`, { type: "resize" })).status).toBe(501);
});

test("the registry lends a login that pulls", async () => {
  const reply = await account.get("/v2/registries/rehearsal/docker-credentials?expiry_seconds=600");

  expect(Object.keys(pick(reply.body, "auths") as object)).toEqual(["registry.digitalocean.com"]);
});
