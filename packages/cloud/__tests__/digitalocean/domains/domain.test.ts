import { anAccount, messageOf, pick, textAt, closeAccounts } from "../support.ts";
import type { TestAccount } from "../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
beforeEach(async () => {
  account = await anAccount();
  await account.post("/v2/domains", { name: "example.com" });
});

const records = "/v2/domains/example.com/records";
const record = { type: "A", name: "www", data: "198.51.100.1", priority: 0, port: 0, weight: 0 };
const add = (fields: object = {}) => account.post(records, { ...record, ...fields });

test("a zone has the platform's own name servers, and an address when one is given", async () => {
  await account.post("/v2/domains", { name: "other.example", ip_address: "198.51.100.1" });
  const zone = await account.get("/v2/domains/other.example");
  expect(textAt(zone, "domain.zone_file")).toContain("IN NS ns1.digitalocean.com");
  expect(textAt(zone, "domain.zone_file")).toContain("other.example. 1800 IN A 198.51.100.1");
});

test("a zone's name is unique", async () => {
  const reply = await account.post("/v2/domains", { name: "example.com" });
  expect([reply.status, messageOf(reply)]).toEqual([422, "Name already exists"]);
});

test("deleting a zone deletes everything in it", async () => {
  await add();
  expect((await account.call("DELETE", "/v2/domains/example.com")).status).toBe(204);
  expect((await account.get(records)).status).toBe(404);
});

test("host names are written with a final dot and read back without it", async () => {
  const missing = await add({ type: "CNAME", data: "other.example" });
  const created = await add({ type: "CNAME", data: "other.example." });

  expect([missing.status, messageOf(missing)]).toEqual([422, "Data needs to end with a dot (.)"]);
  expect(pick(created.body, "domain_record.data")).toBe("other.example");
});

test("a name that is the whole zone, without a final dot, is a name below the zone", async () => {
  const created = await add({ name: "example.com" });

  expect(pick(created.body, "domain_record.name")).toBe("example.com");
  const found = await account.get(`${records}?name=example.com.example.com`);
  expect(pick(found.body, "meta.total")).toBe(1);
});

test("a CNAME shares its name with nothing and cannot stand at the apex", async () => {
  await add();
  const cname = { type: "CNAME", data: "other.example." };
  expect((await add(cname)).status).toBe(422);
  expect((await add({ ...cname, name: "@" })).status).toBe(422);
  await add({ ...cname, name: "alias" });
  expect((await add({ name: "alias" })).status).toBe(422);
});

test("records of one name and type share a time to live", async () => {
  await add({ ttl: 60 });
  await add({ data: "198.51.100.2", ttl: 300 });
  const { body } = await account.get(`${records}?type=A&name=www.example.com`);
  expect(body).toMatchObject({ domain_records: [{ ttl: 300 }, { ttl: 300 }], meta: { total: 2 } });
});

test("records are read, changed and deleted by number", async () => {
  const created = await add({ type: "CAA", name: "@", data: "pki.goog.", tag: "issue", flags: 0 });
  const path = `${records}/${String(pick(created.body, "domain_record.id"))}`;

  expect((await account.get(path)).body).toMatchObject({
    domain_record: { type: "CAA", data: "pki.goog", tag: "issue", flags: 0 },
  });
  const changed = await account.put(path, { data: "letsencrypt.org.", ttl: 60 });
  expect(changed.body).toMatchObject({ domain_record: { data: "letsencrypt.org", ttl: 60 } });
  expect((await account.call("DELETE", path)).status).toBe(204);
  expect((await account.get(path)).status).toBe(404);
});
